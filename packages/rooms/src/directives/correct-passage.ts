import type { ReadDocument } from '@vonggac/congvan';
import { DomainError, invalid, newId } from '@vonggac/kernel';
import { type Ctx, type Tx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, asc, eq, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { mustBeSound } from './correct.ts';
import { asDocument, freePath, passageOf, positionFor, proposalsFor, strangersOf } from './draft-passage.ts';
import { type DirectiveView, viewDirective } from './get.ts';
import { type DirectiveRow, changedMeanwhile, fetchDraft, mustHaveVersion } from './internal.ts';
import type { Span } from './model.ts';
import { beforeRule } from './read-draft.ts';
import { readPlainText } from './reading.ts';
import { asOf, resolveRecipients } from './resolve.ts';
import { directives, recipients, requirements } from './tables.ts';
import { addRequirements } from './write-draft.ts';

/** A place in the text of the draft: UTF-16 offsets, end exclusive. */
export type Passage = { version: number; start: number; end: number; path?: string | undefined };

/**
 * Makes a requirement of a passage of the document. Where the document prints no number it gets the next free one; whom
 * it addresses and until when is what the reader finds in it. Its place is kept.
 * @returns the id of the new requirement and the draft
 * @throws DomainError `directives.passage`, `directives.path_twice`, `directives.changed_meanwhile`
 */
export async function addPassage(ctx: Ctx, id: string, input: Passage): Promise<{ requirement: string; directive: DirectiveView }> {
  may(ctx, 'directives:draft');
  const row = await inSnapshot(ctx, async (tx) => {
    const draft = await fetchDraft(tx, ctx, id);
    mustHaveVersion(draft, input.version);
    return draft;
  });
  const passage = passageOf(row.text, mustBeWithin(row, input));
  if (passage.text === '') throw nothingChosen();
  const read = await readAlone(passage.text, row);
  return inTransaction(ctx, async (tx) => {
    const draft = await fetchDraft(tx, ctx, id);
    const moved = await tx
      .update(directives)
      .set({ version: sql`${directives.version} + 1` })
      .where(and(eq(directives.id, id), eq(directives.version, input.version), eq(directives.status, 'draft')))
      .returning({ id: directives.id });
    if (moved.length === 0) throw changedMeanwhile(draft.version);
    const added = await insertPassage(tx, ctx, draft, { ...passage, path: input.path, read });
    await record(tx, ctx, {
      action: 'directives.requirement_added',
      subject: { kind: 'directive', id },
      after: { path: added.path, text: passage.text, span: passage.span },
    });
    return { requirement: added.id, directive: await viewDirective(tx, ctx, id) };
  });
}

function mustBeWithin({ text }: DirectiveRow, { start, end }: Passage): Span {
  if (start < end && end <= text.length) return { start, end };
  throw nothingChosen();
}

const nothingChosen = () =>
  invalid('directives.passage', 'start', {
    vi: 'Chưa chọn đoạn nào có nội dung trong văn bản. Chọn lại đoạn cần giao việc.',
    en: 'No passage with text was chosen in the document. Choose the passage again.',
  });

/** Null where the passage alone cannot be read; the officer then fills it in. */
async function readAlone(passage: string, row: DirectiveRow): Promise<ReadDocument | null> {
  const [year, month, day] = (row.day ?? '').split('-').map(Number);
  const date = year && month && day ? { year, month, day } : row.reading.date;
  try {
    return (await readPlainText(asDocument(passage, date))).document;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

type New = { text: string; span: Span; printed: string | null; path: string | undefined; read: ReadDocument | null };

async function insertPassage(tx: Tx, ctx: Ctx, draft: DirectiveRow, one: New): Promise<{ id: string; path: string }> {
  const directive = draft.id;
  const before = await tx.select().from(requirements).where(eq(requirements.directive, directive)).orderBy(asc(requirements.position));
  const addressed = await addressedBy(tx, ctx, draft, one.read);
  const placed = before.map(({ path, spanStart, spanEnd }) => ({
    path,
    span: spanStart === null || spanEnd === null ? null : { start: spanStart, end: spanEnd },
  }));
  const at = positionFor(placed, one.span);
  const path = one.path ?? freePath(placed, at, one.printed);
  const proposed = proposalsFor(one.text, one.read, { recipients: addressed, rule: await beforeRule(tx) });
  const item = { path, text: one.text, heading: false, span: one.span, ...proposed };
  mustBeSound(item, 'requirement', { addressed: addressed.length, paths: new Set(placed.map((other) => other.path)) });
  await tx
    .update(requirements)
    .set({ position: sql`${requirements.position} + 1` })
    .where(and(eq(requirements.directive, directive), sql`${requirements.position} >= ${at}`));
  const [added] = await addRequirements(tx, directive, [item], at);
  return { id: added!, path };
}

/**
 * The recipient phrases of the draft, in order, with those that the passage names besides: as receivers where the
 * document addresses nobody yet, else to narrow the item alone.
 */
async function addressedBy(tx: Tx, ctx: Ctx, draft: DirectiveRow, read: ReadDocument | null): Promise<string[]> {
  const known = await tx.select().from(recipients).where(eq(recipients.directive, draft.id)).orderBy(asc(recipients.position));
  const texts = known.map(({ text }) => text);
  const strangers = strangersOf(read, texts);
  const at = { day: asOf(ctx, draft.day, draft.reading.date), lists: draft.reading.attachments };
  const resolved = await resolveRecipients(tx, ctx, strangers, at);
  const narrows = known.some((row) => !row.narrows);
  const added = strangers
    .map((text, i) => ({ ...resolved[i]!, text }))
    .filter(({ organisations }) => !narrows || organisations.length > 0)
    .map((row, i) => ({ ...row, id: newId(), directive: draft.id, position: known.length + i, narrows }));
  if (added.length > 0) await tx.insert(recipients).values(added);
  return [...texts, ...added.map(({ text }) => text)];
}
