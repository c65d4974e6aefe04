/** Processes with their CPU seconds and peak memory, none of which outlives this one. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const TICKS = 100;
const PATIENCE = 10_000;
const running = new Set<ChildProcess>();

/** @unit CPU and wall in seconds, peak in MiB of resident memory */
export type Cost = { readonly cpu: number; readonly wall: number; readonly peak: number };
export type Somebody = { readonly uid: number; readonly gid: number };
export type Options = { readonly env?: NodeJS.ProcessEnv; readonly as?: Somebody | undefined; readonly out?: string };
export type Going = { readonly child: ChildProcess; readonly ended: Promise<number | null>; said: () => string };

/** IntelMQ refuses to run as root; whoever is not root already stays who he is. */
export function unprivileged(): Somebody | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (flag: string): number => Number(execFileSync('id', [flag, 'nobody']).toString());
  return { uid: ask('-u'), gid: ask('-g') };
}

/** In a group of its own, so that it can be ended with all its children. */
export function start(command: string, args: readonly string[], { env = process.env, as, out }: Options = {}): Going {
  const to = out === undefined ? null : openSync(out, 'w');
  const child = spawn(command, args, { ...as, env, detached: true, stdio: ['ignore', to ?? 'pipe', 'pipe'] });
  if (to !== null) closeSync(to);
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece: Buffer) => (said = (said + piece.toString()).slice(-(2 ** 20))));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  ended.catch(() => running.delete(child));
  return { child, ended, said: () => said };
}

/** Waits for the end. @throws with what it said if it failed */
export async function finish(command: string, args: readonly string[], options: Options = {}): Promise<string> {
  const { ended, said } = start(command, args, options);
  if ((await ended) !== 0) throw new Error(`${command} ${args.join(' ')}\n${said()}`);
  return said();
}

/** Ends it with all its children. */
export async function end({ child, ended }: Going): Promise<void> {
  kill(child, 'SIGTERM');
  await Promise.race([ended, pause(PATIENCE, undefined, { ref: false })]);
  kill(child, 'SIGKILL');
  await ended;
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined && running.has(child)) process.kill(-child.pid, signal);
  } catch {
    // It has ended.
  }
}

/** For the way out, whatever the reason. */
export function endAll(): void {
  for (const child of running) kill(child, 'SIGKILL');
}

const FORMAT = '%U %S %e %M';

function cost(said: string): Cost {
  const [user, system, wall, peak] = said.trim().split(/\s+/u).slice(-4).map(Number);
  return { cpu: user! + system!, wall: wall!, peak: peak! / 1024 };
}

/** Until it ends by itself. */
export async function timed(command: string, args: readonly string[], options: Options = {}): Promise<Cost> {
  return cost(await finish('/usr/bin/time', ['-f', FORMAT, command, ...args], options));
}

/** Until it has `done` its work; then it is told to stop. @throws if it ends before */
export async function timedUntil(
  [command, ...args]: readonly [string, ...string[]],
  done: () => Promise<boolean>,
  options: Options,
): Promise<Cost> {
  const going = start('/usr/bin/time', ['-f', FORMAT, command, ...args], options);
  const { child, ended, said } = going;
  let over = false;
  void ended.then(() => (over = true)).catch(() => (over = true));
  const from = performance.now();
  do {
    await pause(500);
    if (over) throw new Error(`${command} ended early\n${said()}`);
  } while (!(await done()));
  const wall = (performance.now() - from) / 1000;
  // `time` itself must live on to say what it saw.
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
  process.kill(Number(children), 'SIGTERM');
  await Promise.race([ended, pause(PATIENCE, undefined, { ref: false })]);
  if (!over) process.kill(Number(children), 'SIGKILL');
  await ended;
  return { ...cost(said()), wall };
}

/** Of a process that goes on. @unit CPU seconds */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return (fields[11]! + fields[12]!) / TICKS;
}

/** The most that it ever held. @unit MiB */
export function peakOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}
