import { actorKey, invalid, isoInstant, type Text } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type Entered, foreignOf, mustBeEntered } from './entered.ts';
import { changed, fetchFindings, type Finding, keeps, note, today } from './internal.ts';
import { idsOf } from './list.ts';
import { CLEANING, type FindingAnswer, OPERATOR_ANSWERS } from './model.ts';
import type { FindingQuery } from './query.ts';
import { subscriberOf } from './subscribers.ts';
import { findings } from './tables.ts';
import { canDo } from './view.ts';

/** The most that one answer takes. */
export const MOST = 5000;

/** What is said of a finding. */
export type Saying = {
  answer: Exclude<FindingAnswer, 'passed-on'>;
  note?: string | null | undefined;
  postponedTo?: string | null | undefined;
  /** Under which number the operator passed it to its head office. */
  reference?: string | null | undefined;
  machinesDone?: number | null | undefined;
  machinesTotal?: number | null | undefined;
  /** The organisation that an operator says its subscriber is. */
  subscriber?: string | null | undefined;
};

export type Given = Saying & {
  /** These, or everything that a query finds. */
  ids?: readonly string[] | undefined;
  query?: Omit<FindingQuery, 'page' | 'size'> | undefined;
  /** Where the answer is put in for another organisation. */
  entered?: Entered | null | undefined;
};

export type FindingOutcome = { done: number; refused: { id: string; name: string; text: Text }[] };

export const nameOf = (row: Pick<Finding, 'address' | 'privateAddress' | 'domain' | 'machine' | 'machineKey'>): string =>
  [row.address ?? row.domain ?? row.machine ?? row.machineKey, row.privateAddress].filter(Boolean).join(' / ');

const NOT_NOW: Text = {
  vi: 'Điểm cần xử lý đã khép lại hoặc đang chờ quyết định.',
  en: 'The finding is closed or waits for a decision.',
};
const NO_OPERATOR: Text = {
  vi: 'Câu trả lời này chỉ dành cho địa chỉ của doanh nghiệp viễn thông.',
  en: 'This answer is for the addresses of operators alone.',
};

const isOperators = (answer: string): boolean => OPERATOR_ANSWERS.some((one) => one === answer);
/** A second pair of eyes decides on these: a leader on a postponement, the authority on the others. */
const isAsked = (answer: FindingAnswer): boolean => ['not-ours', 'disputed', 'postponed', 'subscriber'].includes(answer);

/** @throws DomainError that names the field which the answer needs besides */
export function mustBeComplete(day: string, given: Saying): void {
  const { answer, postponedTo, reference, machinesDone, machinesTotal } = given;
  const isNamed = answer === 'subscriber' && Boolean(given.subscriber);
  if (['not-ours', 'disputed', 'subscriber'].includes(answer) && !given.note && !isNamed)
    throw invalid('findings.note', 'note', {
      vi: answer === 'subscriber' ? 'Ghi tên đơn vị thuê bao.' : 'Ghi rõ lý do để cơ quan theo dõi xem xét.',
      en: answer === 'subscriber' ? 'Name the subscriber.' : 'Give the reason that the authority is to consider.',
    });
  if (answer === 'postponed' && (!postponedTo || postponedTo <= day))
    throw invalid('findings.postponed_to', 'postponedTo', {
      vi: 'Chọn ngày hoàn thành sau hôm nay.',
      en: 'Choose a day after today by which it will be done.',
    });
  if (answer === 'head-office' && !reference)
    throw invalid('findings.reference', 'reference', {
      vi: 'Ghi số văn bản hoặc số phiếu đã chuyển.',
      en: 'Give the number under which it was passed on.',
    });
  if ((machinesDone ?? 0) > (machinesTotal ?? Number.MAX_SAFE_INTEGER) || (machinesDone != null && machinesTotal == null))
    throw invalid('findings.machines', 'machinesDone', {
      vi: 'Số máy đã xử lý không được lớn hơn tổng số máy; ghi cả hai số.',
      en: 'Machines done cannot exceed the total; give both numbers.',
    });
}

function changeOf(ctx: Ctx, given: Saying): Partial<Finding> {
  const { answer } = given;
  const isCleaning = CLEANING.includes(answer);
  const state = answer === 'postponed' ? 'open' : answer === 'other-subscriber' || answer === 'informed' ? 'closed' : 'answered';
  return {
    state,
    answer,
    answeredAt: isoInstant(ctx.clock.now()),
    answeredByName: ctx.actor.name,
    note: given.note ?? null,
    postponedTo: answer === 'postponed' ? given.postponedTo! : null,
    approval: isAsked(answer) ? 'asked' : null,
    askedBy: isAsked(answer) ? actorKey(ctx.actor) : null,
    reference: answer === 'head-office' ? given.reference! : null,
    machinesDone: given.machinesDone ?? null,
    machinesTotal: given.machinesTotal ?? null,
    verdict: isCleaning ? 'unverified' : null,
    verdictList: null,
    verdictWhy: isCleaning ? 'no-list' : null,
  };
}

