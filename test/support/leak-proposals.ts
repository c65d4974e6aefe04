import { newId } from '@vonggac/kernel';
import type { Database } from '@vonggac/store';

/** What an officer put before the leader of the agency: its answer and note bear the mark. @returns its id */
export async function seedProposal(
  database: Database,
  { directive, organisation, task, mark }: { directive: string; organisation: string; task: string; mark: string },
): Promise<string> {
  const id = newId();
  const owner = database.owner();
  await owner.connect();
  await owner.query(
    `insert into submission_proposals (id, organisation, directive, items, note, proposed_at, proposed_by, proposed_by_name)
     values ($1, $2, $3, jsonb_build_array(jsonb_build_object('task', $4::text, 'answer', $5::text)), $5, '2024-04-26T00:00:00Z', $5, $5)`,
    [id, organisation, directive, task, mark],
  );
  await owner.end();
  return id;
}
