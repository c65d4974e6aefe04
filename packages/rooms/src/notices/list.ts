import { fold, notFound } from '@vonggac/kernel';
import { type Ctx, containing, inSnapshot, type Tx } from '@vonggac/store';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { findings, type FindingAnswer, type FindingState } from '../findings/index.ts';
import { ATTEMPTS } from '../notifications/index.ts';
import { organisationNames } from '../organisations/index.ts';
import { hasAccount } from './account.ts';
import type { ContactRole, Notice } from './model.ts';
import { mayWrite } from './rules.ts';
import { noticeFindings, notices } from './tables.ts';
import { mailsOf, type NoticeView, viewsOf } from './view.ts';

type Side = 'overseer' | 'own';
export type NoticeQuery = {
  q?: string | undefined;
  side?: Side | undefined;
  organisation?: string | undefined;
  /** Of the mail: it went wrong or is held, it waits, it went, there is none. */
  delivery?: 'problem' | 'waiting' | 'sent' | 'none' | undefined;
  /** Notices that have this finding. */
  finding?: string | undefined;
  unseen?: boolean | undefined;
  exercise?: boolean | undefined;
  page: number;
  size: number;
};

const mine = (ctx: Ctx, column: 'overseer' | 'organisation'): SQL =>
  sql`n.${sql.raw(column)} in (select unnest(${sql.param(ctx.scope.organisations)}::uuid[]))`;

/** Notices, newest first: those that the actor's authority sent, or those that its organisation got. */
export async function listNotices(
  ctx: Ctx,
  query: NoticeQuery,
): Promise<{ items: NoticeView[]; total: number; side: Side; both: boolean; can: { rules: boolean } }> {
  return inSnapshot(ctx, async (tx) => {
    const has = async (where: SQL): Promise<boolean> =>
      (await tx.execute(sql`select 1 from ${notices} n where ${where} limit 1`)).rows.length > 0;
    const isOverseer = mayWrite(ctx) || (await has(mine(ctx, 'overseer')));
    const got = sql`n.organisation = ${ctx.actor.organisation}::uuid and not n.test`;
    const side = query.side ?? (isOverseer && ((await has(mine(ctx, 'overseer'))) || !(await has(got))) ? 'overseer' : 'own');
    const where = filtersOf(ctx, query, side);
    const { rows: counted } = await tx.execute<{ n: number }>(sql`select count(*)::int as n from ${notices} n where ${where}`);
    const { rows } = await tx.execute<{ id: string }>(
      sql`select n.id from ${notices} n where ${where} order by n.frozen_at desc, n.ticket desc limit ${query.size} offset ${(query.page - 1) * query.size}`,
    );
    const items = await viewsOf(
      tx,
      ctx,
      await inOrder(
        tx,
        rows.map(({ id }) => id),
      ),
    );
    return { items, total: counted[0]!.n, side, both: isOverseer && (await has(got)), can: { rules: mayWrite(ctx) } };
  });
}

async function inOrder(tx: Tx, ids: readonly string[]): Promise<Notice[]> {
  if (ids.length === 0) return [];
  const rows = new Map(
    (
      await tx
        .select()
        .from(notices)
        .where(sql`${notices.id} = any(${sql.param(ids)}::uuid[])`)
    ).map((row) => [row.id, row]),
  );
  return ids.flatMap((id) => rows.get(id) ?? []);
}

function filtersOf(ctx: Ctx, { q, organisation, delivery, finding, unseen, exercise }: NoticeQuery, side: Side): SQL {
  const parts = [
    side === 'overseer' ? mine(ctx, 'overseer') : sql`${mine(ctx, 'organisation')} and not n.test`,
    exercise ? sql`n.exercise is not null` : sql`n.exercise is null`,
    organisation === undefined ? undefined : sql`n.organisation = ${organisation}::uuid`,
    finding === undefined ? undefined : sql`n.id in (select r.notice from ${noticeFindings} r where r.finding = ${finding}::uuid)`,
    unseen ? sql`n.seen_at is null` : undefined,
    // Only an organisation itself sees its notice in the sense of having seen it.
    unseen && side === 'own' ? sql`n.organisation = ${ctx.actor.organisation}::uuid` : undefined,
    delivery === undefined || side === 'own' ? undefined : deliveredAs(delivery),
    q ? searched(q) : undefined,
  ];
  return sql.join(
    parts.filter((part) => part !== undefined),
    sql` and `,
  );
}

const searched = (q: string): SQL =>
  sql`(n.ticket ilike ${containing(q)} or n.organisation = any(array(select organisation from ${organisationNames} where folded like ${containing(fold(q))})))`;

