import { dayOf, isoInstant, newId, notFound } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import {
  type Assignment,
  type DirectiveAmended,
  type DirectiveHandedOver,
  type DirectiveIssued,
  directives,
  type DirectiveWithdrawn,
} from '../directives/index.ts';
import { type NamedOrganisation, namesOf } from '../organisations/index.ts';
import { note } from './internal.ts';
import { type Act, LIVE_STATES } from './model.ts';
import { list } from './sql-list.ts';
import {
  answerFiles,
  answerSheets,
  declarations,
  evidence,
  followUps,
  history,
  parts,
  periods,
  receipts,
  reminders,
  reports,
  tasks,
} from './tables.ts';
import { closeParts } from './close-parts.ts';
import { openPeriods } from './periods/open.ts';

type Giving = { directive: string; overseer: string; receivers: readonly string[]; assignments: readonly Assignment[] };

/**
 * Reaction to an issued directive: one receipt for each receiver, under its name of the document's day, and one task for each
 * assignment. One statement a table, whatever their number.
 */
export async function assignTasks(tx: Tx, ctx: Ctx, fact: DirectiveIssued): Promise<void> {
  const given = await give(tx, ctx, fact);
  await record(tx, ctx, { action: 'tasks.assigned', subject: { kind: 'directive', id: fact.directive }, after: given });
}

/** Reaction to an amendment: new deadlines, what is no longer asked, and new receivers and tasks. */
export async function amendTasks(tx: Tx, ctx: Ctx, fact: DirectiveAmended): Promise<void> {
  const concerned = new Map<string, { act: Act; paths: string[] }>();
  const keep = (rows: readonly Touched[], act: Act) => {
    for (const { organisation, path } of rows) {
      const known = concerned.get(organisation) ?? { act, paths: [] };
      concerned.set(organisation, { act: known.act, paths: [...known.paths, path] });
    }
  };
  keep(await redate(tx, ctx, fact), 'amended');
  const { directive, overseer, withdrawnRequirements, withdrawnReceivers } = fact;
  if (withdrawnReceivers.length > 0)
    keep(
      await close(tx, ctx, sql`t.directive = ${directive} and t.organisation = any(${sql.param(withdrawnReceivers)}::uuid[])`),
      'withdrawn',
    );
  if (withdrawnRequirements.length > 0)
    keep(
      await close(tx, ctx, sql`t.directive = ${directive} and t.requirement = any(${sql.param(withdrawnRequirements)}::uuid[])`),
      'amended',
    );
  await closeParts(tx, directive, { at: isoInstant(ctx.clock.now()), reason: fact.reason });
  const given = await give(tx, ctx, fact);
  await note(
    tx,
    ctx,
    [...concerned].map(([organisation, { act, paths }]) => ({
      directive,
      organisation,
      overseer,
      act,
      note: fact.reason,
      data: { paths: [...new Set(paths)] },
    })),
  );
  await record(tx, ctx, {
    action: 'tasks.amended',
    subject: { kind: 'directive', id: directive },
    reason: fact.reason,
    after: { ...given, organisations: concerned.size },
  });
}

/** Reaction to a withdrawal: whatever is not finished is closed; what was answered stays on record. */
export async function withdrawTasks(tx: Tx, ctx: Ctx, fact: DirectiveWithdrawn): Promise<void> {
  const { directive, reason } = fact;
  const closed = await close(tx, ctx, sql`t.directive = ${directive}`);
  await closeParts(tx, directive, { at: isoInstant(ctx.clock.now()), reason });
  const told = await tx
    .select({ organisation: receipts.organisation, overseer: receipts.overseer })
    .from(receipts)
    .where(eq(receipts.directive, directive));
  await note(
    tx,
    ctx,
    told.map((row) => ({ directive, ...row, act: 'withdrawn' as const, note: reason })),
  );
  await record(tx, ctx, {
    action: 'tasks.withdrawn',
    subject: { kind: 'directive', id: directive },
    reason,
    after: { tasks: closed.length },
  });
}

/** Reaction to a new overseer: it gets everything that hangs on the directive, what is past included. */
export async function handOverTasks(tx: Tx, ctx: Ctx, { directive, to }: DirectiveHandedOver): Promise<void> {
  for (const table of [
    receipts,
    tasks,
    periods,
    history,
    reports,
    evidence,
    reminders,
    followUps,
    answerSheets,
    answerFiles,
    declarations,
  ]) {
    // Evidence of a unit's part is overseen by the agency that gave the part.
    const its = table === evidence ? isNull(evidence.part) : undefined;
    await tx
      .update(table)
      .set({ overseer: to })
      .where(and(eq(table.directive, directive), its));
  }
  await tx.update(parts).set({ overseer: to }).where(eq(parts.directive, directive));
  const told = await tx.select({ organisation: receipts.organisation }).from(receipts).where(eq(receipts.directive, directive));
  await note(
    tx,
    ctx,
    told.map(({ organisation }) => ({ directive, organisation, overseer: to, act: 'handed-over' as const, data: { to } })),
  );
  await record(tx, ctx, { action: 'tasks.handed_over', subject: { kind: 'directive', id: directive }, concerns: to });
}

