import { conflict, invalid, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type DirectiveHead, directiveHead, requirements } from '../directives/index.ts';
import { closed } from './answer.ts';
import { mustBeInForce, note } from './internal.ts';
import type { TaskState } from './model.ts';
import { isCurrentPart } from './periods/current-part.ts';
import { openPeriods } from './periods/open.ts';
import { parts, partTexts, receipts, tasks } from './tables.ts';

export type LeadSet = { directive: string; requirement: string; lead: string | null; supports: readonly string[] };

type Place = { directive: string; requirement: string };
type Row = { task: string; organisation: string; name: string; state: TaskState; due: string | null; period: number | null };
type Supporting = typeof parts.$inferSelect;

const CHANGED = 'Đơn vị theo dõi thay đổi phân công chủ trì, phối hợp.';

/**
 * Chủ trì, phối hợp (one leads, NĐ 30/2020/NĐ-CP Điều 23): the task of a supporting organisation becomes a part that it answers to the lead,
 * so that figures count the lead's. Lead null: everybody answers for itself again.
 * @throws DomainError `work.lead_unknown` | `work.closed` where the lead's result is accepted | `work.support_unknown` | `work.support_answered` | `directive.not_found`
 */
export async function setLead(ctx: Ctx, input: LeadSet): Promise<void> {
  may(ctx, 'directives:follow');
  await inTransaction(ctx, async (tx) => {
    const head = await followed(tx, ctx, input.directive);
    await mustBeInForce(tx, input.directive);
    const rows = await rowsOf(tx, input, true);
    const now = await supportingOf(tx, rows);
    const wanted = input.lead === null ? [] : [...new Set(input.supports)];
    const lead = rows.find(({ organisation }) => organisation === input.lead);
    mustBeChoosable(input, { rows, now, lead, wanted });
    const ending = now.filter(({ organisation, giver }) => giver !== input.lead || !wanted.includes(organisation));
    await end(tx, ctx, ending);
    await openPeriods(tx, ctx, input.directive);
    const fresh = wanted.filter((id) => now.every((one) => one.organisation !== id || ending.includes(one)));
    if (lead !== undefined)
      await begin(tx, ctx, { head, place: input, lead, supports: rows.filter(({ organisation }) => fresh.includes(organisation)) });
    await record(tx, ctx, {
      action: 'tasks.lead_set',
      subject: { kind: 'directive', id: input.directive },
      concerns: input.lead ?? now[0]?.giver,
      before: { lead: now[0]?.giver ?? null, supports: now.map(({ organisation }) => organisation) },
      after: { requirement: input.requirement, lead: input.lead, supports: wanted },
    });
  });
}

async function followed(tx: Tx, ctx: Ctx, directive: string): Promise<DirectiveHead> {
  const head = (await directiveHead(tx, [directive])).get(directive);
  if (head === undefined || head.status === 'draft' || !reaches(ctx, head.overseer)) throw notFound('directive');
  return head;
}

/** The tasks of a requirement; locked in one order, so that two who decide at once come one after the other. */
async function rowsOf(tx: Tx, { directive, requirement }: Place, lock = false): Promise<Row[]> {
  const query = tx
    .select({
      task: tasks.id,
      organisation: tasks.organisation,
      name: receipts.organisationName,
      state: tasks.state,
      due: tasks.due,
      period: tasks.period,
    })
    .from(tasks)
    .innerJoin(receipts, and(eq(receipts.directive, tasks.directive), eq(receipts.organisation, tasks.organisation)))
    .where(and(eq(tasks.directive, directive), eq(tasks.requirement, requirement), ne(receipts.state, '02')))
    .orderBy(asc(tasks.id));
  const rows = await (lock ? query.for('update', { of: tasks }) : query);
  if (rows.length === 0) throw notFound('requirement');
  return rows;
}

async function supportingOf(tx: Tx, rows: readonly Row[]): Promise<Supporting[]> {
  const ids = rows.map(({ task }) => task);
  return tx
    .select()
    .from(parts)
    .where(and(inArray(parts.supportTask, ids), eq(parts.kind, 'support'), ne(parts.state, 'taken-back'), isCurrentPart));
}

type Choice = { rows: readonly Row[]; now: readonly Supporting[]; lead: Row | undefined; wanted: readonly string[] };

function mustBeChoosable({ lead: asked }: LeadSet, { rows, now, lead, wanted }: Choice): void {
  // Whoever supports now has a closed task; it can be chosen all the same.
  const stands = (row: Row | undefined) =>
    row !== undefined && (row.state !== 'withdrawn' || now.some(({ supportTask }) => supportTask === row.task));
  if (asked !== null && !stands(lead)) {
    throw invalid('work.lead_unknown', 'lead', {
      vi: 'Nội dung này không giao cho đơn vị được chọn chủ trì. Chọn đơn vị khác.',
      en: 'This item is not assigned to the organisation chosen to lead. Choose another one.',
    });
  }
  // What supports answer must still find its way into the lead's answer.
  if (lead?.state === 'accepted') throw closed(lead.state, 'lead');
  const known = wanted.every((id) => id !== asked && stands(rows.find(({ organisation }) => organisation === id)));
  if (known) return;
  throw invalid('work.support_unknown', 'supports', {
    vi: 'Đơn vị phối hợp phải là đơn vị được giao nội dung này và khác đơn vị chủ trì.',
    en: 'A supporting organisation must have this item and be another one than the lead.',
  });
}

