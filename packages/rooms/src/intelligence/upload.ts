import { type ListMapping, type Recognition, recogniseList } from '@vonggac/feeds';
import { actorKey, fold, isoInstant, newId } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type Annex, annexOf } from './annex.ts';
import { fetchList, fetchOwn, type List } from './internal.ts';
import { NO_COUNTS } from './model.ts';
import { MOST_ROWS } from './placed.ts';
import { lists, senderMappings, senders } from './tables.ts';

/** @unit bytes */
export const MOST_BYTES = 256 * 2 ** 20;

export type Upload = {
  name: string;
  /** Who sent it, by name; a new name is a new sender. */
  sender: string;
  title: string | null;
  content: Readable | Uint8Array;
  /** The directive whose annex it is. */
  directive?: string | undefined;
};

/** The same file of the same sender that is in already; taking it in again would change nothing. */
export type Former = { id: string; title: string; finishedAt: string | null };
export type Uploaded = {
  id: string;
  sender: { id: string; name: string };
  title: string;
  again: Former | null;
  /** The directive whose annex it is, with the items that its findings may answer. */
  annex: Annex | null;
  recognition: Recognition;
};

async function senderOf(tx: Tx, ctx: Ctx, name: string): Promise<{ id: string; name: string }> {
  const { organisation } = ctx.actor;
  const made = { id: newId(), organisation, name, folded: fold(name) };
  await tx.insert(senders).values(made).onConflictDoNothing();
  const [found] = await tx
    .select({ id: senders.id, name: senders.name })
    .from(senders)
    .where(and(eq(senders.organisation, organisation), eq(senders.folded, made.folded)));
  if (found!.id === made.id)
    await record(tx, ctx, { action: 'intelligence.sender_added', subject: { kind: 'sender', id: made.id }, after: { name } });
  return found!;
}

export async function formerOf(
  tx: Tx,
  { organisation, sender, sha256, exercise }: Pick<List, 'organisation' | 'sender' | 'sha256' | 'exercise'>,
): Promise<Former | null> {
  const same = and(
    eq(lists.organisation, organisation),
    eq(lists.sender, sender),
    eq(lists.sha256, sha256),
    exercise === null ? isNull(lists.exercise) : eq(lists.exercise, exercise),
  );
  const [found] = await tx
    .select({ id: lists.id, title: lists.title, finishedAt: lists.finishedAt })
    .from(lists)
    .where(and(same, inArray(lists.state, ['running', 'stopped', 'done'])));
  return found ?? null;
}

/** Of a form with its header, so that what an officer mapped is offered for the next list of the same form. */
export function fingerprintOf(mapping: Pick<ListMapping, 'kind' | 'hasHeader' | 'columns'>): string {
  const form = mapping.hasHeader ? mapping.columns.map(({ header }) => fold(header)).toSorted() : [mapping.kind, mapping.columns.length];
  return createHash('sha256').update(JSON.stringify(form)).digest('hex').slice(0, 32);
}

type Asked = { sha256: string; name: string; sender: string; sheet?: string | undefined };

/** Recognises a file, with the mapping that was kept for this form of the sender, if any. @throws DomainError `feeds.…` */
async function recogniseFor(ctx: Ctx, file: Asked): Promise<Recognition> {
  const kept = (proposed: ListMapping): Promise<ListMapping | null> =>
    inSnapshot(ctx, async (tx) => {
      const [found] = await tx
        .select({ mapping: senderMappings.mapping })
        .from(senderMappings)
        .innerJoin(senders, eq(senders.id, senderMappings.sender))
        .where(
          and(
            eq(senders.organisation, ctx.actor.organisation),
            eq(senders.folded, fold(file.sender)),
            eq(senderMappings.fingerprint, fingerprintOf(proposed)),
          ),
        );
      return found?.mapping ?? null;
    });
  const path = ctx.stores.files.pathOf(file.sha256);
  return recogniseList(path, file.name, { limits: { rows: MOST_ROWS }, kept, ...(file.sheet === undefined ? {} : { sheet: file.sheet }) });
}

/**
 * Keeps a list as a file and says what was recognised; nothing of it is in force yet. A file that cannot be read leaves no list.
 * @throws DomainError `access.role`, `file.too_large`, `feeds.…`
 */
export async function uploadList(ctx: Ctx, input: Upload): Promise<Uploaded> {
  may(ctx, 'lists:write');
  const { sha256, size } = await ctx.stores.files.put(input.content, MOST_BYTES);
  const recognition = await recogniseFor(ctx, { sha256, name: input.name, sender: input.sender });
  const id = newId();
  const title = input.title ?? input.name;
  const { sender, again, annex } = await inTransaction(ctx, async (tx) => {
    const of = await annexOf(tx, input.directive ?? null);
    const by = await senderOf(tx, ctx, input.sender);
    const { organisation } = ctx.actor;
    await tx.insert(lists).values({
      id,
      organisation,
      sender: by.id,
      title,
      sha256,
      name: input.name,
      size,
      kind: recognition.kind,
      total: recognition.rows,
      directive: of?.directive ?? null,
      counts: NO_COUNTS,
      madeBy: actorKey(ctx.actor),
      madeByName: ctx.actor.name,
      madeAt: isoInstant(ctx.clock.now()),
    });
    const after = { title, name: input.name, sha256, sender: by.name };
    await record(tx, ctx, { action: 'intelligence.list_uploaded', subject: { kind: 'list', id }, after });
    return { sender: by, annex: of, again: await formerOf(tx, { organisation, sender: by.id, sha256, exercise: null }) };
  });
  return { id, sender, title, again, annex, recognition };
}

/** What was recognised of a list that was kept, on another sheet where one is named. */
export async function recogniseAgain(ctx: Ctx, id: string, sheet?: string): Promise<Uploaded> {
  may(ctx, 'lists:write');
  const { found, ...more } = await inSnapshot(ctx, async (tx) => {
    const list = await fetchList(tx, ctx, id);
    const [by] = await tx.select({ id: senders.id, name: senders.name }).from(senders).where(eq(senders.id, list.sender));
    return {
      found: list,
      sender: by!,
      annex: await annexOf(tx, list.directive),
      again: list.state === 'draft' ? await formerOf(tx, list) : null,
    };
  });
  const recognition = await recogniseFor(ctx, { sha256: found.sha256, name: found.name, sender: more.sender.name, sheet });
  return { id, ...more, title: found.title, recognition };
}

/** Throws a draft away. */
export async function discardList(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'lists:write');
  await inTransaction(ctx, async (tx) => {
    const found = await fetchOwn(tx, ctx, id);
    const gone = await tx
      .delete(lists)
      .where(and(eq(lists.id, id), eq(lists.state, 'draft')))
      .returning({ id: lists.id });
    if (gone.length === 0) return;
    await record(tx, ctx, { action: 'intelligence.list_discarded', subject: { kind: 'list', id }, before: { title: found.title } });
  });
}

/** The senders of an authority, those of the newest lists first. */
export async function listSenders(ctx: Ctx): Promise<{ items: { id: string; name: string }[]; total: number }> {
  return inSnapshot(ctx, async (tx) => {
    const items = await tx
      .select({ id: senders.id, name: senders.name })
      .from(senders)
      .where(eq(senders.organisation, ctx.actor.organisation))
      .orderBy(desc(senders.writtenAt))
      .limit(200);
    return { items, total: items.length };
  });
}
