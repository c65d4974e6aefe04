import { Worker } from 'node:worker_threads';
import type { Gauges } from './gauges.ts';
import type { Input } from './inputs.ts';
import { Room } from './room.ts';
import { Scanner } from './scanner.ts';
import type { Batch, Setup } from './scanner.ts';
import { addTally, emptyTally } from './tally.ts';
import type { Tally } from './tally.ts';

/** What a thread is told; first how to scan. */
export type ToThread =
  | { readonly kind: 'setup'; readonly setup: Setup; readonly gauges: SharedArrayBuffer }
  | { readonly kind: 'scan'; readonly task: number; readonly inputs: readonly Input[] }
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

/** Scans these inputs in this thread. */
export async function scanAll(scanner: Scanner, inputs: readonly Input[], { gauges, take }: Pick<Run, 'gauges' | 'take'>): Promise<Tally> {
  const sum = emptyTally();
  for (const input of inputs) {
    if (gauges.isStopped) break;
    addTally(sum, await scanner.scan(input, take));
  }
  return sum;
}

/** Small files are handed out together: as much as takes some hundredths of a second. @unit bytes */
const TASK_SIZE = 2 ** 22;
/** Tasks that a thread has ahead, so that it need not wait for this one. */
const AHEAD = 4;

const THREAD = new URL('./thread.ts', import.meta.url);
/** What lives for an event only needs no more; left to itself a thread takes four times as much. @unit MiB */
const YOUNG_SIZE = 12;

type Task = {
  readonly inputs: readonly Input[];
  readonly waiting: { readonly batch: Batch; readonly taken: () => void }[];
  tally: Tally | null;
};

/**
 * Several threads scan, this one among them: each the next task that none has begun. What is taken is the same, in the same order, as in one
 * thread. What is found in a task whose turn has not come waits here; who has found more than its share waits with it, so that memory is
 * bounded. The task whose turn it is never waits.
 */
export class Threads {
  readonly #others: readonly Worker[];
  #tasks: readonly Task[] = [];
  #begun = 0;
  readonly #sum = emptyTally();
  /** The task whose turn it is. */
  #turn = 0;
  #isTaking = false;
  #run!: Run;
  #finish: (tally: Tally) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;

  /** The threads start to load while the rules are still being read. @param count this one included */
  constructor(count: number) {
    this.#others = Array.from(
      { length: count - 1 },
      () => new Worker(THREAD, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_SIZE } }),
    );
  }

  async scan(run: Run): Promise<Tally> {
    this.#run = run;
    this.#tasks = tasksOf(run.inputs);
    const setup: ToThread = { kind: 'setup', setup: run.setup, gauges: run.gauges.shared };
    return new Promise<Tally>((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
      for (const thread of this.#others) {
        thread.on('message', (message: FromThread) => this.#hear(thread, message));
        thread.on('error', reject);
        thread.postMessage(setup, []);
        for (let ahead = 0; ahead < AHEAD; ahead++) this.#hand(thread);
      }
      this.#scanHere().catch(reject);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#others.map((thread) => thread.terminate()));
  }

  /** @returns the number of the next task; null where there is none, or it is stopped */
  #begin(): number | null {
    return this.#begun < this.#tasks.length && !this.#run.gauges.isStopped ? this.#begun++ : null;
  }

  #hand(thread: Worker): void {
    const task = this.#begin();
    if (task === null) return;
    const message: ToThread = { kind: 'scan', task, inputs: this.#tasks[task]!.inputs };
    thread.postMessage(message, []);
  }

  async #scanHere(): Promise<void> {
    const { setup, gauges } = this.#run;
    const scanner = await Scanner.of(setup, gauges);
    const room = new Room();
    for (let number = this.#begin(); number !== null; number = this.#begin()) {
      const task = this.#tasks[number]!;
      const take = async (batch: Batch): Promise<void> => {
        const size = room.fill(batch);
        task.waiting.push({ batch, taken: () => room.clear(size) });
        this.#takeSome();
        await room.free();
      };
      task.tally = await scanAll(scanner, task.inputs, { gauges, take });
      this.#takeSome();
    }
    this.#takeSome();
  }

  #hear(thread: Worker, message: FromThread): void {
    const task = this.#tasks[message.task]!;
    if (message.kind === 'batch') {
      const answer: ToThread = { kind: 'taken', size: message.size };
      task.waiting.push({ batch: message.batch, taken: () => thread.postMessage(answer, []) });
    } else {
      task.tally = message.tally;
      this.#hand(thread);
    }
    this.#takeSome();
  }

  #takeSome(): void {
    if (!this.#isTaking) this.#takeAll().catch(this.#fail);
  }

  /** Takes what waits, as far as the turn goes. */
  async #takeAll(): Promise<void> {
    this.#isTaking = true;
    for (let task = this.#tasks[this.#turn]; task !== undefined; task = this.#tasks[this.#turn]) {
      for (let next = task.waiting.shift(); next !== undefined; next = task.waiting.shift()) {
        await this.#run.take(next.batch);
        next.taken();
      }
      if (task.tally === null) break;
      addTally(this.#sum, task.tally);
      this.#turn++;
    }
    this.#isTaking = false;
    const isAll = this.#turn === this.#tasks.length || (this.#run.gauges.isStopped && this.#turn === this.#begun);
    if (isAll) this.#finish(this.#sum);
  }
}

function tasksOf(inputs: readonly Input[]): Task[] {
  const tasks: { inputs: Input[]; waiting: []; tally: null }[] = [];
  let room = 0;
  for (const input of inputs) {
    if (tasks.length === 0 || input.size > room) {
      tasks.push({ inputs: [], waiting: [], tally: null });
      room = TASK_SIZE;
    }
    tasks.at(-1)!.inputs.push(input);
    room -= input.size;
  }
  return tasks;
}