const NO_PERIOD = { period: null, periodFrom: null, periodTo: null, periodEnd: null };

/** The task of its own is open again, in the reporting period that runs now. */
async function end(tx: Tx, ctx: Ctx, ending: readonly Supporting[]): Promise<void> {
  if (ending.length === 0) return;
  const at = isoInstant(ctx.clock.now());
  const ids = ending.map(({ id }) => id);
  await tx.update(parts).set({ state: 'taken-back', takenBackAt: at, takenBackReason: CHANGED }).where(inArray(parts.id, ids));
  await tx
    .update(tasks)
    .set({ state: 'assigned', changedAt: at, due: sql`case when ${tasks.period} is null then ${tasks.due} end`, ...NO_PERIOD })
    .where(
      and(
        inArray(
          tasks.id,
          ending.flatMap(({ supportTask }) => supportTask ?? []),
        ),
        eq(tasks.state, 'withdrawn'),
      ),
    );
  await note(
    tx,
    ctx,
    ending.map(({ directive, organisation, overseer, supportTask }) => ({
      directive,
      organisation,
      overseer,
      task: supportTask,
      act: 'support-ended' as const,
    })),
  );
}

type Beginning = { head: DirectiveHead; place: Place; lead: Row; supports: readonly Row[] };

async function begin(tx: Tx, ctx: Ctx, { head, place, lead, supports }: Beginning): Promise<void> {
  if (supports.length === 0) return;
  const at = isoInstant(ctx.clock.now());
  const ids = supports.map(({ task }) => task);
  const moved = await tx
    .update(tasks)
    .set({ state: 'withdrawn', requestedDue: null, changedAt: at })
    .where(and(inArray(tasks.id, ids), inArray(tasks.state, ['assigned', 'in-progress'])))
    .returning({ id: tasks.id });
  if (moved.length < ids.length) throw answered(supports.find(({ task }) => moved.every(({ id }) => id !== task))!);
  const [item] = await tx
    .select({ path: requirements.path, text: requirements.text })
    .from(requirements)
    .where(eq(requirements.id, place.requirement));
  const made = supports.map(({ task, organisation, name, due }) => ({
    id: newId(),
    task: lead.task,
    directive: place.directive,
    organisation,
    giver: lead.organisation,
    overseer: head.overseer,
    kind: 'support' as const,
    supportTask: task,
    organisationName: name,
    giverName: lead.name,
    path: item!.path,
    text: item!.text,
    code: head.code ?? head.symbol,
    subject: head.subject,
    exercise: head.exercise !== null,
    due,
    period: lead.period ?? 0,
    state: 'given' as const,
    givenAt: at,
    givenByName: ctx.actor.name,
  }));
  await tx.insert(parts).values(made);
  await tx.insert(partTexts).values(made.map(({ id, organisation, giver }) => ({ part: id, organisation, giver })));
  const shared = { directive: place.directive, overseer: head.overseer };
  await note(tx, ctx, [
    { ...shared, organisation: lead.organisation, task: lead.task, act: 'lead-set', note: supports.map(({ name }) => name).join('; ') },
    ...supports.map(({ task, organisation }) => ({ ...shared, organisation, task, act: 'support-set' as const, note: lead.name })),
  ]);
}

function answered({ name }: Row) {
  return conflict('work.support_answered', {
    vi: `${name} đã gửi báo cáo hoặc đang được đề nghị bổ sung về nội dung này nên không chuyển sang phối hợp được.`,
    en: `${name} has reported on this item or is asked for more, so it cannot become a supporting organisation.`,
  });
}

export type Lead = {
  lead: { id: string; name: string } | null;
  supports: { id: string; name: string; answered: boolean }[];
  /** Whom one can choose: those that have the item. */
  candidates: { id: string; name: string }[];
};

/** Who leads and who supports in a requirement. @throws DomainError `directive.not_found` unless the actor's side follows it */
export async function getLead(ctx: Ctx, place: Place): Promise<Lead> {
  return inSnapshot(ctx, async (tx) => {
    await followed(tx, ctx, place.directive);
    const rows = await rowsOf(tx, place);
    const now = await supportingOf(tx, rows);
    const supporting = new Set(now.map(({ supportTask }) => supportTask));
    return {
      lead: now[0] === undefined ? null : { id: now[0].giver, name: now[0].giverName ?? '' },
      supports: now.map(({ organisation, organisationName, state }) => ({
        id: organisation,
        name: organisationName ?? '',
        answered: state === 'answered',
      })),
      candidates: rows
        .filter(({ state, task }) => state !== 'withdrawn' || supporting.has(task))
        .map(({ organisation, name }) => ({ id: organisation, name }))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
    };
  });
}
