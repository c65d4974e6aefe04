import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import type { Opening } from './cycle.ts';

const ENDED = 'Kỳ báo cáo đã kết thúc.';

/**
 * Units that had a part of the period that ended have it anew in the next, until it is taken back; what they answered stays with the
 * former one, what they had not answered ends there.
 */
export async function renewParts(tx: Tx, { ids, next, at }: { ids: readonly string[]; next: Opening; at: string }): Promise<void> {
  const of = sql`p.task = any(${sql.param([...ids])}::uuid[]) and p.period < ${next.number} and p.state <> 'taken-back'
    and not exists (select from parts o where o.task = p.task and o.organisation = p.organisation and o.period > p.period)`;
  const { rows } = await tx.execute<{ id: string; old: string }>(sql`
    insert into parts (id, task, directive, organisation, giver, overseer, kind, support_task, organisation_name, giver_name, path, text, code,
      subject, exercise, due, period, state, given_at, given_by_name)
    select gen_random_uuid(), p.task, p.directive, p.organisation, p.giver, p.overseer, p.kind, p.support_task, p.organisation_name, p.giver_name,
      p.path, p.text, p.code, p.subject, p.exercise, ${next.end}::timestamptz, ${next.number}, 'given', ${at}::timestamptz, p.given_by_name
    from parts p where ${of}
    on conflict do nothing
    returning id, (select o.id from parts o where o.task = parts.task and o.organisation = parts.organisation and o.period < ${next.number}
      and o.state <> 'taken-back' order by o.period desc limit 1) as old`);
  for (const { id, old } of rows)
    await tx.execute(sql`
      insert into part_texts (part, organisation, giver, note) select ${id}, x.organisation, x.giver, x.note from part_texts x where x.part = ${old}`);
  await tx.execute(sql`
    update parts p set state = 'taken-back', taken_back_at = ${at}::timestamptz, taken_back_reason = ${ENDED}
    where p.task = any(${sql.param([...ids])}::uuid[]) and p.period < ${next.number} and p.state = 'given'`);
}
