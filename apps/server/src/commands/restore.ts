import path from 'node:path';
import { type Config, dayOf, newId, systemClock } from '@vonggac/kernel';
import { houseCtx } from '@vonggac/rooms/identity';
import { holdAfterRestore } from '@vonggac/rooms/notifications';
import { openFiles, openOutbound } from '@vonggac/store';
import { type OpenWith, type Restored, restoreBackup } from '@vonggac/store/backup';
import { MIGRATIONS } from '../house.ts';
import { openOf } from './backup.ts';

/**
 * Restores a backup into the empty place that the configuration names; nothing leaves it until a person releases it.
 * @throws DomainError `store.in_use`, `backup.*`
 */
export async function restoreFrom(config: Config, file: string, more: { using: OpenWith; withoutKeys: boolean }): Promise<Restored> {
  const now = systemClock.now();
  return restoreBackup({
    config,
    file: path.resolve(file),
    open: openOf(config, more.using),
    migrations: MIGRATIONS,
    now,
    withoutKeys: more.withoutKeys,
    settle: async (tx, { pool, restored }) => {
      const stores = { pool, files: openFiles(path.join(config.data, 'files')), outbound: openOutbound([]) };
      // The restored tables are not visible to others yet, so the reach cannot be read; recording needs none.
      const scope = { day: dayOf(now).toString(), organisations: [], supervised: [], directory: [] };
      const ctx = houseCtx(stores, systemClock, scope, { name: 'restore', requestId: newId() });
      const { head, restoredAt, lostKeys } = restored;
      await holdAfterRestore(tx, ctx, { takenAt: head.takenAt, restoredAt, product: head.product, lostKeys });
    },
  });
}
