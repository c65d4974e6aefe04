import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What is sorted: by its time, and where times are equal by the order of its coming. It must survive JSON. */
export type Timed = { readonly time: number };

/**
 * Puts any number of things into the order of their times with a bounded part of them in memory: sorted runs go to a temporary file each,
 * and are merged at the end.
 */
export class SortedHits<T extends Timed> {
  readonly #most: number;
  #held: T[] = [];
  #runs = 0;
  #folder: string | null = null;

  /** @param most how many are held in memory */
  constructor(most = 50_000) {
    this.#most = most;
  }

  async add(one: T): Promise<void> {
    this.#held.push(one);
    if (this.#held.length >= this.#most) await this.#write();
  }

  /** All of them in order, once; the temporary files are gone afterwards, also where the reader stops early. */
  async *drain(): AsyncGenerator<T> {
    try {
      this.#held.sort(byTime);
      const runs = Array.from({ length: this.#runs }, (_, run) => linesOf<T>(this.#pathOf(run)));
      yield* merged([...runs, valuesOf(this.#held)]);
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    this.#held = [];
    if (this.#folder !== null) await rm(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }

  async #write(): Promise<void> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'vonggac-scan-'));
    const held = this.#held.sort(byTime);
    this.#held = [];
    await pipeline(Readable.from(held.values().map((one) => `${JSON.stringify(one)}\n`)), createWriteStream(this.#pathOf(this.#runs++)));
  }

  #pathOf(run: number): string {
    return join(this.#folder ?? '', `${run}.jsonl`);
  }
}

function byTime(a: Timed, b: Timed): number {
  return a.time - b.time;
}

async function* linesOf<T>(path: string): AsyncGenerator<T> {
  for await (const line of createInterface({ input: createReadStream(path) })) yield JSON.parse(line) as T;
}

async function* valuesOf<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

/** The earliest run goes first where times are equal: it came first. */
async function* merged<T extends Timed>(runs: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const heads = await Promise.all(runs.map((run) => run.next()));
  for (;;) {
    let first = -1;
    for (const [run, head] of heads.entries()) {
      if (head.done !== true && (first < 0 || head.value.time < (heads[first]!.value as T).time)) first = run;
    }
    const head = heads[first];
    if (head === undefined || head.done === true) return;
    yield head.value;
    heads[first] = await runs[first]!.next();
  }
}
