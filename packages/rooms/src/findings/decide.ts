import { actorKey, invalid, type Text } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { may, mustReachOrSupervise } from '../access/index.ts';
import { claimAsset } from '../assets/index.ts';
import { type FindingOutcome, nameOf, recordMany, writeAll } from './answer.ts';
import { fetchFinding, fetchFindings, type Finding, note } from './internal.ts';
import { makeChild } from './pass-on.ts';
import { canDo } from './view.ts';

export type Decision = {
  ids: readonly string[];
  accept: boolean;
  note?: string | null | undefined;
  /** Whose machine it is: a new finding there. */
  moveTo?: string | null | undefined;
  /** Enters the address for that organisation in the register, from this day on. */
  registerFrom?: string | null | undefined;
};

const NOTHING_ASKED: Text = { vi: 'Điểm cần xử lý không chờ quyết định của bạn.', en: 'The finding does not wait for your decision.' };
const ONES_OWN: Text = { vi: 'Người đề nghị không tự duyệt đề nghị của mình.', en: 'Nobody approves what they asked for themselves.' };

function mustSay(decision: Pick<Decision, 'accept' | 'note'>): void {
  if (decision.accept || decision.note) return;
  throw invalid('findings.reason', 'note', {
    vi: 'Ghi lý do không chấp nhận; đơn vị sẽ đọc.',
    en: 'Give the reason for the refusal; the organisation reads it.',
  });
}

/** The address in the register for whom it belongs to: a single address is the longest prefix, so it wins from that day. */
async function mendRegister(ctx: Ctx, decision: Decision): Promise<void> {
  if (!decision.registerFrom || !decision.moveTo || !decision.accept) return;
  const row = await inTransaction(ctx, (tx) => fetchFinding(tx, ctx, decision.ids[0]!));
  if (row.address === null) return;
  const network = `${row.address}/${row.address.includes(':') ? 128 : 32}`;
  await claimAsset(ctx, { kind: 'range', network, organisation: decision.moveTo, from: decision.registerFrom, to: null });
}

/**
 * The authority's word on *not ours*, *disputed* and a subscriber that an operator named. Accepted, the finding is closed and goes on with
 * whom it belongs to, where that is said; refused, it is open again with the reason.
 */
export async function decideFindings(ctx: Ctx, decision: Decision): Promise<FindingOutcome> {
  may(ctx, 'findings:decide');
  mustSay(decision);
  if (decision.moveTo) mustReachOrSupervise(ctx, decision.moveTo);
  await mendRegister(ctx, decision);
  return inTransaction(ctx, async (tx) => {
    const rows = await fetchFindings(tx, ctx, decision.ids);
    const taken = rows.filter((row) => canDo(ctx, row).decide);
    const { accept, moveTo = null } = decision;
    await writeAll(tx, ctx, taken, { state: accept ? 'closed' : 'open', approval: accept ? 'given' : 'refused' });
    await note(tx, ctx, taken, { act: 'decided', note: decision.note ?? null, data: { accept } });
    if (accept && moveTo !== null) for (const row of taken) await makeChild(tx, ctx, row, { organisation: moveTo, act: 'passed-on' });
    await recordMany(tx, ctx, taken, { action: 'findings.decided', after: { accept, moveTo }, reason: decision.note ?? undefined });
    return { done: taken.length, refused: refusals(rows, taken, () => NOTHING_ASKED) };
  });
}

const refusals = (rows: readonly Finding[], taken: readonly Finding[], text: (row: Finding) => Text): FindingOutcome['refused'] =>
  rows.filter((row) => !taken.includes(row)).map((row) => ({ id: row.id, name: nameOf(row), text: text(row) }));

/** A leader's word on a postponement: given, the finding stays open with that day as its deadline. Nobody approves their own. */
export async function approvePostponements(ctx: Ctx, decision: Pick<Decision, 'ids' | 'accept' | 'note'>): Promise<FindingOutcome> {
  may(ctx, 'findings:approve');
  mustSay(decision);
  return inTransaction(ctx, async (tx) => {
    const rows = await fetchFindings(tx, ctx, decision.ids);
    const waiting = rows.filter((row) => canDo(ctx, row).approve);
    const taken = waiting.filter(({ askedBy }) => askedBy !== actorKey(ctx.actor));
    await writePostponed(tx, ctx, taken, decision.accept);
    await note(tx, ctx, taken, { act: decision.accept ? 'approval-given' : 'approval-refused', note: decision.note ?? null });
    await recordMany(tx, ctx, taken, {
      action: decision.accept ? 'findings.postponement_approved' : 'findings.postponement_refused',
      after: { accept: decision.accept },
      reason: decision.note ?? undefined,
    });
    return { done: taken.length, refused: refusals(rows, taken, (row) => (waiting.includes(row) ? ONES_OWN : NOTHING_ASKED)) };
  });
}

async function writePostponed(tx: Tx, ctx: Ctx, rows: readonly Finding[], accept: boolean): Promise<void> {
  for (const [due, its] of Map.groupBy(rows, ({ postponedTo }) => postponedTo))
    await writeAll(tx, ctx, its, accept ? { approval: 'given', due } : { approval: 'refused', answer: null, postponedTo: null });
}
