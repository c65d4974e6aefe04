import { conflict, invalid, newId } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { insertOrganisation, reachingToo } from './create.ts';
import type { OrganisationReorganised } from './events.ts';
import type { Holding } from './holdings.ts';
import { fetchKept } from './internal.ts';
import { allHoldings, problemsOf, type Reorganisation } from './plan-reorganisation.ts';
import { organisations, successions } from './tables.ts';

export type Assignment = { kind: string; row: string; to: string | null };

type Act = Reorganisation & { act: string; reason: string; assignments: readonly Assignment[]; targets: readonly string[] };

/** One holding of one predecessor: to the one successor, row by row to several, or to the desk. */
async function moveHolding(tx: Tx, ctx: Ctx, holding: Holding, from: string, act: Act): Promise<void> {
  const only = act.targets.length === 1 ? act.targets[0]! : null;
  if (act.targets.length < 2 || !holding.rows || !holding.moveRow) return holding.move(tx, ctx, from, only, act.on);
  for (const row of await holding.rows(tx, from, act.on)) {
    const to = act.assignments.find((one) => one.kind === holding.kind && one.row === row.id)?.to ?? null;
    await holding.moveRow(tx, ctx, row.id, { from, to, on: act.on });
  }
}

async function endPredecessor(tx: Tx, ctx: Ctx, id: string, act: Act): Promise<void> {
  const before = await fetchKept(tx, ctx, id);
  const ended = await tx
    .update(organisations)
    .set({ existsTo: act.on })
    .where(and(eq(organisations.id, id), or(isNull(organisations.existsTo), gt(organisations.existsTo, act.on))))
    .returning({ id: organisations.id });
  if (ended.length === 0)
    throw conflict('organisations.ended', {
      vi: `“${before.name}” vừa được người khác cho kết thúc. Tải lại trang.`,
      en: `Somebody else has just ended “${before.name}”. Reload the page.`,
    });
  const counts: Record<string, number> = {};
  for (const holding of allHoldings()) {
    counts[holding.kind] = await holding.count(tx, id, act.on);
    await moveHolding(tx, ctx, holding, id, act);
  }
  if (act.targets.length > 0)
    await tx
      .insert(successions)
      .values(act.targets.map((successor) => ({ id: newId(), predecessor: id, successor, kind: act.kind, on: act.on, act: act.act })));
  const { kind, on, targets, assignments } = act;
  await record(tx, ctx, {
    action: 'organisations.reorganised',
    subject: { kind: 'organisation', id },
    before: { existsTo: before.existsTo, holdings: counts },
    after: { act: act.act, kind, on, successors: targets, assignments },
    reason: act.reason,
    concerns: id,
  });
  await raise<OrganisationReorganised>(tx, ctx, {
    name: 'organisations.reorganised',
    act: act.act,
    kind,
    predecessor: id,
    successors: targets,
    on,
  });
}

/**
 * Merges, splits or dissolves: predecessors end on the day, one successor takes all that hangs on them; with several
 * each row goes where it was assigned, and to the desk where it was not. Old answers keep the old name.
 * @throws DomainError `organisations.reorganisation` with what stands in the way (see `planReorganisation`)
 */
export async function reorganise(
  ctx: Ctx,
  input: Reorganisation & { reason: string; assignments: readonly Assignment[] },
): Promise<{ act: string; founded: string | null }> {
  may(ctx, 'organisations:write');
  const founded = input.founds ? newId() : null;
  const wider = founded === null ? ctx : reachingToo(ctx, founded);
  const targets = [...new Set([...input.successors, ...(founded === null ? [] : [founded])])];
  const act: Act = { ...input, act: newId(), targets };
  for (const one of [input.founds?.parentId, input.founds?.supervisorId]) if (one !== undefined) mustReach(ctx, one);
  await inTransaction(wider, async (tx) => {
    const [problem] = await problemsOf(tx, ctx, input);
    if (problem) throw invalid('organisations.reorganisation', problem.code, problem.text);
    const stray = input.assignments.findIndex(({ to }) => to !== null && !targets.includes(to));
    if (stray >= 0)
      throw invalid('organisations.assignment', `assignments[${stray}].to`, {
        vi: 'Đơn vị được giao không nằm trong các đơn vị tiếp nhận.',
        en: 'The organisation assigned is not one of the successors.',
      });
    if (founded !== null && input.founds) {
      if (input.founds.parentId === undefined && input.founds.supervisorId === undefined)
        throw invalid('organisations.nowhere', 'founds.parentId', {
          vi: 'Chọn cơ quan chủ quản của đơn vị mới.',
          en: 'Choose the parent of the new organisation.',
        });
      await insertOrganisation(tx, wider, founded, { ...input.founds, from: input.on });
      await record(tx, wider, {
        action: 'organisations.created',
        subject: { kind: 'organisation', id: founded },
        after: { ...input.founds, act: act.act },
        concerns: founded,
      });
    }
    for (const id of new Set(input.predecessors)) await endPredecessor(tx, wider, id, act);
  });
  return { act: act.act, founded };
}
