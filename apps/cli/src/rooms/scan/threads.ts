import { Worker } from 'node:worker_threads';
import type { Gauges } from './gauges.ts';
import type { Input } from './inputs.ts';
import { Scanner } from './scanner.ts';
import type { Batch, Setup } from './scanner.ts';
import { addTally, emptyTally } from './tally.ts';
import type { Tally } from './tally.ts';

/** What a thread is told; first how to scan. */
export type ToThread =
  | { readonly kind: 'setup'; readonly setup: Setup; readonly gauges: SharedArrayBuffer }
  | { readonly kind: 'scan'; readonly task: number; readonly input: Input }
  /** So many characters of its batches were taken. */
  | { readonly kind: 'taken'; readonly size: number };

/** What a thread tells. */
export type FromThread =
  | { readonly kind: 'batch'; readonly task: number; readonly batch: Batch; readonly size: number }
  | { readonly kind: 'done'; readonly task: number; readonly tally: Tally };

export type Run = {
  readonly setup: Setup;
  readonly inputs: readonly Input[];
  readonly gauges: Gauges;
  /** Takes what was found, in the order of the inputs and of the events in them. */
  readonly take: (batch: Batch) => Promise<void>;
};

/** Scans all inputs in this thread. */
export async function scanHere({ setup, inputs, gauges, take }: Run): Promise<Tally> {
  const scanner = await Scanner.of(setup, gauges);
  const sum = emptyTally();
  for (const input of inputs) {
    if (gauges.isStopped) break;
    addTally(sum, await scanner.scan(input, take));
  }
  return sum;
}

type Task = { readonly waiting: { batch: Batch; size: number; thread: Worker }[]; tally: Tally | null };

/**
 * Each thread scans the next file that none has begun; what is taken is the same, in the same order, as in one thread. What a thread finds
 * in a file whose turn has not come waits here; a thread whose batches fill its share waits with it, so that memory is bounded. The file
 * whose turn it is never waits.
 */
export class Threads {
  readonly #threads: readonly Worker[];
  readonly #tasks: Task[] = [];
  readonly #sum = emptyTally();
  /** The task whose turn it is. */
  #turn = 0;
  #isTaking = false;
  #run!: Run;
  #finish: (tally: Tally) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;

  /** The threads start to load while the rules are still being read. */
  constructor(count: number) {
    this.#threads = Array.from({ length: count }, () => new Worker(new URL('./thread.ts', import.meta.url)));
  }

  async scan(run: Run): Promise<Tally> {
    this.#run = run;
    const setup: ToThread = { kind: 'setup', setup: run.setup, gauges: run.gauges.shared };
    return new Promise<Tally>((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
      for (const thread of this.#threads) {
        thread.on('message', (message: FromThread) => this.#hear(thread, message));
        thread.on('error', reject);
        thread.postMessage(setup, []);
        this.#next(thread);
      }
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #next(thread: Worker): void {
    const input = this.#run.inputs[this.#tasks.length];
    if (input === undefined || this.#run.gauges.isStopped) return;
    const message: ToThread = { kind: 'scan', task: this.#tasks.length, input };
    this.#tasks.push({ waiting: [], tally: null });
    thread.postMessage(message, []);
  }

  #hear(thread: Worker, message: FromThread): void {
    const task = this.#tasks[message.task]!;
    if (message.kind === 'batch') task.waiting.push({ batch: message.batch, size: message.size, thread });
    else {
      task.tally = message.tally;
      this.#next(thread);
    }
    if (!this.#isTaking) this.#takeAll().catch(this.#fail);
  }

  /** Takes what waits, as far as the turn goes. */
  async #takeAll(): Promise<void> {
    this.#isTaking = true;
    for (let task = this.#tasks[this.#turn]; task !== undefined; task = this.#tasks[this.#turn]) {
      for (let next = task.waiting.shift(); next !== undefined; next = task.waiting.shift()) {
        await this.#run.take(next.batch);
        const message: ToThread = { kind: 'taken', size: next.size };
        next.thread.postMessage(message, []);
      }
      if (task.tally === null) break;
      addTally(this.#sum, task.tally);
      this.#turn++;
    }
    this.#isTaking = false;
    const isAll = this.#turn === this.#run.inputs.length || (this.#run.gauges.isStopped && this.#turn === this.#tasks.length);
    if (isAll) this.#finish(this.#sum);
  }
}
