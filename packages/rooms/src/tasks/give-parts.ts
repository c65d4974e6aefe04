import { compareVietnamese, dayOf, endOfDay, invalid, isoInstant, newId, notFound, shownDay } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { directiveHead, requirements } from '../directives/index.ts';
import { namesOf } from '../organisations/index.ts';
import { closed } from './answer.ts';
import { mustBeInForce, mustBeOwn, note, type Part, receiptOf, refusedAlready } from './internal.ts';
import { TODO_STATES } from './model.ts';
import { partOf } from './receipt.ts';
import { parts, partTexts, tasks } from './tables.ts';

export type Unit = { id: string; name: string; context: string | null };

/** The units below the acting organisation, to whom it can hand work, by name. */
export async function listUnits(ctx: Ctx): Promise<Unit[]> {
  may(ctx, 'tasks:work');
  return inSnapshot(ctx, async (tx) => {
    const below = ctx.scope.organisations.filter((id) => id !== ctx.actor.organisation);
    const names = await namesOf(tx, below, ctx.scope.day);
    return [...names.values()]
      .map(({ id, name, context }) => ({ id, name, context }))
      .toSorted((a, b) => compareVietnamese(a.name, b.name));
  });
}

export type PartsGiven = Part & {
  tasks: readonly string[];
  units: readonly string[];
  /** The agency's own day; the task's where left out. */
  day?: string | undefined;
  note?: string | undefined;
};

/**
 * Giao đơn vị trực thuộc: hands tasks to units of the own subtree. The task stays the agency's; a unit that has it already keeps what it
 * did. Whoever follows the directive reads how many, not whom.
 * @throws DomainError `work.unit_unknown` | `work.part_due_late` | `work.part_due_past` | `work.closed` | `work.not_own`
 */
export async function giveParts(ctx: Ctx, input: PartsGiven): Promise<{ given: number }> {
  may(ctx, 'tasks:work');
  mustBeOwn(ctx, input);
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    await mustBeInForce(tx, input.directive);
    if (receipt.state === '02') throw refusedAlready();
    const units = await unitsOf(tx, ctx, input);
    const asked = await askedOf(tx, ctx, input);
    const made = await insertParts(tx, ctx, { input, receipt, asked, units: [...units.keys()] });
    const counts = Map.groupBy(made, ({ task }) => task);
    await note(
      tx,
      ctx,
      [...counts].map(([task, of]) => ({ ...partOf(receipt), task, act: 'part-given' as const, data: { number: String(of.length) } })),
    );
    await record(tx, ctx, {
      action: 'parts.given',
      subject: { kind: 'receipt', id: receipt.id },
      reason: input.note,
      after: { parts: made.map(({ id }) => id), units: [...units.values()], day: input.day ?? null },
    });
    return { given: made.length };
  });
}

async function unitsOf(tx: Tx, ctx: Ctx, { organisation, units }: PartsGiven): Promise<Map<string, string>> {
  const names = await namesOf(tx, units, ctx.scope.day);
  const isOurs = (id: string) => id !== organisation && reaches(ctx, id) && names.has(id);
  if (units.every(isOurs)) return new Map(units.map((id) => [id, names.get(id)!.name]));
  throw invalid('work.unit_unknown', 'units', {
    vi: 'Chỉ giao được cho đơn vị trực thuộc. Chọn lại đơn vị.',
    en: 'Work can only be handed to units below your own organisation. Choose again.',
  });
}

type Asked = { task: string; period: number; due: string | null; path: string; text: string };

async function askedOf(tx: Tx, ctx: Ctx, input: PartsGiven): Promise<Asked[]> {
  const rows = await tx
    .select({ task: tasks.id, period: tasks.period, state: tasks.state, due: tasks.due, path: requirements.path, text: requirements.text })
    .from(tasks)
    .innerJoin(requirements, eq(requirements.id, tasks.requirement))
    .where(
      and(eq(tasks.directive, input.directive), eq(tasks.organisation, input.organisation), inArray(tasks.id, [...new Set(input.tasks)])),
    );
  if (rows.length < new Set(input.tasks).size) throw notFound('work');
  const late = rows.find(({ state }) => !(TODO_STATES as readonly string[]).includes(state));
  if (late) throw closed(late.state, 'tasks');
  return rows.map(({ task, period, due, path, text }) => ({
    task,
    period: period ?? 0,
    path,
    text,
    due: ownDue(ctx, input.day, { due, path }),
  }));
}

function ownDue(ctx: Ctx, day: string | undefined, { due, path }: { due: string | null; path: string }): string | null {
  if (day === undefined) return due;
  const own = endOfDay(Temporal.PlainDate.from(day));
  if (Temporal.PlainDate.compare(day, dayOf(ctx.clock.now())) < 0) {
    throw invalid('work.part_due_past', 'day', { vi: 'Ngày này đã qua. Chọn ngày khác.', en: 'This day has passed. Choose another one.' });
  }
  if (due === null || Temporal.Instant.compare(own, Temporal.Instant.from(due)) <= 0) return isoInstant(own);
  const limit = dayOf(Temporal.Instant.from(due));
  // On the deadline's own day its hour counts.
  if (limit.equals(day)) return due;
  throw invalid('work.part_due_late', 'day', {
    vi: `Hạn giao đơn vị trực thuộc không được sau hạn của mục ${path}: ${shownDay(limit)}. Chọn ngày sớm hơn.`,
    en: `The unit’s deadline must not be after that of item ${path}: ${shownDay(limit)}. Choose an earlier day.`,
  });
}

type Making = { input: PartsGiven; receipt: Parameters<typeof partOf>[0]; asked: readonly Asked[]; units: readonly string[] };

async function insertParts(tx: Tx, ctx: Ctx, { input, receipt, asked, units }: Making): Promise<{ id: string; task: string }[]> {
  const head = (await directiveHead(tx, [input.directive])).get(input.directive)!;
  const { directive, overseer, organisation: giver } = partOf(receipt);
  const rows = asked.flatMap((one) => units.map((organisation) => ({ ...one, organisation })));
  const made = await tx
    .insert(parts)
    .values(
      rows.map((one) => ({
        ...one,
        id: newId(),
        directive,
        overseer,
        giver,
        code: head.code ?? head.symbol,
        subject: head.subject,
        exercise: head.exercise !== null,
        state: 'given' as const,
        givenAt: isoInstant(ctx.clock.now()),
        givenByName: ctx.actor.name,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: parts.id, task: parts.task, organisation: parts.organisation });
  if (made.length > 0)
    await tx.insert(partTexts).values(made.map(({ id, organisation }) => ({ part: id, organisation, giver, note: input.note ?? null })));
  return made;
}
