import { conflict, invalid, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, inArray, or } from 'drizzle-orm';
import { may, mustReachOrSupervise } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { LeftoversHandedOn } from './events.ts';
import { fetchKept, fetchOrganisation, mustLive, today } from './internal.ts';
import { groupedBy } from './names.ts';
import { leavingOf } from './leftovers.ts';
import { leftovers } from './tables.ts';

type Leftover = typeof leftovers.$inferSelect;

/** @throws DomainError as not found when one is not the actor's, `organisations.settled` when somebody was quicker */
async function fetchWaiting(tx: Tx, ctx: Ctx, ids: readonly string[]): Promise<Leftover[]> {
  const own = [...ctx.scope.organisations];
  const rows = await tx
    .select()
    .from(leftovers)
    .where(and(inArray(leftovers.id, [...ids]), or(inArray(leftovers.organisation, own), inArray(leftovers.overseer, own))))
    .for('update');
  if (rows.length < ids.length) throw notFound('leftover');
  if (rows.every(({ settledAt }) => settledAt === null)) return rows;
  throw conflict('organisations.settled', {
    vi: 'Có dòng vừa được người khác giao. Tải lại danh sách rồi thực hiện lại.',
    en: 'Somebody else has just handed on one of these. Reload the list and try again.',
  });
}

type Passing = { from: string; to: string | null; reason: string };

/** In the log of both. */
async function log(tx: Tx, ctx: Ctx, rows: readonly Leftover[], { from, to, reason }: Passing): Promise<void> {
  const after = { to, rows: rows.map(({ kind, row, act }) => ({ kind, row, act })) };
  const action = to === null ? 'organisations.let_go' : 'organisations.handed_on';
  for (const id of to === null ? [from] : [from, to])
    await record(tx, ctx, {
      action,
      subject: { kind: 'organisation', id },
      before: { organisation: from },
      after,
      reason,
      concerns: id,
    });
}

/** Rows of one kind from one unit to one successor. */
async function pass(tx: Tx, ctx: Ctx, rows: readonly Leftover[], { from, to }: { from: string; to: string }): Promise<void> {
  for (const [kind, some] of groupedBy(rows, (row) => row.kind)) {
    const leaving = leavingOf(kind);
    if (kind === 'accounts') await fetchKept(tx, ctx, to);
    await leaving.handOn(tx, ctx, some, { from, to, on: today(ctx) });
  }
}

function mustLapse(rows: readonly Leftover[]): void {
  const stays = rows.find(({ kind }) => !leavingOf(kind).lapses);
  if (!stays) return;
  throw invalid('organisations.cannot_lapse', 'assignments', {
    vi: `“${stays.text.vi}” chưa xong nên phải giao cho một đơn vị. Nếu không còn cần, sửa đổi hoặc thu hồi văn bản.`,
    en: `“${stays.text.en}” is not finished and must go to an organisation. If it is no longer needed, amend or withdraw the directive.`,
  });
}

/**
 * Hands on what reorganisations left to the desk, from today on: each row to an organisation that the actor reaches or
 * supervises, or (`to` null) lets it go for good, which live tasks cannot. What is finished keeps the old name.
 * @throws DomainError `organisations.settled`, `organisations.cannot_lapse`, `organisations.over`
 */
export async function handOn(
  ctx: Ctx,
  input: { assignments: readonly { leftover: string; to: string | null }[]; reason: string },
): Promise<{ handedOn: number; letGo: number }> {
  may(ctx, 'organisations:write');
  const chosen = new Map(input.assignments.map(({ leftover, to }) => [leftover, to]));
  for (const to of chosen.values()) if (to !== null) mustReachOrSupervise(ctx, to);
  const done = { handedOn: 0, letGo: 0 };
  const settled = { settledAt: isoInstant(ctx.clock.now()), settledBy: ctx.actor.name, reason: input.reason };
  await inTransaction(ctx, async (tx) => {
    for (const [to, some] of groupedBy([...chosen], ([, to]) => to)) {
      if (to !== null) mustLive(await fetchOrganisation(tx, to), today(ctx), 'assignments');
      const ids = some.map(([id]) => id);
      const rows = await fetchWaiting(tx, ctx, ids);
      if (to === null) mustLapse(rows);
      for (const [from, theirs] of groupedBy(rows, (row) => row.organisation)) {
        if (to !== null) await pass(tx, ctx, theirs, { from, to });
        await log(tx, ctx, theirs, { from, to, reason: input.reason });
        if (to !== null) await raise<LeftoversHandedOn>(tx, ctx, { name: 'organisations.handed-on', from, to, on: today(ctx) });
      }
      await tx
        .update(leftovers)
        .set({ ...settled, handedTo: to })
        .where(inArray(leftovers.id, ids));
      done[to === null ? 'letGo' : 'handedOn'] += ids.length;
    }
  });
  return done;
}
