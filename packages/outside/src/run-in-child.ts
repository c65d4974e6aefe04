import type { ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { deserialize } from 'node:v8';
import { startChild, USAGE_IS_KNOWN, usageOf } from './child-process.ts';
import type { Reply, Request } from './child-protocol.ts';
import { OutsideError, refusal } from './errors.ts';

export interface ChildLimits {
  /** Memory of the whole child in MB: heap by V8, everything by a watch where /proc exists. */
  readonly memoryMb: number;
  /**
   * Time for the job in ms; starting the child and loading the module are not counted. Where /proc exists it is
   * processor time, so that a busy machine refuses nothing by mistake, or time spent doing nothing, and the wall clock may
   * run four times as long; elsewhere it is the wall clock. At its end the child is killed.
   */
  readonly timeMs: number;
  /** Largest serialised result in bytes. */
  readonly outputBytes: number;
}

export interface ChildJob {
  /** Module with the function, as a file URL; it and its imports run in the child only. */
  readonly module: URL;
  readonly export: string;
  /** Structured-cloneable; bytes as Uint8Array. */
  readonly input: unknown;
  readonly limits: ChildLimits;
  readonly signal?: AbortSignal;
}

interface Worker {
  readonly process: ChildProcess;
  readonly key: string;
  readonly ready: Promise<void>;
  jobs: number;
  idleTimer: NodeJS.Timeout | undefined;
}

const START_MS = 10_000;
const IDLE_MS = 60_000;
const JOBS_OF_A_LIFE = 200;
const IDLE_CHILDREN = 4;
const IDLE_OF_A_KIND = 2;
const WATCH_MS = 50;
const WALL_CLOCK = 4;

const idle: Worker[] = [];
const waiting: (() => void)[] = [];
const load = { running: 0, most: Math.max(2, availableParallelism()) };
let lastId = 0;

function keyOf(job: Pick<ChildJob, 'module' | 'limits'>): string {
  return `${job.limits.memoryMb} ${job.module.href}`;
}

function start(job: ChildJob): Worker {
  const child = startChild(job.limits.memoryMb, job.module);
  // Without a listener, an error of the channel would be thrown in the parent.
  child.on('error', () => undefined);
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => fail('start'), START_MS);
    const fail = (place: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(crashed(place));
    };
    child.once('message', () => {
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', () => fail('start'));
  });
  ready.catch(() => undefined);
  const worker: Worker = { process: child, key: keyOf(job), ready, jobs: 0, idleTimer: undefined };
  child.once('exit', () => end(worker));
  return worker;
}

function take(job: ChildJob): Worker {
  const key = keyOf(job);
  const at = idle.findIndex((worker) => worker.key === key);
  const worker = at >= 0 ? idle.splice(at, 1)[0] : undefined;
  if (worker === undefined) return start(job);
  clearTimeout(worker.idleTimer);
  worker.process.ref();
  worker.process.channel?.ref();
  return worker;
}

function end(worker: Worker): void {
  clearTimeout(worker.idleTimer);
  const at = idle.indexOf(worker);
  if (at >= 0) idle.splice(at, 1);
  worker.process.kill('SIGKILL');
}

/** Puts a healthy child aside for the next job; it never keeps the parent alive. */
function giveBack(worker: Worker): void {
  worker.jobs += 1;
  if (worker.jobs >= JOBS_OF_A_LIFE || !worker.process.connected) return end(worker);
  idle.push(worker);
  worker.process.unref();
  worker.process.channel?.unref();
  worker.idleTimer = setTimeout(() => end(worker), IDLE_MS);
  worker.idleTimer.unref();
  const same = idle.filter((one) => one.key === worker.key);
  if (same.length > IDLE_OF_A_KIND) end(same[0] as Worker);
  else if (idle.length > IDLE_CHILDREN) end(idle[0] as Worker);
}

function crashed(place?: string): OutsideError {
  return refusal('crashed', place, {
    vi: 'Không đọc được tệp: bộ đọc dừng đột ngột. Tệp có thể bị hỏng; hãy lưu lại từ phần mềm gốc rồi thử lại.',
    en: 'The file could not be read: the reader stopped unexpectedly. The file may be damaged; save it again from its program and retry.',
  });
}

function tooSlow(limits: ChildLimits): OutsideError {
  const seconds = limits.timeMs / 1000;
  return refusal('too-slow', undefined, {
    vi: `Không đọc được tệp: quá thời gian cho phép (${seconds} giây). Hãy lưu lại tệp cho gọn hơn hoặc chia nhỏ rồi thử lại.`,
    en: `The file could not be read: it took longer than allowed (${seconds} s). Save it in a simpler form or split it, then retry.`,
  });
}

function outOfMemory(limits: ChildLimits): OutsideError {
  return refusal('out-of-memory', undefined, {
    vi: `Không đọc được tệp: cần nhiều bộ nhớ hơn mức cho phép (${limits.memoryMb} MB). Tệp có thể được tạo ra để gây hại.`,
    en: `The file could not be read: it needs more memory than allowed (${limits.memoryMb} MB). It may have been made to do harm.`,
  });
}

