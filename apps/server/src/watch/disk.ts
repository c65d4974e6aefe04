import { diskLow, type Room, roomIn, syncTime } from '@vonggac/store';

export type DiskLevel = 'ok' | 'warn' | 'stop';
type Limits = { /** @unit bytes */ warn: number; /** @unit bytes */ stop: number };

/** A disk that needs longer to keep four kilobytes makes everybody wait. @unit milliseconds */
export const SLOW_SYNC = 200;
const SAMPLES = 5;
/** A disk that has not answered for this long stands still. @unit milliseconds */
export const STILL_AFTER = 4000;

/** Free space and speed of the data directory's disk. */
export class DiskWatch {
  readonly directory: string;
  readonly limits: Limits;
  level: DiskLevel = 'ok';
  isSlow = false;
  readonly #syncs: number[] = [];
  #askedAt: number | null = null;
  readonly #sync: (directory: string) => Promise<number>;

  /** @param sync how long the disk needs, in milliseconds */
  constructor(directory: string, limits: Limits, sync: (directory: string) => Promise<number> = syncTime) {
    this.directory = directory;
    this.limits = limits;
    this.#sync = sync;
  }

  room(): Room {
    return roomIn(this.directory);
  }

  /** @returns the new level when it has changed */
  look(): { level: DiskLevel; free: number } | null {
    const { free } = this.room();
    const { warn, stop } = this.limits;
    const level = free < stop ? 'stop' : free < warn ? 'warn' : 'ok';
    if (level === this.level) return null;
    this.level = level;
    return { level, free };
  }

  /** Before what writes much. @param bytes that are about to come @throws DomainError `store.disk_low` */
  mustHaveRoom(bytes = 0): void {
    const { free } = this.room();
    if (free - bytes < this.limits.stop) throw diskLow(this.directory, free, this.limits.stop);
  }

  /** Since when it owes an answer, where that is longer than a disk that works needs. @unit milliseconds */
  stillFor(): number | null {
    const waited = this.#askedAt === null ? 0 : performance.now() - this.#askedAt;
    return waited > STILL_AFTER ? waited : null;
  }

  /** Tries the disk once, unless it still owes the last answer. @returns whether it is slow, when that has changed */
  async sample(): Promise<{ isSlow: boolean; milliseconds: number } | null> {
    if (this.#askedAt !== null) return null;
    this.#askedAt = performance.now();
    try {
      this.#syncs.push(await this.#sync(this.directory));
    } finally {
      this.#askedAt = null;
    }
    if (this.#syncs.length > SAMPLES) this.#syncs.shift();
    const milliseconds = this.syncTime()!;
    const isSlow = milliseconds > SLOW_SYNC;
    if (isSlow === this.isSlow) return null;
    this.isSlow = isSlow;
    return { isSlow, milliseconds };
  }

  /** The median of the last samples. @unit milliseconds */
  syncTime(): number | null {
    return this.#syncs.toSorted((a, b) => a - b)[Math.floor(this.#syncs.length / 2)] ?? null;
  }
}
