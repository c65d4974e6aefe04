import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
let directory = '';
const at = (name: string): string => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vonggac-list-'));
  const register = 'organisation,cidr,valid_from,valid_to\nSở Y tế,203.0.113.0/24,2026-04-01,\n';
  await writeFile(at('register.csv'), register);
  await writeFile(at('faulty.csv'), `${register}Sở X,203.0.113.0/40,,\n`);
  await writeFile(at('list.csv'), 'src_ip,timestamp\n203.0.113.7,2026-03-31 17:00:00\n203.0.113.7,2026-03-31 16:59:59\n');
  await writeFile(at('list.csv.gz'), gzipSync('ip,timestamp\n203.0.113.7,2026-04-20\n'));
  await writeFile(at('bare.csv'), '203.0.113.7,2026-04-20\n');
});

afterAll(() => rm(directory, { recursive: true, force: true }));

function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, 'list', 'match', ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

const files = (register: string, list: string): string[] => ['--register', at(register), '--list', at(list)];

test('one JSON object a row', async () => {
  const { code, out, err } = await run(...files('register.csv', 'list.csv'), '--json');
  expect([code, err]).toEqual([0, '']);
  expect(out.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual([
    { row: 1, ip: '203.0.113.7', time: '2026-03-31T17:00:00Z', organisation: 'Sở Y tế', cidr: '203.0.113.0/24', reason: 'longest-prefix' },
    { row: 2, ip: '203.0.113.7', time: '2026-03-31T16:59:59Z', organisation: null, cidr: null, reason: 'not-valid-at-time' },
  ]); // prettier-ignore
});

test('a summary without --json; packed lists; a refused line of the register is code 1', async () => {
  const { code, out, err } = await run(...files('faulty.csv', 'list.csv.gz'));
  expect(code).toBe(1);
  expect(out).toMatch(/1\s+Sở Y tế/u);
  expect(err).toContain('faulty.csv:3: không dùng dòng này: độ dài tiền tố');
});

test('what cannot be done is code 2, with the cure', async () => {
  const bare = await run(...files('register.csv', 'bare.csv'), '--json');
  expect([bare.code, bare.out]).toEqual([2, '']);
  expect(bare.err).toContain('không thấy cột ip, timestamp');
  const missing = await run(...files('nowhere.csv', 'list.csv'));
  expect([missing.code, missing.err.includes('ENOENT')]).toEqual([2, true]);
  expect((await run('--register', '-', '--list', '-')).code).toBe(2);
});

test('reads standard input, and ends quietly when nobody reads on', async () => {
  const child = spawn(process.execPath, [MAIN, 'list', 'match', '--register', at('register.csv'), '--list', '-', '--json']);
  child.stdin.on('error', () => undefined);
  child.stdin.end(`ip,timestamp\n${'203.0.113.7,2026-04-20\n'.repeat(100_000)}`);
  let err = '';
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, err]).toEqual([2, '']);
});