function tooBig(limits: ChildLimits): OutsideError {
  const mb = Math.round(limits.outputBytes / 2 ** 20);
  return refusal('too-big', undefined, {
    vi: `Nội dung đọc được vượt quá ${mb} MB. Hãy chia nhỏ tệp rồi thử lại.`,
    en: `What was read exceeds ${mb} MB. Split the file, then retry.`,
  });
}

function cancelled(): OutsideError {
  return refusal('cancelled', undefined, { vi: 'Đã dừng đọc tệp theo yêu cầu.', en: 'Reading was cancelled.' });
}

/** Kills the child when it takes more memory or time than allowed. Returns how to stop watching. */
function watch(worker: Worker, limits: ChildLimits, over: (error: OutsideError) => void): () => void {
  const pid = worker.process.pid;
  if (pid === undefined || !USAGE_IS_KNOWN) return () => undefined;
  let before: number | undefined;
  let last = 0;
  let asleep = 0;
  const timer = setInterval(async () => {
    const usage = await usageOf(pid);
    if (usage === null) return;
    before ??= usage.cpuSeconds;
    asleep = usage.sleeping && usage.cpuSeconds === last ? asleep + WATCH_MS : 0;
    last = usage.cpuSeconds;
    if (usage.memoryMb > limits.memoryMb) over(outOfMemory(limits));
    else if ((usage.cpuSeconds - before) * 1000 > limits.timeMs || asleep > limits.timeMs) over(tooSlow(limits));
  }, WATCH_MS);
  return () => clearInterval(timer);
}

function valueOf(reply: Reply, limits: ChildLimits): unknown {
  if (reply.kind === 'done') return deserialize(reply.value);
  if (reply.kind === 'refused') throw new OutsideError(reply.problem);
  if (reply.kind === 'too-big') throw tooBig(limits);
  throw crashed(reply.kind === 'crashed' ? reply.where : undefined);
}

/** One request and its one reply; rejects with an OutsideError when the child ends, hangs or is cancelled. */
function exchange(worker: Worker, job: ChildJob): Promise<Reply> {
  const { limits, signal } = job;
  const id = ++lastId;
  return new Promise<Reply>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      unwatch();
      signal?.removeEventListener('abort', abort);
      worker.process.off('message', receive).off('exit', exited);
    };
    const fail = (error: OutsideError): void => {
      stop();
      reject(error);
    };
    const receive = (message: unknown): void => {
      const reply = message as Reply;
      if (reply.id !== id) return;
      stop();
      resolve(reply);
    };
    // V8 ends the process with SIGABRT (134 through the shell's eyes) when its heap is full.
    const exited = (code: number | null, by: string | null): void =>
      fail(by === 'SIGABRT' || code === 134 ? outOfMemory(limits) : crashed());
    const abort = (): void => fail(cancelled());
    const timer = setTimeout(() => fail(tooSlow(limits)), limits.timeMs * (USAGE_IS_KNOWN ? WALL_CLOCK : 1));
    const unwatch = watch(worker, limits, fail);
    worker.process.on('message', receive).on('exit', exited);
    signal?.addEventListener('abort', abort);
    const request: Request = { id, module: job.module.href, export: job.export, input: job.input, outputBytes: limits.outputBytes };
    worker.process.send(request, (error) => {
      if (error) fail(crashed());
    });
  });
}

async function waitForTurn(signal: AbortSignal | undefined): Promise<void> {
  while (load.running >= load.most) await new Promise<void>((resolve) => waiting.push(resolve));
  if (signal?.aborted) {
    waiting.shift()?.();
    throw cancelled();
  }
  load.running += 1;
}

/**
 * Runs a function of a module in a child process that can be killed, and returns what it returns.
 *
 * The child has no environment, no network, no store at hand, may write nothing and start nothing, and reads only code
 * (Node's permission model). It is killed at the limits and when `signal` aborts. A function refuses by throwing
 * OutsideError; every other error becomes `crashed`. A child is kept warm for the next job of the same module and is
 * thrown away after anything but a result or a refusal.
 *
 * @throws OutsideError and nothing else: `too-slow`, `too-big`, `out-of-memory`, `crashed`, `cancelled`, or the function's own.
 */
export async function runInChild<T>(job: ChildJob): Promise<T> {
  await waitForTurn(job.signal);
  const worker = take(job);
  try {
    await worker.ready;
    if (job.signal?.aborted) throw cancelled();
    const reply = await exchange(worker, job);
    if ((reply.kind === 'done' || reply.kind === 'refused') && !reply.tainted) giveBack(worker);
    else end(worker);
    return valueOf(reply, job.limits) as T;
  } catch (error) {
    if (!idle.includes(worker)) end(worker);
    throw error instanceof OutsideError ? error : crashed();
  } finally {
    load.running -= 1;
    waiting.shift()?.();
  }
}

/** Ends the children that wait for work; for an orderly shutdown and for tests. Running jobs are not touched. */
export function endIdleChildren(): void {
  while (idle[0] !== undefined) end(idle[0]);
}