function deliveredAs(delivery: NonNullable<NoticeQuery['delivery']>): SQL {
  const mail = (which: SQL): SQL => sql`exists (select 1 from outbox o where o.key = 'notice:' || n.id and ${which})`;
  if (delivery === 'none') return sql`not ${mail(sql`true`)}`;
  if (delivery === 'sent') return mail(sql`o.sent_at is not null`);
  if (delivery === 'waiting') return mail(sql`o.sent_at is null and o.attempts < ${ATTEMPTS}`);
  return mail(sql`(o.sent_at is null and o.attempts >= ${ATTEMPTS} or o.last_error is not null)`);
}

export type NoticeDetail = NoticeView & {
  side: Side;
  by: string | null;
  families: { family: string; n: number }[];
  roles: ContactRole[];
  mail: { attempts: number; sentAt: string | null; dueAt: string | null } | null;
  /** Whether anybody of the organisation can sign in; for the authority alone. */
  account: boolean | null;
  can: { retry: boolean; see: boolean };
};

/** @throws DomainError as if it did not exist */
export async function noticeWithin(tx: Tx, ctx: Ctx, id: string): Promise<Notice> {
  const [row] = await tx.select().from(notices).where(eq(notices.id, id));
  if (!row || !(reaches(ctx, row.overseer) || (reaches(ctx, row.organisation) && !row.test))) throw notFound('notice');
  return row;
}

/** Whether its mail can be sent again: it is not on its way. */
const canRetry = (ctx: Ctx, row: Notice, { delivery }: NoticeView): boolean =>
  mayWrite(ctx) && row.overseer === ctx.actor.organisation && ['none', 'failed', 'dropped', 'held'].includes(delivery ?? '');

/** One notice as it was sent. */
export async function getNotice(ctx: Ctx, id: string): Promise<NoticeDetail> {
  return inSnapshot(ctx, async (tx) => {
    const row = await noticeWithin(tx, ctx, id);
    const [view] = await viewsOf(tx, ctx, [row]);
    const isOverseen = reaches(ctx, row.overseer);
    const { rows: families } = await tx.execute<{ family: string; n: number }>(
      sql`select family, count(*)::int as n from ${noticeFindings} where notice = ${id}::uuid group by family order by 2 desc, 1 limit 200`,
    );
    const mail = isOverseen ? (await mailsOf(tx, [id])).get(id) : undefined;
    return {
      ...view!,
      families,
      side: isOverseen ? 'overseer' : 'own',
      by: isOverseen ? row.byName : null,
      roles: row.roles,
      account: isOverseen ? await hasAccount(tx, row.organisation, ctx.scope.day) : null,
      mail: mail === undefined ? null : { attempts: Math.min(mail.attempts, ATTEMPTS), sentAt: mail.sentAt, dueAt: mail.dueAt },
      can: { retry: canRetry(ctx, row, view!), see: row.seenAt === null && !row.test && row.organisation === ctx.actor.organisation },
    };
  });
}

export type FrozenQuery = {
  freshness?: 'first' | 'again' | 'before' | undefined;
  newest?: boolean | undefined;
  family?: string | undefined;
  page: number;
  size: number;
};
export type FrozenRow = Pick<
  typeof noticeFindings.$inferSelect,
  'finding' | 'name' | 'privateAddress' | 'family' | 'lastSeen' | 'relapses' | 'inNewest' | 'freshness'
> & { now: { state: FindingState; answer: FindingAnswer | null } | null };

/** The rows that a notice counted, in the order of work, each beside how it stands now. */
export async function listFrozen(ctx: Ctx, id: string, query: FrozenQuery): Promise<{ items: FrozenRow[]; total: number }> {
  return inSnapshot(ctx, async (tx) => {
    const row = await noticeWithin(tx, ctx, id);
    const { freshness, newest, family, page, size } = query;
    const where = and(
      eq(noticeFindings.notice, row.id),
      freshness === undefined ? undefined : eq(noticeFindings.freshness, freshness),
      newest === undefined ? undefined : eq(noticeFindings.inNewest, newest),
      family === undefined ? undefined : eq(noticeFindings.family, family),
    );
    const rows = await tx
      .select({ frozen: noticeFindings, state: findings.state, answer: findings.answer, organisation: findings.organisation })
      .from(noticeFindings)
      .leftJoin(findings, eq(findings.id, noticeFindings.finding))
      .where(where)
      .orderBy(noticeFindings.position, desc(noticeFindings.finding))
      .limit(size)
      .offset((page - 1) * size);
    const items = rows.map(({ frozen, state, answer, organisation }) => {
      const { finding, name, privateAddress, lastSeen, relapses, inNewest } = frozen;
      const isTheirs = state !== null && organisation === row.organisation;
      const common = { finding, name, privateAddress, lastSeen, relapses, inNewest, family: frozen.family, freshness: frozen.freshness };
      return { ...common, now: isTheirs ? { state, answer } : null };
    });
    return { items, total: await tx.$count(noticeFindings, where) };
  });
}
