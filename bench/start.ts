/**
 * From `npm start` to the first page: on a new data directory (limit 6 s, the pages built before), and again on the same
 * (limit 2 s). The peer is Node alone answering one page, which is what no server can undercut.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { buildWebWhenStale } from '../apps/server/src/web-build.ts';
import { machine } from './support.ts';

const ROOT = path.join(import.meta.dirname, '..');
const ALONE = "require('node:http').createServer((q, r) => r.end('ok')).listen(Number(process.argv[1]), '127.0.0.1')";

/** Asks seldom and lightly, so that asking does not take the processor from what starts. */
async function untilPage(port: number): Promise<void> {
  const isOpen = () =>
    new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => (socket.destroy(), done(true)));
      socket.once('error', () => done(false));
    });
  while (!(await isOpen())) await new Promise((done) => setTimeout(done, 20));
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  if (!answer.ok) throw new Error(`the first page answered ${answer.status}`);
  await answer.text();
}

async function timed(args: string[], port: number): Promise<{ ms: number; child: ChildProcess }> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'ignore' });
  await untilPage(port);
  return { ms: performance.now() - start, child };
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await gone;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

await buildWebWhenStale();
const figures: Record<'first' | 'second' | 'alone', number[]> = { first: [], second: [], alone: [] };
let resident = 0;
for (let round = 0; round < 5; round++) {
  const place = mkdtempSync(path.join(os.tmpdir(), 'vg-bench-'));
  chmodSync(place, 0o711);
  const port = 17_400 + round;
  const args = ['apps/server/src/main.ts', '--port', String(port), '--data', path.join(place, 'data')];
  for (const kind of ['first', 'second'] as const) {
    const { ms, child } = await timed(args, port);
    figures[kind].push(ms);
    resident = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    await end(child);
  }
  const alone = await timed(['-e', ALONE, String(port)], port);
  figures.alone.push(alone.ms);
  await end(alone.child);
  rmSync(place, { recursive: true, force: true });
}
process.stdout.write(`${machine()}\n`);
for (const [name, limit] of [
  ['first', 6000],
  ['second', 2000],
] as const) {
  const worst = Math.max(...figures[name]);
  process.stdout.write(
    `${name} start to first page: median ${median(figures[name]).toFixed(0)} ms, worst ${worst.toFixed(0)} ms of 5  limit ${limit} ms: ${worst <= limit ? 'met' : 'MISSED'}\n`,
  );
}
process.stdout.write(
  `peer, Node alone: median ${median(figures.alone).toFixed(0)} ms; the server holds ${resident.toFixed(0)} MiB after its start\n`,
);
