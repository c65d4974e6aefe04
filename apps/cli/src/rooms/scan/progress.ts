import type { Gauges } from './gauges.ts';
import type { Input } from './inputs.ts';

const EVERY = 200;
const BAR = 24;

/** Shows on a terminal how far the scan is; elsewhere nothing. */
export class Progress {
  readonly #gauges: Gauges;
  readonly #bytes: number;
  readonly #timer: NodeJS.Timeout | null;
  readonly #start = performance.now();

  constructor(gauges: Gauges, inputs: readonly Input[]) {
    this.#gauges = gauges;
    this.#bytes = inputs.reduce((sum, { size }) => sum + size, 0);
    this.#timer = process.stderr.isTTY ? setInterval(() => this.#draw(), EVERY) : null;
  }

  /** Takes the bar off the line, so that something else can be written. */
  clear(): void {
    if (this.#timer !== null) process.stderr.write('\r\u001b[K');
  }

  end(): void {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.clear();
  }

  #draw(): void {
    const seconds = (performance.now() - this.#start) / 1000;
    process.stderr.write(`\r${progressLine({ ...read(this.#gauges), of: this.#bytes, seconds })}\u001b[K`);
  }
}

function read({ events, bytes }: Gauges): { events: number; bytes: number } {
  return { events, bytes };
}

type State = { readonly events: number; readonly bytes: number; readonly of: number; readonly seconds: number };

/** `[██████··] 25 %  43.856 sự kiện / events  31.204/s  còn / left 0:42`; without a bar where the size is not known. */
export function progressLine({ events, bytes, of, seconds }: State): string {
  const rate = `${events.toLocaleString('vi')} sự kiện / events  ${Math.round(events / Math.max(seconds, 0.001)).toLocaleString('vi')}/s`;
  if (of === 0) return rate;
  const part = Math.min(1, bytes / of);
  const full = Math.round(part * BAR);
  const left = part === 0 ? '–' : clock((seconds / part) * (1 - part));
  return `[${'█'.repeat(full)}${'·'.repeat(BAR - full)}] ${String(Math.floor(part * 100)).padStart(3)} %  ${rate}  còn / left ${left}`;
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
