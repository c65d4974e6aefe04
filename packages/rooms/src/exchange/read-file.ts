import { createHash } from 'node:crypto';
import type { EdxmlStatus } from '@vonggac/congvan/edxml';
import { isoInstant, newId, ZONE } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { grants, may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type FileView, viewFiles } from './file-view.ts';
import { findPlace } from './find-part.ts';
import { incomingOf } from './model.ts';
import { openStatus } from './open-status.ts';
import { statusFiles } from './tables.ts';

const LIMIT = 2 * 2 ** 20;

/**
 * Reads a status message from a file and puts it where a person confirms it: of an agency, for the authority that follows the directive;
 * a request (13) of the sender, for the agency that received it. The same file again is found, not doubled.
 * @throws DomainError `exchange.…` with place and cure; `directives.secret`, `file.…` as for documents
 */
export async function readStatusFile(ctx: Ctx, input: { name: string; bytes: Uint8Array }): Promise<{ again: boolean; file: FileView }> {
  if (!mayFollow(ctx)) may(ctx, 'tasks:work');
  const sha256 = createHash('sha256').update(input.bytes).digest('hex');
  const before = await inTransaction(ctx, (tx) => findAgain(tx, ctx, sha256));
  if (before) return { again: true, file: before };
  const status = await openStatus(input.bytes, input.name);
  may(ctx, status.code === '13' ? 'tasks:work' : 'directives:follow');
  const place = await inSnapshot(ctx, (tx) => findPlace(tx, ctx, status));
  await ctx.stores.files.put(input.bytes, LIMIT);
  return inTransaction(ctx, async (tx) => {
    const id = newId();
    const row = { id, ...place, reader: ctx.actor.organisation, sha256, name: input.name, ...saidBy(status) };
    const readAt = isoInstant(ctx.clock.now());
    const inserted = await tx
      .insert(statusFiles)
      .values({ ...row, readAt, readByName: ctx.actor.name })
      .onConflictDoNothing()
      .returning();
    const again = inserted.length === 0 ? await findAgain(tx, ctx, sha256) : null;
    if (again) return { again: true, file: again };
    await record(tx, ctx, {
      action: 'exchange.status_read',
      subject: { kind: 'status', id },
      concerns: place.organisation === ctx.actor.organisation ? place.overseer : place.organisation,
      after: { code: status.code, name: input.name, sha256, from: status.from.id },
    });
    return { again: false, file: (await viewFiles(tx, inserted))[0]! };
  });
}

const mayFollow = (ctx: Ctx): boolean => ctx.actor.kind === 'system' || grants(ctx.actor.role).includes('directives:follow');

function saidBy(status: EdxmlStatus) {
  const description = status.description?.replaceAll(/\s+/gu, ' ').slice(0, 1000) ?? null;
  return {
    code: status.code,
    at: status.at === null ? null : Temporal.PlainDateTime.from(status.at).toZonedDateTime(ZONE).toInstant().toString(),
    description,
    fromId: status.from.id.slice(0, 40),
    fromName: status.from.name.replaceAll(/\s+/gu, ' ').slice(0, 300),
    ...(status.code === '03' ? incomingOf(description) : { number: null, day: null }),
  };
}

/** The same file, read before by this organisation; one that was set aside waits again. */
async function findAgain(tx: Tx, ctx: Ctx, sha256: string): Promise<FileView | null> {
  const same = and(eq(statusFiles.reader, ctx.actor.organisation), eq(statusFiles.sha256, sha256));
  const [found] = await tx.select().from(statusFiles).where(same);
  if (!found) return null;
  if (found.state !== 'discarded') return (await viewFiles(tx, [found]))[0]!;
  const waiting = await tx
    .update(statusFiles)
    .set({ state: 'waiting', decidedAt: null, decidedBy: null, decidedByName: null, reason: null })
    .where(and(same, eq(statusFiles.state, 'discarded')))
    .returning();
  await record(tx, ctx, { action: 'exchange.status_read_again', subject: { kind: 'status', id: found.id }, after: { code: found.code } });
  return (await viewFiles(tx, waiting))[0] ?? null;
}
