import path from 'node:path';
import { type Clock, type Config, dayOf, newId, systemClock } from '@vonggac/kernel';
import { reachOfHouse } from '@vonggac/rooms/access';
import { type AnchorPlaces, anchorAudit, sealAudit } from '@vonggac/rooms/audit';
import { type Auth, houseCtx, makeAdministrator, openAuth, readProviders } from '@vonggac/rooms/identity';
import {
  type Ctx,
  type Database,
  lockData,
  migrateDatabase,
  mustBeWhole,
  openDatabase,
  openFiles,
  openOutbound,
  type Stores,
} from '@vonggac/store';
import type { Logger } from 'pino';
import { sampleClock } from './sample/clock.ts';
import { Watch } from './watch/watch.ts';
import { wire } from './wiring.ts';

export const MIGRATIONS = path.join(import.meta.dirname, '../migrations');

/** The running product without its doors: stores, sign-in, clock, and the context of the house itself. */
export type House = {
  config: Config;
  logger: Logger;
  database: Database;
  stores: Stores;
  auth: Auth;
  clock: Clock & { hold(): void };
  /** Database, disk, clock and jobs as they stand. */
  watch: Watch;
  proxies: readonly string[];
  anchors: AnchorPlaces;
  /** A context that reaches everything, for jobs and commands. */
  ctx(more: { name: string; address?: string; requestId?: string }): Promise<Ctx>;
  close(): Promise<void>;
};

/** Takes the data directory, opens the stores and brings them forward. @throws DomainError `store.in_use` among others */
export async function openHouse(config: Config, logger: Logger, real: Clock = systemClock): Promise<House> {
  const lock = config.postgres ? null : lockData(config.data);
  try {
    mustBeWhole(config.data);
    const told: { watch?: Watch } = {};
    const database = await openDatabase(config, { tell: (event) => told.watch?.hear(event) });
    try {
      await bringForward(config, logger, database);
      const house = await furnish(config, logger, { database, real, release: () => lock?.release() });
      told.watch = house.watch;
      return house;
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** Migrates after a backup; the command is loaded only when there is something to migrate. */
async function bringForward(config: Config, logger: Logger, database: Database): Promise<void> {
  const { applied, backup } = await migrateDatabase(database, MIGRATIONS, async (next) => {
    const { backUpBeforeMigration } = await import('./commands/before-migration.ts');
    return backUpBeforeMigration(config, database, next);
  });
  if (backup) logger.info({ applied, backup }, 'the data was migrated after a backup');
}

/** The same on a database that is open already. */
export async function furnish(
  config: Config,
  logger: Logger,
  held: { database: Database; /** The machine's clock. */ real?: Clock; release(): void },
): Promise<House> {
  const { database, real = systemClock } = held;
  const stores: Stores = {
    pool: database.app,
    files: openFiles(path.join(config.data, 'files')),
    outbound: openOutbound(config.outbound.split(',')),
  };
  wire();
  const clock = await sampleClock(database.app, real);
  const watch = new Watch({ config, logger, database, real });
  const house: House = {
    config,
    logger,
    database,
    stores,
    auth: openAuth({
      database,
      keys: config.keys,
      publicUrl: config.publicUrl,
      port: config.port,
      totp: config.totp,
      providers: readProviders(config),
    }),
    clock,
    watch,
    proxies: config.proxies
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
    anchors: { keys: config.keys, file: path.join(config.data, 'audit-anchors.log'), copy: config.anchorCopy },
    ctx: async (more) =>
      houseCtx(stores, house.clock, await reachOfHouse(stores.pool, dayOf(house.clock.now()).toString()), { requestId: newId(), ...more }),
    close: async () => {
      await watch.stop();
      await database.close();
      held.release();
    },
  };
  return house;
}

/** The first administrator's password, the first time; null afterwards. */
export async function firstAdministrator(house: House): Promise<string | null> {
  return makeAdministrator(house.auth, await house.ctx({ name: 'start' }));
}

/** Chains what was committed. */
export async function sealOnce(house: House): Promise<void> {
  const ctx = await house.ctx({ name: 'sealer' });
  while ((await sealAudit(ctx)) > 0);
}

/** Signs the head of the chain. */
export async function anchorOnce(house: House): Promise<void> {
  await anchorAudit(await house.ctx({ name: 'sealer' }), house.anchors);
}