async function give(tx: Tx, ctx: Ctx, giving: Giving): Promise<{ receipts: number; tasks: number }> {
  const { directive, overseer } = giving;
  const at = isoInstant(ctx.clock.now());
  const [head] = await tx.select({ day: directives.day }).from(directives).where(eq(directives.id, directive));
  const names = await namesOf(tx, giving.receivers, head?.day ?? dayOf(ctx.clock.now()).toString());
  if (giving.receivers.some((id) => !names.has(id))) throw notFound('organisation');
  const { rows } = await tx.execute<{ organisation: string }>(receiptsStatement(giving, names, at));
  await note(
    tx,
    ctx,
    rows.map(({ organisation }) => ({ directive, organisation, overseer, act: 'arrived' as const })),
  );
  const made = await tx.execute(tasksStatement(giving, at));
  await openPeriods(tx, ctx, directive);
  return { receipts: rows.length, tasks: made.rowCount ?? 0 };
}

/** A receiver that had refused gets the document anew; one that has it keeps what it did. */
function receiptsStatement({ directive, overseer, receivers }: Giving, names: ReadonlyMap<string, NamedOrganisation>, at: string): SQL {
  const organisations = [...new Set(receivers)];
  return sql`
    insert into receipts (id, directive, organisation, overseer, organisation_name, arrived_at, exercise)
    select r.id, ${directive}::uuid, r.organisation, ${overseer}::uuid, r.name, ${at}::timestamptz,
      exists (select from directives d where d.id = ${directive}::uuid and d.exercise is not null)
    from unnest(
      ${sql.param(organisations.map(() => newId()))}::uuid[],
      ${sql.param(organisations)}::uuid[],
      ${sql.param(organisations.map((id) => names.get(id)!.qualifiedName))}::text[]
    ) r(id, organisation, name)
    on conflict (directive, organisation) do update
      set state = '01', arrived_at = excluded.arrived_at, opened_at = null, received_at = null, received_by = null, refused_reason = null
      where receipts.state = '02'
    returning organisation`;
}

function tasksStatement({ directive, overseer, assignments }: Giving, at: string): SQL {
  return sql`
    insert into tasks (id, requirement, directive, organisation, overseer, due, changed_at)
    select a.id, a.requirement, ${directive}::uuid, a.organisation, ${overseer}::uuid, r.due, ${at}::timestamptz
    from unnest(
      ${sql.param(assignments.map(() => newId()))}::uuid[],
      ${sql.param(assignments.map(({ requirement }) => requirement))}::uuid[],
      ${sql.param(assignments.map(({ organisation }) => organisation))}::uuid[]
    ) a(id, requirement, organisation)
    join requirements r on r.id = a.requirement and r.directive = ${directive}::uuid
    on conflict (requirement, organisation) do update
      set state = 'assigned', due = excluded.due, requested_due = null, changed_at = excluded.changed_at,
        answered_at = null, accepted_at = null, report = null, period = null, period_from = null, period_to = null, period_end = null
      where tasks.state = 'withdrawn'`;
}

type Touched = { organisation: string; path: string };

async function redate(tx: Tx, ctx: Ctx, { directive, changed }: DirectiveAmended): Promise<Touched[]> {
  if (changed.length === 0) return [];
  const { rows } = await tx.execute<Touched>(sql`
    -- A period keeps its own date where the document names none.
    update tasks t set due = coalesce(c.due, t.period_end), requested_due = null, changed_at = ${isoInstant(ctx.clock.now())}::timestamptz
    from unnest(${sql.param(changed.map(({ requirement }) => requirement))}::uuid[], ${sql.param(changed.map(({ due }) => due))}::timestamptz[]) c(requirement, due)
    join requirements r on r.id = c.requirement
    where t.directive = ${directive} and t.requirement = c.requirement and t.state in (${list(LIVE_STATES)})
    returning t.organisation, r.path`);
  return rows;
}

async function close(tx: Tx, ctx: Ctx, which: SQL): Promise<Touched[]> {
  const { rows } = await tx.execute<Touched>(sql`
    update tasks t set state = 'withdrawn', requested_due = null, changed_at = ${isoInstant(ctx.clock.now())}::timestamptz
    from requirements r
    where r.id = t.requirement and ${which} and t.state in (${list(LIVE_STATES)})
    returning t.organisation, r.path`);
  return rows;
}
