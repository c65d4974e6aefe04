import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Handled, routes } from '@vonggac/contract';
import { mayInstallation } from '@vonggac/rooms/access';
import { auditStanding, newestActs } from '@vonggac/rooms/audit';
import { outboxStanding } from '@vonggac/rooms/notifications';
import { type Ctx, databaseFacts } from '@vonggac/store';
import { productVersion } from '../version.ts';
import type { House } from '../house.ts';
import { mailState } from '../mail.ts';
import { SLOW_SYNC } from './disk.ts';

export type Status = Handled<(typeof routes)['GET /status']>['output'];
type Sign = Status['signs'][number];

const EVENTS = 20;
/** @unit milliseconds */
const SLOW_DATABASE = 100;
const LATE_SEAL = 15_000;
const DAY = 86_400_000;

/** Everything that an administrator of the whole installation looks at in the morning. */
export async function statusOf(house: House, asking: Ctx): Promise<Status> {
  await mayInstallation(asking, 'settings:write');
  const ctx = await house.ctx({ name: 'status' });
  const { watch, config } = house;
  const [database, audit, outbox, mail, events, [taken]] = await Promise.all([
    databaseFacts(house.stores.pool),
    auditStanding(ctx, house.anchors.file),
    outboxStanding(ctx),
    mailState(house, ctx),
    newestActs(ctx, 'installation.', EVENTS),
    newestActs(ctx, 'backup.taken', 1),
  ]);
  const facts = {
    version: productVersion(),
    node: process.version,
    now: iso(watch.now()),
    startedAt: iso(watch.startedAt),
    uptime: watch.uptime(),
    disk: diskFacts(house),
    database: {
      ...database,
      kind: config.postgres ? ('external' as const) : ('embedded' as const),
      roundTrip: watch.database.roundTrip(),
      restarts: watch.restarts,
    },
    audit: { ...audit, copy: config.anchorCopy ?? null },
    jobs: jobsOf(house),
    outbox: { ...outbox, mail },
    backup: { ...backupsIn(path.join(config.data, 'backups')), taken: takenOf(taken?.after) },
    clock: { threshold: watch.clock.threshold, lastStep: watch.clock.last },
    events: events.map(({ at, action, after }) => ({ at, action, after: (after ?? null) as Record<string, unknown> | null })),
  };
  return { ...facts, signs: signsOf(facts, watch.now().epochMilliseconds) };
}

const iso = (instant: Temporal.Instant) => instant.toString({ fractionalSecondDigits: 3 });
const isoOrNull = (instant: Temporal.Instant | null) => instant && iso(instant);

function diskFacts({ watch: { disk } }: House): Status['disk'] {
  const { directory, limits } = disk;
  const room = disk.room();
  const level = room.free < limits.stop ? 'stop' : room.free < limits.warn ? 'warn' : 'ok';
  return { directory, ...room, ...limits, level, syncTime: disk.syncTime(), slowFrom: SLOW_SYNC };
}

function jobsOf({ watch }: House): Status['jobs'] {
  return [...watch.jobs.records].map(([id, { name, isRunning, lastRun, lastDone, lastFailure, next }]) => ({
    id,
    name,
    running: isRunning,
    lastRun: isoOrNull(lastRun),
    lastDone: isoOrNull(lastDone),
    lastFailure: lastFailure && { at: iso(lastFailure.at), error: lastFailure.error },
    next: next()?.toISOString() ?? null,
  }));
}

function backupsIn(directory: string): Omit<Status['backup'], 'taken'> {
  const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.age')) : [];
  const files = names
    .map((file) => ({ file, found: statSync(path.join(directory, file), { throwIfNoEntry: false }) }))
    .flatMap(({ file, found }) => (found ? [{ file, at: found.mtime.toISOString(), bytes: found.size }] : []))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return { directory, files: files.length, newest: files[0] ?? null };
}

function takenOf(after: unknown): Status['backup']['taken'] {
  if (typeof after !== 'object' || after === null) return null;
  const { file, takenAt, bytes } = after as Record<string, unknown>;
  return { file: String(file), at: String(takenAt), bytes: Number(bytes) };
}

type Facts = Omit<Status, 'signs'>;

/** What of it needs a person, the gravest first. */
function signsOf({ disk, database, audit, jobs, outbox, backup, clock }: Facts, now: number): Sign[] {
  const isOlder = (at: string | null, milliseconds: number) => at !== null && now - Date.parse(at) > milliseconds;
  const lastBackup =
    [backup.newest?.at, backup.taken?.at]
      .filter((at) => at !== undefined)
      .toSorted()
      .at(-1) ?? null;
  const isFailing = jobs.some(({ lastFailure, lastDone }) => lastFailure && (lastDone === null || lastDone < lastFailure.at));
  const found: [boolean, Sign][] = [
    [disk.level === 'stop', { area: 'disk', level: 'stop', code: 'disk.stop' }],
    [isOlder(audit.waitingSince, LATE_SEAL), { area: 'audit', level: 'stop', code: 'audit.late' }],
    [disk.level === 'warn', { area: 'disk', level: 'warn', code: 'disk.low' }],
    [(disk.syncTime ?? 0) > disk.slowFrom, { area: 'disk', level: 'warn', code: 'disk.slow' }],
    [(database.roundTrip ?? 0) > SLOW_DATABASE, { area: 'database', level: 'warn', code: 'database.slow' }],
    [database.restarts > 0, { area: 'database', level: 'warn', code: 'database.restarted' }],
    [isFailing, { area: 'jobs', level: 'warn', code: 'jobs.failing' }],
    [outbox.held !== null, { area: 'outbox', level: 'warn', code: 'outbox.held' }],
    [outbox.failed > 0, { area: 'outbox', level: 'warn', code: 'outbox.failed' }],
    [lastBackup === null, { area: 'backup', level: 'warn', code: 'backup.none' }],
    [isOlder(lastBackup, 2 * DAY), { area: 'backup', level: 'warn', code: 'backup.old' }],
    [clock.lastStep !== null && !isOlder(clock.lastStep.at, DAY), { area: 'clock', level: 'warn', code: 'clock.stepped' }],
  ];
  return found.filter(([isSo]) => isSo).map(([, one]) => one);
}
