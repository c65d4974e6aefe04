import { conflict, invalid, newId } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { insertOrganisation, reachingToo } from './create.ts';
import type { OrganisationReorganised } from './events.ts';
import type { Holding } from './holdings.ts';
import { fetchKept, type Organisation } from './internal.ts';
import { leaveRows } from './leave-rows.ts';
import { allHoldings, problemsOf, type Reorganisation } from './plan-reorganisation.ts';
import { organisations, successions } from './tables.ts';

export type Assignment = { kind: string; row: string; to: string | null };

/** The successor that the act founds, as an assignment names it before it has an id. */
const FOUNDED = 'founded';

type Act = Reorganisation & { act: string; reason: string; assignments: readonly Assignment[]; targets: readonly string[] };

const assigned = (act: Act, kind: string, row: string): string | null =>
  act.assignments.find((one) => one.kind === kind && one.row === row)?.to ?? null;

/** One holding of what ends: to the one successor, row by row to several, or to the desk. */
async function moveHolding(tx: Tx, ctx: Ctx, holding: Holding, from: string, act: Act): Promise<void> {
  if (act.targets.length === 1) return holding.move(tx, ctx, from, act.targets[0]!, act.on);
  const rows = holding.rows ? await holding.rows(tx, from, act.on) : [];
  if (holding.leaving) {
    const left = rows.filter((row) => assigned(act, holding.kind, row.id) === null);
    await leaveRows(tx, ctx, left, { ...act, kind: holding.kind, actKind: act.kind, organisation: from });
  }
  if (act.targets.length === 0 || !holding.moveRow) return holding.move(tx, ctx, from, null, act.on);
  for (const row of rows) await holding.moveRow(tx, ctx, row.id, { from, to: assigned(act, holding.kind, row.id), on: act.on });
}

/** What was assigned of what lives on; the rest stays where it is. @returns how many rows went */
async function separateHolding(tx: Tx, ctx: Ctx, holding: Holding, from: string, act: Act): Promise<number> {
  if (!holding.moveRow || !holding.rows || !act.assignments.some(({ kind, to }) => kind === holding.kind && to !== null)) return 0;
  let went = 0;
  for (const { id } of await holding.rows(tx, from, act.on)) {
    const to = assigned(act, holding.kind, id);
    if (to === null) continue;
    await holding.moveRow(tx, ctx, id, { from, to, on: act.on, stays: true });
    went++;
  }
  return went;
}

async function endOn(tx: Tx, before: Organisation, on: string): Promise<void> {
  const ended = await tx
    .update(organisations)
    .set({ existsTo: on })
    .where(and(eq(organisations.id, before.id), or(isNull(organisations.existsTo), gt(organisations.existsTo, on))))
    .returning({ id: organisations.id });
  if (ended.length > 0) return;
  throw conflict('organisations.ended', {
    vi: `“${before.name}” vừa được người khác cho kết thúc. Tải lại trang.`,
    en: `Somebody else has just ended “${before.name}”. Reload the page.`,
  });
}

async function takeFrom(tx: Tx, ctx: Ctx, id: string, act: Act): Promise<void> {
  const { kind, on, targets, assignments } = act;
  const before = await fetchKept(tx, ctx, id);
  if (kind !== 'separate') await endOn(tx, before, on);
  const counts: Record<string, number> = {};
  for (const holding of allHoldings()) {
    if (kind === 'separate') counts[holding.kind] = await separateHolding(tx, ctx, holding, id, act);
    else {
      counts[holding.kind] = await holding.count(tx, id, on);
      await moveHolding(tx, ctx, holding, id, act);
    }
  }
  if (targets.length > 0)
    await tx.insert(successions).values(targets.map((successor) => ({ id: newId(), predecessor: id, successor, kind, on, act: act.act })));
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

function mustBeAssignable(act: Act): void {
  const stray = act.assignments.findIndex(({ to }) => to !== null && !act.targets.includes(to));
  if (stray < 0) return;
  throw invalid('organisations.assignment', `assignments[${stray}].to`, {
    vi: 'Đơn vị được giao không nằm trong các đơn vị tiếp nhận.',
    en: 'The organisation assigned is not one of the successors.',
  });
}

async function found(tx: Tx, ctx: Ctx, id: string, { founds, on, act }: Act): Promise<void> {
  if (!founds) return;
  if (founds.parentId === undefined && founds.supervisorId === undefined)
    throw invalid('organisations.nowhere', 'founds.parentId', {
      vi: 'Chọn cơ quan chủ quản của đơn vị mới.',
      en: 'Choose the parent of the new organisation.',
    });
  await insertOrganisation(tx, ctx, id, { ...founds, from: on });
  await record(tx, ctx, {
    action: 'organisations.created',
    subject: { kind: 'organisation', id },
    after: { ...founds, act },
    concerns: id,
  });
}

/**
 * Merges, splits, separates or dissolves. Predecessors end on the day, one successor takes all that hangs on them; with
 * several each row goes where it was assigned, and waits with the desk where it was not. In a separation the old unit
 * lives on and keeps what is not assigned. Old answers keep the old name.
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
  const assignments = input.assignments.map((one) => (one.to === FOUNDED ? { ...one, to: founded ?? FOUNDED } : one));
  const act: Act = { ...input, act: newId(), targets, assignments };
  for (const one of [input.founds?.parentId, input.founds?.supervisorId]) if (one !== undefined) mustReach(ctx, one);
  await inTransaction(wider, async (tx) => {
    const [problem] = await problemsOf(tx, ctx, input);
    if (problem) throw invalid('organisations.reorganisation', problem.code, problem.text);
    mustBeAssignable(act);
    if (founded !== null) await found(tx, wider, founded, act);
    for (const id of new Set(input.predecessors)) await takeFrom(tx, wider, id, act);
  });
  return { act: act.act, founded };
}
