import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { endIdleChildren, runInChild } from './run-in-child.ts';
import type { ChildLimits } from './run-in-child.ts';
import type * as Jobs from './test-jobs.ts';

const LIMITS: ChildLimits = { memoryMb: 300, timeMs: 3000, outputBytes: 2_000_000 };

function run(
  name: keyof typeof Jobs | 'noSuchFunction',
  input: unknown = null,
  limits: Partial<ChildLimits> = {},
  signal?: AbortSignal,
): Promise<unknown> {
  const module = new URL('./test-jobs.ts', import.meta.url);
  return runInChild({ module, export: name, input, limits: { ...LIMITS, ...limits }, ...(signal ? { signal } : {}) });
}

async function failure(running: Promise<unknown>): Promise<{ code: string; place?: string | undefined; message: string }> {
  try {
    await running;
  } catch (error) {
    if (error instanceof Error && error.name === 'OutsideError') return error as never;
    throw error;
  }
  throw new Error('nothing was thrown');
}

afterAll(endIdleChildren);

describe('runInChild', () => {
  test('returns what the function returns, bytes and maps included', async () => {
    const input = { bytes: new Uint8Array([1, 2, 3]), map: new Map([['a', 1]]), text: 'ộ' };
    const output = (await run('echo', input)) as typeof input;
    expect([...output.bytes]).toEqual([1, 2, 3]);
    expect(output.map.get('a')).toBe(1);
    expect(output.text).toBe('ộ');
  });

  test('uses a warm child again, quickly, and a new one after a crash', async () => {
    const first = await run('pid');
    const began = performance.now();
    expect(await run('pid')).toBe(first);
    expect(performance.now() - began).toBeLessThan(100);
    await failure(run('leave'));
    expect(await run('pid')).not.toBe(first);
  });

  test.each<[keyof typeof Jobs | 'noSuchFunction', string, Partial<ChildLimits>]>([
    ['hang', 'too-slow', { timeMs: 300 }],
    ['sleepForever', 'too-slow', { timeMs: 300 }],
    ['eatHeap', 'out-of-memory', { timeMs: 15_000, memoryMb: 120 }],
    ['eatBuffers', 'out-of-memory', {}],
    ['leave', 'crashed', {}],
    ['fail', 'crashed', {}],
    ['failLater', 'crashed', {}],
    ['long', 'too-big', {}],
    ['noSuchFunction', 'crashed', {}],
  ])(
    '%s ends as %s',
    async (name, code, limits) => {
      const error = await failure(run(name, null, limits));
      expect(error.code).toBe(code);
      expect(error.message).not.toContain('text of the document');
      expect(JSON.stringify(error)).not.toContain('text of the document');
    },
    20_000,
  );

  test('a refusal arrives as it was thrown', async () => {
    const error = await failure(run('refuseIt'));
    expect(error).toMatchObject({ code: 'macro', place: 'word/vbaProject.bin', messages: { vi: 'Có macro.', en: 'Macros.' } });
  });

  test('a forgotten promise harms neither this job nor the next', async () => {
    expect(await run('forget')).toBe('done');
    expect(await run('echo', 1)).toBe(1);
  });

  test('can be cancelled, before and while it runs', async () => {
    const before = AbortSignal.abort();
    expect((await failure(run('hang', null, {}, before))).code).toBe('cancelled');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 150);
    const began = performance.now();
    expect((await failure(run('hang', null, {}, stop.signal))).code).toBe('cancelled');
    expect(performance.now() - began).toBeLessThan(1500);
  });

  test('many jobs at once all get their own answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => run('echo', at)));
    expect(answers).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });

  test('the child reaches no file, no network, no program, no environment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outside-'));
    const file = join(folder, 'secret');
    writeFileSync(file, 'x');
    const reached = await run('reach', file);
    rmSync(folder, { recursive: true });
    const denied = 'ERR_ACCESS_DENIED';
    expect(reached).toMatchObject({ read: denied, write: denied, run: denied, net: denied, evaluate: 'failed', environment: [] });
  });
});
