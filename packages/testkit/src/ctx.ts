import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock, newId, type Role } from '@vonggac/kernel';
import { reachOf, reachOfHouse } from '@vonggac/rooms/access';
import { audit } from '@vonggac/rooms/audit';
import { type Ctx, type Database, inSnapshot, openFiles, openOutbound, type Stores } from '@vonggac/store';
import { eq } from 'drizzle-orm';

/** The day on which tests happen: a Friday before the holiday of the seed. */
export const TEST_NOW = '2024-04-26T08:00:00+07:00';

export function makeStores(database: Database): Stores {
  return { pool: database.app, files: openFiles(mkdtempSync(path.join(os.tmpdir(), 'vg-files-'))), outbound: openOutbound([]) };
}

/** A person of `organisation` in `role`, with the reach that the tree gives on the test's day. */
export async function makeCtx(
  stores: Stores,
  organisation: string,
  role: Role,
  more: { now?: string; person?: string; name?: string } = {},
): Promise<Ctx> {
  const clock = fixedClock(more.now ?? TEST_NOW);
  const day = clock.now().toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate().toString();
  return {
    actor: {
      kind: 'person',
      id: more.person ?? newId(),
      name: more.name ?? `cán bộ ${randomBytes(2).toString('hex')}`,
      organisation,
      role,
    },
    scope: await reachOf(stores.pool, organisation, day),
    clock,
    language: 'vi',
    requestId: newId(),
    address: '127.0.0.1',
    stores,
  };
}

/** The house itself: jobs, commands, the sealer. */
export async function makeHouseCtx(stores: Stores, now = TEST_NOW): Promise<Ctx> {
  const clock = fixedClock(now);
  return {
    actor: { kind: 'system', name: 'test', organisation: '00000000-0000-0000-0000-000000000000' },
    scope: await reachOfHouse(stores.pool, clock.now().toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate().toString()),
    clock,
    language: 'vi',
    requestId: newId(),
    address: '127.0.0.1',
    stores,
  };
}

/** Fails unless the log has a row of this action on this subject. */
export async function expectAudit(ctx: Ctx, action: string, subjectId: string): Promise<void> {
  const rows = await inSnapshot(ctx, (tx) => tx.select({ action: audit.action }).from(audit).where(eq(audit.subjectId, subjectId)));
  if (!rows.some((row) => row.action === action))
    throw new Error(`no audit row ${action} on ${subjectId}; found: ${rows.map((row) => row.action).join(', ') || 'none'}`);
}
