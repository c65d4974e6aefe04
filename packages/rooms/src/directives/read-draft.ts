import { createHash } from 'node:crypto';
import { looksLikeEdxml } from '@vonggac/congvan/edxml';
import { invalid, newId } from '@vonggac/kernel';
import { breaksIndex, type Ctx, inSnapshot, inTransaction, raise, settings, type Tx } from '@vonggac/store';
import { and, eq, ne, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { settleAudience } from './audience.ts';
import type { BeforeRule } from './deadlines.ts';
import { discardDraft } from './discard.ts';
import { type Draft, draftOf } from './draft.ts';
import type { DirectiveRead } from './events.ts';
import { readMessage } from './read-message.ts';
import { type EdxmlOrigin, type ReadText, readFileText, readPlainText } from './reading.ts';
import { asOf, resolveRecipients } from './resolve.ts';
import { directives } from './tables.ts';
import { keysOf, writeBases, writeRecipients, writeRequirements } from './write-draft.ts';

/** What came in: a file, or text that was pasted. `signal` says that whoever brought it has gone away. */
export type Incoming = ({ name: string; bytes: Uint8Array } | { text: string }) & { signal?: AbortSignal };

export type ReadAnswer = { id: string; again: boolean; fields: number; warnings: number; milliseconds: number };

const LIMIT = 50 * 1_048_576;

/**
 * Reads an official document into a draft of the actor's organisation. A secrecy mark stops it before anything is
 * stored. The same file again is found again, not doubled. A reading that is given up leaves no draft.
 * @throws DomainError `directives.secret`, `directives.reading_stopped`, `file.…` with place and cure
 */
export async function readDraft(ctx: Ctx, incoming: Incoming): Promise<ReadAnswer> {
  may(ctx, 'directives:draft');
  const started = performance.now();
  const bytes = 'bytes' in incoming ? incoming.bytes : new TextEncoder().encode(incoming.text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const known = await inSnapshot(ctx, (tx) => findBySource(tx, ctx, sha256));
  if (known) return { ...known, again: true, milliseconds: Math.round(performance.now() - started) };
  const { signal } = incoming;
  const read = await readIncoming(incoming);
  if (!read.edxml) mustHaveSomething(read);
  mustBeWanted(signal);
  await ctx.stores.files.put(bytes, LIMIT);
  const source = { sha256, name: 'bytes' in incoming ? incoming.name : null };
  const answer = await inTransaction(ctx, async (tx) => {
    const twin = read.edxml ? await findByMessage(tx, ctx, read.edxml) : null;
    if (twin) return { ...twin, again: true };
    const made = await insertDraft(tx, ctx, read, source);
    mustBeWanted(signal);
    return { ...made, again: false };
  }).catch(async (error: unknown) => {
    const twin = breaksIndex(error, 'directives_source') ? await inSnapshot(ctx, (tx) => findBySource(tx, ctx, sha256)) : null;
    if (!twin) throw error;
    return { ...twin, again: true };
  });
  // It was given up while the draft was being made durable: nobody has been told of it.
  if (signal?.aborted && !answer.again) await discardDraft(ctx, answer.id);
  mustBeWanted(signal);
  return { ...answer, milliseconds: Math.round(performance.now() - started) };
}

function readIncoming(incoming: Incoming): Promise<ReadText> {
  const { signal } = incoming;
  if (!('bytes' in incoming)) return readPlainText(incoming.text, [], signal);
  const { bytes, name } = incoming;
  return looksLikeEdxml(bytes) ? readMessage(bytes, name, signal) : readFileText(bytes, name, signal);
}

function mustBeWanted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw invalid('directives.reading_stopped', 'file', {
    vi: 'Việc đọc văn bản đã được dừng; không có dự thảo nào được lưu.',
    en: 'The reading was stopped; no draft was kept.',
  });
}

function mustHaveSomething(read: ReadText): void {
  if (read.text.trim().length >= 20) return;
  throw invalid('directives.empty_text', 'text', {
    vi: 'Không có nội dung để đọc. Dán toàn văn văn bản, từ phần đầu đến nơi nhận.',
    en: 'There is nothing to read. Paste the whole document, from its head to its list of copies.',
  });
}

async function findBySource(tx: Tx, ctx: Ctx, sha256: string) {
  const [row] = await tx
    .select({ id: directives.id, reading: directives.reading })
    .from(directives)
    .where(and(eq(directives.organisation, ctx.actor.organisation), eq(directives.sourceFile, sha256), ne(directives.status, 'withdrawn')));
  return row ? { id: row.id, fields: row.reading.spans.length, warnings: row.reading.warnings.length } : null;
}

/** The draft or directive of a message that was sent again; one that withdraws or updates bears the same DocumentId and is another. */
async function findByMessage(tx: Tx, ctx: Ctx, { documentId, facts }: EdxmlOrigin) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`edxml/${ctx.actor.organisation}/${documentId}`}, 0))`);
  const [row] = await tx
    .select({ id: directives.id, reading: directives.reading })
    .from(directives)
    .where(
      and(
        eq(directives.organisation, ctx.actor.organisation),
        eq(directives.documentId, documentId),
        ne(directives.status, 'withdrawn'),
        sql`${directives.edxml} ->> 'business' = ${facts.business}`,
      ),
    );
  return row ? { id: row.id, fields: row.reading.spans.length, warnings: row.reading.warnings.length } : null;
}

/** How "trước ngày X" is taken here. */
export async function beforeRule(tx: Tx): Promise<BeforeRule> {
  const [row] = await tx.select({ value: settings.value }).from(settings).where(eq(settings.key, 'deadlines.before'));
  return row?.value === 'day-before' ? 'day-before' : 'on-day';
}

/** Writes what was read; for those who have read it already. */
export async function insertDraft(
  tx: Tx,
  ctx: Ctx,
  read: ReadText,
  source: { sha256: string; name: string | null },
): Promise<Omit<ReadAnswer, 'again' | 'milliseconds'>> {
  const understood = draftOf(read, await beforeRule(tx));
  const at = { day: asOf(ctx, understood.head.day, understood.reading.date), lists: understood.reading.attachments };
  const resolved = await resolveRecipients(
    tx,
    ctx,
    understood.recipients.map(({ text }) => text),
    at,
  );
  const { draft, recipients } = settleAudience(understood, resolved);
  const id = newId();
  const { organisation } = ctx.actor;
  await tx.insert(directives).values({
    id,
    organisation,
    overseer: organisation,
    ...draft.head,
    ...keysOf(draft.head),
    text: draft.text,
    reading: draft.reading,
    sourceFile: source.sha256,
    sourceName: source.name,
    documentId: read.edxml?.documentId ?? null,
    issuerOrganId: read.edxml?.organId ?? null,
    edxml: read.edxml?.facts ?? null,
    writtenBy: ctx.actor.name,
  });
  await writeBases(tx, id, draft.bases);
  await writeRecipients(tx, id, recipients);
  await writeRequirements(tx, id, draft.requirements);
  await record(tx, ctx, {
    action: 'directives.read',
    subject: { kind: 'directive', id },
    after: { code: draft.head.code, subject: draft.head.subject, source: source.name, sha256: source.sha256 },
  });
  await raise<DirectiveRead>(tx, ctx, { name: 'directives.read', directive: id });
  return { id, fields: fieldsOf(draft), warnings: draft.reading.warnings.length };
}

function fieldsOf(draft: Draft): number {
  return draft.reading.spans.length + draft.bases.length + draft.recipients.length + draft.requirements.length;
}