/** Writes the same over many findings as they were read. @throws DomainError `findings.changed` */
export async function writeAll(tx: Tx, ctx: Ctx, rows: readonly Finding[], change: Partial<Finding>): Promise<void> {
  if (rows.length === 0) return;
  const pairs: SQL = sql`unnest(${sql.param(rows.map(({ id }) => id))}::uuid[], ${sql.param(rows.map(({ version }) => version))}::int[])`;
  const done = await tx
    .update(findings)
    .set({ ...change, version: sql`${findings.version} + 1`, changedAt: isoInstant(ctx.clock.now()) })
    .where(sql`(${findings.id}, ${findings.version}) in (select * from ${pairs})`)
    .returning({ id: findings.id });
  if (done.length < rows.length) throw changed();
}

/** One line of the log for one finding; for many, one an organisation with the ids. */
export async function recordMany(
  tx: Tx,
  ctx: Ctx,
  rows: readonly Finding[],
  entry: { action: string; after: object; reason?: string | undefined },
): Promise<void> {
  const [only] = rows;
  if (rows.length === 1 && only)
    return record(tx, ctx, {
      ...entry,
      subject: { kind: 'finding', id: only.id },
      before: { state: only.state, answer: only.answer },
      concerns: keeps(ctx, only) ? only.overseer : only.organisation,
    });
  for (const [organisation, its] of Map.groupBy(rows, (row) => row.organisation))
    await record(tx, ctx, {
      ...entry,
      subject: { kind: 'organisation', id: organisation },
      after: { ...entry.after, findings: its.map(({ id }) => id) },
      concerns: keeps(ctx, its[0]!) ? its[0]!.overseer : organisation,
    });
}

/** Whether this may be said of a finding as it stands. */
export function mayBeSaid(ctx: Ctx, row: Finding, answer: FindingAnswer): boolean {
  const can = canDo(ctx, row);
  return isOperators(answer) ? can.operator : can.answer;
}

/** Writes an answer over findings that were read and locked, with a line in the history of each and in the log. */
export async function giveAnswer(
  tx: Tx,
  ctx: Ctx,
  { rows, given, entered }: { rows: readonly Finding[]; given: Saying; entered: Entered | null },
): Promise<void> {
  const named = given.answer === 'subscriber' && given.subscriber ? await subscriberOf(tx, ctx, rows, given.subscriber) : undefined;
  const words = [named?.name, given.note].filter(Boolean).join('. ') || null;
  await writeAll(tx, ctx, rows, changeOf(ctx, { ...given, note: words }));
  const { answer, postponedTo, reference, machinesDone, machinesTotal } = given;
  const said = { answer, postponedTo, reference, machinesDone, machinesTotal, subscriber: named, entered };
  const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null && value !== undefined));
  await note(tx, ctx, rows, { act: 'answered', note: words, data: told });
  await recordMany(tx, ctx, rows, { action: 'findings.answered', after: told, reason: words ?? undefined });
}

/**
 * Answers one finding or many, one's own or, saying who there said it, those of another organisation. *Not ours*, *disputed* and a named
 * subscriber wait for the authority, a postponement for a leader; it stays open meanwhile. What says that a machine is clean is
 * `unverified` until a later list.
 */
export async function answerFindings(ctx: Ctx, given: Given): Promise<FindingOutcome> {
  may(ctx, 'findings:answer');
  mustBeComplete(today(ctx), given);
  return inTransaction(ctx, async (tx) => {
    const ids = given.ids ?? (await idsOf(tx, ctx, { ...given.query!, page: 1, size: MOST }, MOST));
    const rows = ids.length === 0 ? [] : await fetchFindings(tx, ctx, ids);
    const taken = rows.filter((row) => mayBeSaid(ctx, row, given.answer));
    const refused = rows.filter((row) => !taken.includes(row));
    const foreign = foreignOf(ctx, taken);
    mustBeEntered(ctx, foreign, given.entered);
    const own = taken.filter((row) => !foreign.includes(row));
    if (own.length > 0) await giveAnswer(tx, ctx, { rows: own, given, entered: null });
    if (foreign.length > 0) await giveAnswer(tx, ctx, { rows: foreign, given, entered: given.entered ?? null });
    return {
      done: taken.length,
      refused: refused.map((row) => ({ id: row.id, name: nameOf(row), text: canDo(ctx, row).answer ? NO_OPERATOR : NOT_NOW })),
    };
  });
}
