import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import type { AxisCode, TaskState } from './model.ts';
import { statusOf } from './model.ts';

/** The status of each organisation's part in a directive that goes back to its sender (QCVN 102:2016/BTTTT codes 01 to 06). */
export async function statusesOf(tx: Tx, directive: string): Promise<Map<string, AxisCode>> {
  const { rows } = await tx.execute<{
    organisation: string;
    state: '01' | '02' | '03';
    tasks: { state: TaskState; assignee: string | null }[] | null;
  }>(sql`
    select r.organisation, r.state, json_agg(json_build_object('state', t.state, 'assignee', t.assignee)) filter (where t.id is not null) as tasks
    from receipts r left join tasks t on t.directive = r.directive and t.organisation = r.organisation
    where r.directive = ${directive} group by r.organisation, r.state`);
  return new Map(rows.map(({ organisation, state, tasks }) => [organisation, statusOf(state, tasks ?? [])]));
}
