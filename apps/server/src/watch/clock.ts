import type { Clock } from '@vonggac/kernel';

/** A jump of the wall clock against the monotonic one; `by` in seconds, negative when it went back. */
export type ClockStep = { at: string; by: number };

/** Compares the machine's clock with time as it passed. A machine that slept is seen as a jump forward. */
export class ClockWatch {
  readonly threshold: number;
  last: ClockStep | null = null;
  readonly #clock: Clock;
  #wall: number;
  #passed: number;

  /** @param threshold in seconds */
  constructor(clock: Clock, threshold: number) {
    this.#clock = clock;
    this.threshold = threshold;
    this.#wall = clock.now().epochMilliseconds;
    this.#passed = performance.now();
  }

  /** @returns the jump since the last look, null where there was none */
  look(): ClockStep | null {
    const now = this.#clock.now();
    const passed = performance.now();
    const by = (now.epochMilliseconds - this.#wall - (passed - this.#passed)) / 1000;
    this.#wall = now.epochMilliseconds;
    this.#passed = passed;
    return Math.abs(by) < this.threshold ? null : this.#noticed(now, by);
  }

  /** At start: the newest row on record was written at `milliseconds` since 1970; earlier than that it cannot be now. */
  compareWithRecord(milliseconds: number): ClockStep | null {
    const now = this.#clock.now();
    const by = (now.epochMilliseconds - milliseconds) / 1000;
    return by > -this.threshold ? null : this.#noticed(now, by);
  }

  #noticed(now: Temporal.Instant, by: number): ClockStep {
    this.last = { at: now.toString({ fractionalSecondDigits: 3 }), by: Math.round(by) };
    return this.last;
  }
}
