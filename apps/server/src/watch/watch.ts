import { type Clock, type Config, HOUSE, idsAfter, millisecondsOf } from '@vonggac/kernel';
import { rootOf } from '@vonggac/rooms/access';
import { newestAudit, record } from '@vonggac/rooms/audit';
import { type Ctx, type Database, type DatabaseEvent, diskStill, type Heartbeat, inTransaction, makeHeartbeat } from '@vonggac/store';
import type { Logger } from 'pino';
import { type ClockStep, ClockWatch } from './clock.ts';
import { DiskWatch } from './disk.ts';
import { JobLog } from './jobs.ts';

type Noticed = { action: `installation.${string}`; after: Record<string, unknown> };
type Needs = { config: Config; logger: Logger; database: Database; real: Clock };

const MB = 1_000_000;
/** @unit milliseconds */
const LOOK_EVERY = 1000;
const SAMPLE_EVERY = 5000;
/** What waits for the database to be recorded; a house that flaps for hours keeps the newest. */
const MOST_WAITING = 200;

/** Looks at what the house stands on while it runs: database, disk, clock, jobs. What it notices goes to the log and the audit. */
export class Watch {
  readonly startedAt: Temporal.Instant;
  readonly database: Heartbeat;
  readonly disk: DiskWatch;
  readonly clock: ClockWatch;
  readonly jobs = new JobLog();
  /** How often the embedded database was started again by the server. */
  restarts = 0;
  readonly #real: Clock;
  readonly #logger: Logger;
  readonly #started = performance.now();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #onStep: (() => void)[] = [];
  #waiting: Noticed[] = [];
  #awaySince = 0;
  #stillFor = 0;
  #recording: Promise<void> | null = null;

  constructor({ config, logger, database, real }: Needs) {
    this.#real = real;
    this.#logger = logger;
    this.startedAt = real.now();
    this.database = makeHeartbeat(database.app, (isUp) => this.#databaseChanged(isUp));
    this.disk = new DiskWatch(config.data, { warn: config.diskWarn * MB, stop: config.diskStop * MB });
    this.clock = new ClockWatch(real, config.clockStep);
  }

  /** Since the start, as time passed. @unit seconds */
  uptime(): number {
    return Math.round((performance.now() - this.#started) / 1000);
  }

  now(): Temporal.Instant {
    return this.#real.now();
  }

  /** Called when the clock has jumped: whoever waits for an hour must plan anew. */
  onClockStep(planAnew: () => void): void {
    this.#onStep.push(planAnew);
  }

  /** The embedded database ended or was started again. */
  hear(event: DatabaseEvent): void {
    if (event.kind === 'restarted') this.restarts += 1;
    const { kind, ...after } = event;
    if (kind === 'restart-failed') this.#logger.error(after, 'the database could not be started again');
    else this.#notice({ action: kind === 'ended' ? 'installation.database_ended' : 'installation.database_restarted', after });
    this.database.look();
  }

  /** Reads what is on record and begins to look. `makeCtx` makes the context in which the audit is written. */
  async start(makeCtx: () => Promise<Ctx>): Promise<void> {
    const newest = await newestAudit(await makeCtx());
    if (newest) {
      this.#stepped(this.clock.compareWithRecord(millisecondsOf(newest)));
      idsAfter(newest);
    }
    this.database.start();
    await this.#sampleDisk();
    this.#look();
    this.#every(LOOK_EVERY, () => {
      this.#look();
      this.#recording ??= this.#record(makeCtx).finally(() => (this.#recording = null));
    });
    this.#every(SAMPLE_EVERY, () => void this.#sampleDisk());
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#recording;
    await this.database.stop();
  }

  #every(milliseconds: number, work: () => void): void {
    this.#timers.push(setInterval(work, milliseconds).unref());
  }

  #look(): void {
    this.#stepped(this.clock.look());
    this.#lookForStandstill();
    try {
      const disk = this.disk.look();
      if (disk) this.#notice({ action: disk.level === 'ok' ? 'installation.disk_enough' : 'installation.disk_low', after: disk });
    } catch (error) {
      this.#logger.error({ error: String(error) }, 'the data directory cannot be looked at');
    }
  }

  #lookForStandstill(): void {
    const still = this.disk.stillFor();
    if (still !== null) {
      if (this.#stillFor === 0) this.#logger.error({ directory: this.disk.directory }, 'the disk does not respond');
      this.#stillFor = still;
      this.database.refuse(diskStill(this.disk.directory));
    } else if (this.#stillFor > 0) {
      this.#notice({ action: 'installation.disk_stood_still', after: { seconds: Math.round(this.#stillFor / 1000) } });
      this.#stillFor = 0;
      this.database.refuse(null);
    }
  }

  #stepped(step: ClockStep | null): void {
    if (!step) return;
    this.#notice({ action: 'installation.clock_stepped', after: { by: step.by } });
    for (const planAnew of this.#onStep) planAnew();
  }

  async #sampleDisk(): Promise<void> {
    try {
      const disk = await this.disk.sample();
      if (disk) this.#notice({ action: disk.isSlow ? 'installation.disk_slow' : 'installation.disk_fast_again', after: disk });
    } catch (error) {
      this.#logger.error({ error: String(error) }, 'the data directory cannot be written to');
    }
  }

  #databaseChanged(isUp: boolean): void {
    if (!isUp) this.#awaySince = performance.now();
    const seconds = Math.round((performance.now() - this.#awaySince) / 1000);
    this.#notice(isUp ? { action: 'installation.database_back', after: { seconds } } : { action: 'installation.database_away', after: {} });
  }

  #notice(noticed: Noticed): void {
    this.#logger.warn({ noticed: noticed.after }, noticed.action);
    this.#waiting = [...this.#waiting, noticed].slice(-MOST_WAITING);
  }

  /** In one transaction once the database answers; what it does not take waits for the next look. */
  async #record(makeCtx: () => Promise<Ctx>): Promise<void> {
    const waiting = this.#waiting;
    if (waiting.length === 0 || !this.database.isUp()) return;
    try {
      const ctx = await makeCtx();
      await inTransaction(ctx, async (tx) => {
        const root = await rootOf(tx);
        for (const { action, after } of waiting)
          await record(tx, ctx, { action, subject: { kind: 'installation', id: HOUSE }, ...(root ? { concerns: root } : {}), after });
      });
      this.#waiting = this.#waiting.filter((one) => !waiting.includes(one));
    } catch (error) {
      this.#logger.error({ error: String(error) }, 'what was noticed could not be recorded yet');
    }
  }
}
