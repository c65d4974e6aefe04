import { newId } from '@vonggac/kernel';
import type { Database } from '@vonggac/store';

/** A reporting period of the agency's task that has ended, reported: its answer bears the mark. @returns its id */
export async function seedPeriod(database: Database, { task, mark }: { task: string; mark: string }): Promise<string> {
  const id = newId();
  const owner = database.owner();
  await owner.connect();
  await owner.query(
    `insert into periods (id, task, requirement, directive, organisation, overseer, number, first_day, last_day, due, state, answer, answered_at, closed_at, changed_at)
     select $1, t.id, t.requirement, t.directive, t.organisation, t.overseer, 1, '2024-04-01', '2024-04-25', '2024-04-25T16:59:59.999Z', 'submitted', $3,
       '2024-04-25T00:00:00Z', '2024-04-25T17:00:00Z', '2024-04-25T00:00:00Z'
     from tasks t where t.id = $2`,
    [id, task, mark],
  );
  await owner.end();
  return id;
}
