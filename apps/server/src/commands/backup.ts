import { productVersion } from '../version.ts';
import path from 'node:path';
import { type Config, dayOf, HOUSE, newId, systemClock } from '@vonggac/kernel';
import { reachOfHouse } from '@vonggac/rooms/access';
import { record } from '@vonggac/rooms/audit';
import { houseCtx } from '@vonggac/rooms/identity';
import { type Ctx, type Database, inTransaction, openFiles, openOutbound } from '@vonggac/store';
import {
  type BackupDone,
  type BackupRead,
  exportKeys,
  importKeys,
  type OpenWith,
  ownIdentity,
  ownRecipient,
  reachDatabase,
  type SealTo,
  takeBackup,
  verifyBackup,
} from '@vonggac/store/backup';

/** Sessions end with the installation: their rows do not travel. */
export const LEAVE_OUT = ['identity.session', 'identity.verification'];

/** To the installation's own backup key, where nobody names another. */
export async function sealOf(config: Pick<Config, 'keys'>, to: SealTo | null): Promise<SealTo> {
  return to ?? { recipients: [await ownRecipient(config.keys)] };
}

/** What is tried besides what the caller gives: the backup key among the keys. */
export function openOf(config: Pick<Config, 'keys'>, using: OpenWith): OpenWith {
  const own = ownIdentity(config.keys);
  return { ...using, identities: [...(using.identities ?? []), ...(own ? [own] : [])] };
}

/**
 * Backs up an installation beside its running server, or alone. @param to null: the installation's own backup key
 * @throws DomainError `backup.*`
 */
export async function backUp(config: Config, file: string, to: SealTo | null): Promise<BackupDone> {
  const reached = await reachDatabase(config);
  try {
    const now = systemClock.now();
    const done = await takeBackup({
      database: reached.database,
      data: config.data,
      keys: config.keys,
      file: path.resolve(file),
      seal: await sealOf(config, to),
      product: productVersion(),
      now,
      leaveOut: LEAVE_OUT,
    });
    await tellAudit(config, reached.database, done);
    return done;
  } finally {
    await reached.close();
  }
}

/** A copy of everything left the house: the log says so. */
async function tellAudit(config: Config, database: Database, done: BackupDone): Promise<void> {
  const ctx = await commandCtx(config, database, 'backup');
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, {
      action: 'backup.taken',
      subject: { kind: 'installation', id: HOUSE },
      after: { file: path.basename(done.file), sha256: done.sha256, bytes: done.bytes, takenAt: done.head.takenAt },
    }),
  );
}

/** The context of a command that an operator runs on the machine itself. */
export async function commandCtx(config: Pick<Config, 'data' | 'outbound'>, database: Pick<Database, 'app'>, name: string): Promise<Ctx> {
  const stores = {
    pool: database.app,
    files: openFiles(path.join(config.data, 'files')),
    outbound: openOutbound(config.outbound.split(',')),
  };
  const reach = await reachOfHouse(database.app, dayOf(systemClock.now()).toString());
  return houseCtx(stores, systemClock, reach, { name, requestId: newId() });
}

export function verifyFile(config: Config, file: string, using: OpenWith): Promise<BackupRead> {
  return verifyBackup(path.resolve(file), openOf(config, using));
}

export function keysOut(config: Config, file: string, seal: SealTo): Promise<string[]> {
  return exportKeys(config.keys, path.resolve(file), seal);
}

export function keysIn(config: Config, file: string, using: OpenWith): Promise<string[]> {
  return importKeys(config.keys, path.resolve(file), using);
}
