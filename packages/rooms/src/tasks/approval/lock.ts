import { conflict, type DomainError, ZONE } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { proposals, tasks } from '../tables.ts';

export type ProposalRow = typeof proposals.$inferSelect;

/** Open proposals that hold one of the tasks. */
export const holding = (organisation: string, ids: readonly string[]) =>
  and(
    eq(proposals.organisation, organisation),
    eq(proposals.state, 'proposed'),
    sql`exists (select from jsonb_array_elements(${proposals.items}) i where i ->> 'task' = any(${sql.param([...ids])}::text[]))`,
  );

/**
 * What was put before the leader stays as it is until that one has decided: the organisation's own people change none of it meanwhile.
 * Locks the tasks, so that nothing is proposed while they are changed. What others enter is not held up.
 * @throws DomainError `work.proposed` with the proposal in `details.proposal`
 */
export async function mustBeFree(tx: Tx, ctx: Ctx, { organisation, tasks: ids }: { organisation: string; tasks: readonly string[] }) {
  if (ctx.actor.organisation !== organisation || ids.length === 0) return;
  await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.organisation, organisation), inArray(tasks.id, [...ids])))
    .orderBy(tasks.id)
    .for('update');
  const [row] = await tx.select().from(proposals).where(holding(organisation, ids)).limit(1);
  if (row) throw isProposed(row);
}

function isProposed(row: ProposalRow): DomainError {
  const at = Temporal.Instant.from(row.proposedAt).toZonedDateTimeISO(ZONE);
  const when = `${String(at.hour).padStart(2, '0')}:${String(at.minute).padStart(2, '0')} ${at.day}/${at.month}/${at.year}`;
  return conflict(
    'work.proposed',
    {
      vi: `Nội dung này đang chờ lãnh đạo đơn vị duyệt (${row.proposedByName} trình lúc ${when}). Rút bản trình lại trước khi sửa hoặc gửi.`,
      en: `This item waits for the approval of the organisation’s leader (put forward by ${row.proposedByName}, ${when}). Take the proposal back before you change or send it.`,
    },
    { proposal: row.id },
  );
}
