// Jobs for the test of `runInChild`: what a hostile file could make a parser do.
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { execSync } from 'node:child_process';
import { OutsideError } from './errors.ts';

export function echo(input: unknown): unknown {
  return input;
}

export function pid(): number {
  return process.pid;
}

export function hang(): never {
  for (;;);
}

export function sleepForever(): Promise<never> {
  return new Promise(() => undefined);
}

export function eatHeap(): never {
  const eaten: unknown[] = [];
  for (;;) eaten.push({ at: eaten.length, more: [1, 2, 3] });
}

export async function eatBuffers(): Promise<never> {
  const eaten: Uint8Array[] = [];
  for (;;) {
    eaten.push(new Uint8Array(4_000_000).fill(1));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

export function leave(): never {
  process.exit(3);
}

export function fail(): never {
  throw new TypeError('text of the document');
}

export function failLater(): Promise<never> {
  setTimeout(() => {
    throw new Error('later');
  }, 5);
  return new Promise(() => undefined);
}

export function forget(): string {
  void Promise.reject(new Error('forgotten'));
  return 'done';
}

export function refuseIt(): never {
  throw new OutsideError({ code: 'macro', place: 'word/vbaProject.bin', messages: { vi: 'Có macro.', en: 'Macros.' } });
}

export function long(): string {
  return 'x'.repeat(3_000_000);
}

function attempt(act: () => unknown): string {
  try {
    act();
    return 'done';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'failed';
  }
}

function attemptNet(): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(9, '127.0.0.1');
    socket.on('connect', () => resolve('done'));
    socket.on('error', (error) => resolve('code' in error ? String(error.code) : 'failed'));
  });
}

/** What of the machine the child can reach. */
export async function reach(file: string): Promise<Record<string, unknown>> {
  return {
    read: attempt(() => readFileSync(file)),
    write: attempt(() => writeFileSync(`${file}.written`, 'x')),
    run: attempt(() => execSync('true')),
    net: await attemptNet(),
    evaluate: attempt(() => new Function('return 1')()),
    environment: Object.keys(process.env).filter((key) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(key)),
  };
}
