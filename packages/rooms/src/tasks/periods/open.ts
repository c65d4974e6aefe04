import { dayOf, isoInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { record } from '../../audit/index.ts';
import { beforeRule } from '../../directives/index.ts';
import { note } from '../internal.ts';
import { cycleOf, type Opening, openingAt, type Recurring } from './cycle.ts';

type Asked = Recurring & { id: string; directive: string; overseer: string; issuedAt: string };
type Fresh = { id: string; answered: string | null };

/**
 * Opens the reporting period that runs now for tasks of recurring requirements that have none yet: at issue, for a receiver that came
 * later, and for what stood before periods were kept. What was answered in an earlier period begins with that one. @returns how many
 */
export async function openPeriods(tx: Tx, ctx: Ctx, directive?: string): Promise<number> {
  const asked = await waiting(tx, directive);
  if (asked.length === 0) return 0;
  const rule = await beforeRule(tx);
  let opened = 0;
  for (const requirement of asked) {
    const cycle = cycleOf(requirement, rule);
    if (cycle === null) continue;
    const { rows } = await tx.execute<Fresh>(sql`
      select id, answered_at::text as answered from tasks
      where requirement = ${requirement.id} and period is null and state <> 'withdrawn' order by id for update`);
    const now = isoInstant(ctx.clock.now());
    const running = openingAt(cycle, { requirement, issuedAt: requirement.issuedAt, at: now });
    const groups = new Map<string, { opening: Opening & { due: string }; ids: string[] }>();
    for (const { id, answered } of rows) {
      const earlier = answered !== null && dayOf(Temporal.Instant.from(new Date(answered).toISOString())).toString() < running.from;
      const opening = earlier
        ? openingAt(cycle, { requirement, issuedAt: requirement.issuedAt, at: new Date(answered).toISOString() })
        : running;
      const group = groups.get(opening.end) ?? { opening, ids: [] };
      group.ids.push(id);
      groups.set(opening.end, group);
    }
    for (const { opening, ids } of groups.values()) await open(tx, ctx, { opening, ids });
    await record(tx, ctx, {
      action: 'tasks.period_opened',
      subject: { kind: 'directive', id: requirement.directive },
      concerns: requirement.overseer,
      after: { requirement: requirement.id, period: running, tasks: rows.length },
    });
    opened += rows.length;
  }
  return opened;
}

async function waiting(tx: Tx, directive: string | undefined): Promise<Asked[]> {
  const { rows } = await tx.execute<Omit<Asked, 'due' | 'issuedAt'> & { due: string | null; issued: string }>(sql`
    select r.id, r.directive, d.overseer, r.phrase, r.recurrence, r.due::text as due, d.issued_at::text as issued
    from requirements r join directives d on d.id = r.directive
    where d.status = 'issued' and r.recurrence is not null and r.withdrawn_at is null and not r.heading
      ${directive === undefined ? sql`` : sql`and r.directive = ${directive}`}
      and exists (select from tasks t where t.requirement = r.id and t.period is null and t.state <> 'withdrawn')`);
  const iso = (at: string) => new Date(at).toISOString();
  return rows.map(({ issued, due, ...row }) => ({ ...row, due: due === null ? null : iso(due), issuedAt: iso(issued) }));
}

type Row = { id: string; directive: string; organisation: string; overseer: string };

async function open(tx: Tx, ctx: Ctx, { opening, ids }: { opening: Opening & { due: string }; ids: readonly string[] }): Promise<void> {
  const at = isoInstant(ctx.clock.now());
  // A date that an extension or an amendment gave this organisation stays.
  const { rows } = await tx.execute<Row>(sql`
    update tasks set period = ${opening.number}, period_from = ${opening.from}, period_to = ${opening.to}, period_end = ${opening.end}::timestamptz,
      period_opened_at = ${at}::timestamptz, due = coalesce(due, ${opening.due}::timestamptz)
    where id = any(${sql.param([...ids])}::uuid[]) returning id, directive, organisation, overseer`);
  await tx.execute(sql`update evidence set period = ${opening.number} where task = any(${sql.param([...ids])}::uuid[]) and period is null`);
  await tx.execute(sql`update parts set period = ${opening.number} where task = any(${sql.param([...ids])}::uuid[]) and period = 0`);
  await note(
    tx,
    ctx,
    rows.map(({ id, ...part }) => ({ ...part, task: id, act: 'period-opened' as const, data: periodData(opening) })),
  );
}

/** How history names a period. */
export const periodData = ({ number, from, to }: Pick<Opening, 'number' | 'from' | 'to'>) => ({
  number: String(number),
  day: from,
  until: to,
});
