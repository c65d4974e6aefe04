import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { dayOf } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { may, memberships, reachOf } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { contactLists, taskLists } from './lists.ts';
import { fileName, isDue, isOld, type PrintableFile, type PrintableFormat, type PrintableKind, readName, stampOf } from './model.ts';

/** Where the lists lie and how long; `organisation` is the one in whose reach they are. @unit keepDays days */
export type PrintablePlace = { folder: string; keepDays: number; organisation: string };

/** What of an organisation lies in the folder, newest first. */
export function filesIn({ folder, organisation }: Pick<PrintablePlace, 'folder' | 'organisation'>): (PrintableFile & { size: number })[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => readName(name, organisation) ?? [])
    .flatMap((file) => {
      const found = statSync(path.join(folder, file.name), { throwIfNoEntry: false });
      return found ? [{ ...file, size: found.size }] : [];
    })
    .toSorted((a, b) => b.at.localeCompare(a.at) || a.name.localeCompare(b.name));
}

/**
 * Writes contacts and open tasks, each as PDF and .xlsx, numbers in full, for a machine without network. Only the login of
 * the server reads the files; the audit has it as a reading in bulk with its reason, before a file stands there under its name.
 * @throws DomainError `access.role`
 */
export async function writePrintable(ctx: Ctx, place: PrintablePlace, reason: string): Promise<{ files: PrintableFile[] }> {
  may(ctx, 'directives:follow');
  const { folder, organisation, keepDays } = place;
  const now = ctx.clock.now();
  const stamp = stampOf(now);
  const lists = { 'dau-moi': await contactLists(ctx), 'nhiem-vu': await taskLists(ctx) };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const parts: { part: string; name: string }[] = [];
  try {
    for (const [kind, list] of Object.entries(lists) as [PrintableKind, (typeof lists)['dau-moi']][])
      for (const format of ['pdf', 'xlsx'] satisfies PrintableFormat[]) {
        const name = fileName(stamp, kind, organisation, format);
        const part = path.join(folder, `${name}.part`);
        parts.push({ part, name });
        await writeSynced(part, list[format]);
      }
    await inTransaction(ctx, (tx) =>
      record(tx, ctx, {
        action: 'printable.written',
        subject: { kind: 'organisation', id: organisation },
        after: { files: parts.map(({ name }) => name), contacts: lists['dau-moi'].rows, tasks: lists['nhiem-vu'].rows },
        reason,
      }),
    );
    for (const { part, name } of parts) await rename(part, path.join(folder, name));
  } finally {
    for (const { part } of parts) await rm(part, { force: true });
  }
  for (const file of filesIn(place)) if (isOld(file, now, keepDays)) await rm(path.join(folder, file.name), { force: true });
  return { files: parts.flatMap(({ name }) => readName(name, organisation) ?? []) };
}

/**
 * Each evening, once, for every organisation that has a desk, in that organisation's reach: also where the machine was off at
 * the hour. Runs in the house's own context. @returns how many were written for
 */
export async function writeEvening(
  house: Ctx,
  { hour, ...place }: Omit<PrintablePlace, 'organisation'> & { hour: number },
): Promise<number> {
  may(house, 'directives:follow');
  const now = house.clock.now();
  const day = dayOf(now).toString();
  let written = 0;
  for (const organisation of await desksOn(house, day)) {
    if (!isDue(now, hour, filesIn({ ...place, organisation }))) continue;
    const scope = await reachOf(house.stores.pool, organisation, day);
    const actor = { kind: 'system' as const, name: house.actor.name, organisation };
    await writePrintable({ ...house, scope, actor }, { ...place, organisation }, 'Danh sách in sẵn mỗi chiều cho trực, dùng khi mất mạng');
    written++;
  }
  return written;
}

/** Organisations in which somebody is a desk officer on the day. */
async function desksOn(house: Ctx, day: string): Promise<string[]> {
  const rows = await inSnapshot(house, (tx) =>
    tx
      .selectDistinct({ organisation: memberships.organisation })
      .from(memberships)
      .where(
        and(eq(memberships.role, 'desk'), lte(memberships.validFrom, day), or(isNull(memberships.validTo), gt(memberships.validTo, day))),
      ),
  );
  return rows.map(({ organisation }) => organisation);
}

async function writeSynced(file: string, content: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.chmod(0o600);
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
