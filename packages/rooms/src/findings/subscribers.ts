import { actorKey, DomainError, fold, invalid, isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction, literally, type Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { fetchFinding, type Finding, today } from './internal.ts';
import { findingLookups } from './tables.ts';
import { canDo } from './view.ts';

/** Letters that have to be typed, and searches that one person has in an hour. */
const LEAST_LETTERS = 3;
export const MOST_SEARCHES = 60;

export type SubscriberName = { id: string; name: string };

/** Official names alone, of the organisations that the authority of an operator's finding follows: the database looks at nothing else. */
async function namesFor(
  tx: Tx,
  ctx: Ctx,
  finding: string,
  which: { words: readonly string[]; only: string | null },
): Promise<SubscriberName[]> {
  const words = which.words.map((word) => `% ${literally(word)}%`);
  const { rows } = await tx.execute<SubscriberName>(
    sql`select id, name from vg_subscribers(${finding}::uuid, ${sql.param(words)}::text[], ${which.only}::uuid, ${today(ctx)}::date)`,
  );
  return rows;
}

/**
 * An operator looks for the unit that its subscriber is, beyond its own directory. It learns official names of organisations that the
 * authority follows, at most ten at a time, and each search is in the log.
 * @throws DomainError `findings.not_operator` | `findings.few_letters` | `findings.many_searches`
 */
export async function findSubscribers(ctx: Ctx, id: string, q: string): Promise<{ items: SubscriberName[] }> {
  may(ctx, 'findings:answer');
  const words = fold(q).trim().split(/\s+/u).filter(Boolean);
  if ((words.join('').match(/[\p{L}\p{N}]/gu) ?? []).length < LEAST_LETTERS)
    throw invalid('findings.few_letters', 'q', {
      vi: `Nhập ít nhất ${LEAST_LETTERS} chữ trong tên đơn vị.`,
      en: `Type at least ${LEAST_LETTERS} letters of the name.`,
    });
  return inTransaction(ctx, async (tx) => {
    const row = await fetchFinding(tx, ctx, id);
    if (!canDo(ctx, row).operator) throw notOperator();
    await countSearch(tx, ctx);
    const items = await namesFor(tx, ctx, id, { words, only: null });
    await record(tx, ctx, {
      action: 'findings.subscriber_searched',
      subject: { kind: 'finding', id },
      after: { q, found: items.length },
      concerns: row.overseer,
    });
    return { items };
  });
}

/** The organisation that an operator picked, for all of these findings. @throws DomainError `findings.subscriber` */
export async function subscriberOf(tx: Tx, ctx: Ctx, rows: readonly Finding[], only: string): Promise<SubscriberName> {
  const [first] = rows;
  const found = first === undefined ? [] : await namesFor(tx, ctx, first.id, { words: [], only });
  const isOneAuthority = rows.every(({ overseer }) => overseer === first?.overseer);
  if (found[0] !== undefined && isOneAuthority) return found[0];
  throw invalid('findings.subscriber', 'subscriber', {
    vi: 'Không chọn được đơn vị này. Tìm lại theo tên, hoặc ghi tên vào ghi chú.',
    en: 'This organisation cannot be chosen. Look for it by its name again, or write the name into the note.',
  });
}

async function countSearch(tx: Tx, ctx: Ctx): Promise<void> {
  const hour = isoInstant(ctx.clock.now().round({ smallestUnit: 'hour', roundingMode: 'floor' }));
  const [counted] = await tx
    .insert(findingLookups)
    .values({ organisation: ctx.actor.organisation, person: actorKey(ctx.actor), hour, n: 1 })
    .onConflictDoUpdate({
      target: [findingLookups.organisation, findingLookups.person, findingLookups.hour],
      set: { n: sql`${findingLookups.n} + 1` },
      setWhere: sql`${findingLookups.n} < ${MOST_SEARCHES}`,
    })
    .returning({ n: findingLookups.n });
  if (counted) return;
  throw new DomainError('too-many', 'findings.many_searches', {
    vi: 'Đã tra cứu quá nhiều lần trong một giờ. Chờ sang giờ sau, hoặc ghi tên đơn vị thuê bao vào ghi chú.',
    en: 'Too many searches within an hour. Wait for the next hour, or write the name of the subscriber into the note.',
  });
}

const notOperator = (): DomainError =>
  invalid('findings.not_operator', 'finding', {
    vi: 'Chỉ doanh nghiệp viễn thông đang xử lý địa chỉ của mình mới tra cứu được.',
    en: 'Only an operator that deals with an address of its own can look this up.',
  });
