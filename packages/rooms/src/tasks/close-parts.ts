import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';

/** What is no longer asked of an agency is no longer asked of its units. */
export async function closeParts(tx: Tx, directive: string, { at, reason }: { at: string; reason: string }): Promise<void> {
  await tx.execute(sql`
    update parts p set state = 'taken-back', taken_back_at = ${at}::timestamptz, taken_back_reason = ${reason}
    from tasks t where t.id = p.task and t.state = 'withdrawn' and p.state <> 'taken-back' and p.directive = ${directive}`);
}
