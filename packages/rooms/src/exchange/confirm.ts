import { conflict, DomainError, isoInstant, notFound, type Text } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { declareReceipt } from '../tasks/index.ts';
import { confirmedOf, type FileRow, problemOf } from './file-view.ts';
import { mustBePerson } from './mark-sent.ts';
import { partFacts } from './part.ts';
import { statusFiles } from './tables.ts';

export type Confirmed = { id: string; done: boolean; moved: boolean; problem: Text | null };

/**
 * A named person confirms status messages, in the order of their codes; each for itself, so that one that is out of order stops no other.
 * A receipt that the agency has not moved itself moves; otherwise the message stands beside what the agency did.
 * @throws DomainError `exchange.person_needed`
 */
export async function confirmFiles(ctx: Ctx, ids: readonly string[]): Promise<Confirmed[]> {
  may(ctx, 'directives:follow');
  mustBePerson(ctx);
  const known = await inSnapshot(ctx, (tx) =>
    tx
      .select({ id: statusFiles.id, code: statusFiles.code })
      .from(statusFiles)
      .where(inArray(statusFiles.id, [...ids])),
  );
  const results: Confirmed[] = [];
  for (const { id } of known.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
    results.push(await confirmOne(ctx, id));
  }
  return results;
}

async function confirmOne(ctx: Ctx, id: string): Promise<Confirmed> {
  try {
    return { id, done: true, moved: await inTransaction(ctx, (tx) => confirmIn(tx, ctx, id)), problem: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { id, done: false, moved: false, problem: error.text };
  }
}

async function confirmIn(tx: Tx, ctx: Ctx, id: string): Promise<boolean> {
  const row = await fetchFile(tx, id);
  if (!reaches(ctx, row.overseer)) throw notFound('status');
  if (row.code === '13') throw decideInstead();
  // Two messages of one agency must not both find the other missing.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`statuses/${row.directive}/${row.organisation}`}, 0))`);
  const facts = await partFacts(tx, row);
  const problem = problemOf(row, facts, await confirmedOf(tx, row));
  if (problem !== null) throw conflict('exchange.wrong_order', problem);
  const { code, at, number, day, directive, organisation, description } = row;
  const source = `Thông điệp edXML “${row.name}” của ${row.fromName}`;
  const moved =
    (code === '02' || code === '03') &&
    (await declareReceipt(tx, ctx, { directive, organisation, code, at, number, day, reason: description, source }));
  await settle(tx, ctx, row, { state: 'confirmed', moved, reason: null });
  await record(tx, ctx, {
    action: 'exchange.status_confirmed',
    subject: { kind: 'status', id },
    concerns: organisation,
    before: { status: facts.status },
    after: { code, moved, sha256: row.sha256, directive },
  });
  return moved;
}

/** @throws DomainError `status.not_found` */
export async function fetchFile(tx: Tx, id: string): Promise<FileRow> {
  const [row] = await tx.select().from(statusFiles).where(eq(statusFiles.id, id));
  if (!row) throw notFound('status');
  return row;
}

type Settled = { state: 'confirmed' | 'discarded'; moved?: boolean; reason: string | null };

/** @throws DomainError `exchange.already_decided` where somebody was faster */
export async function settle(tx: Tx, ctx: Ctx, row: FileRow, to: Settled): Promise<void> {
  const settled = await tx
    .update(statusFiles)
    .set({
      ...to,
      decidedAt: isoInstant(ctx.clock.now()),
      decidedBy: ctx.actor.kind === 'person' ? ctx.actor.id : null,
      decidedByName: ctx.actor.name,
    })
    .where(and(eq(statusFiles.id, row.id), eq(statusFiles.state, 'waiting')))
    .returning({ id: statusFiles.id });
  if (settled.length > 0) return;
  throw conflict('exchange.already_decided', {
    vi: 'Thông điệp này đã được xử lý. Tải lại để xem kết quả.',
    en: 'This message was already dealt with. Reload to see how.',
  });
}

function decideInstead(): DomainError {
  return conflict('exchange.decide_instead', {
    vi: 'Đây là đề nghị của nơi gửi (mã 13); trả lời đồng ý hoặc từ chối, có lý do.',
    en: 'This is a request of the sender (code 13); agree or refuse it with a reason.',
  });
}
