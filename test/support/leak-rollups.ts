import { newId } from '@vonggac/kernel';
import type { Ctx, Database } from '@vonggac/store';

/** A report that the agency issued on a directive, attached to its receipt there, and its desk's own arrival of it. @returns its id */
export async function seedRollup(
  database: Database,
  officer: Ctx,
  { directive, desk, marks }: { directive: string; desk: string; marks: { agency: string; desk: string } },
): Promise<string> {
  const id = newId();
  const { sha256 } = await officer.stores.files.put(new TextEncoder().encode(marks.agency), 1_000_000);
  const owner = database.owner();
  await owner.connect();
  await owner.query(
    `insert into rollups (id, directive, organisation, overseer, source, code, day, subject, file, file_name, added_at, added_by_name)
     select $1, r.directive, r.organisation, r.overseer, 'edxml', $4, '2024-04-26', $4, $5, $4, '2024-04-26T00:00:00Z', $4
     from receipts r where r.directive = $2 and r.organisation = $3`,
    [id, directive, officer.actor.organisation, marks.agency, sha256],
  );
  await owner.query(
    `insert into arrivals (directive, organisation, overseer, number, refused_reason, written_by_name, written_at)
     values ($1, $2, $2, $3, $3, $3, '2024-04-22T00:00:00Z') on conflict do nothing`,
    [directive, desk, marks.desk],
  );
  await owner.end();
  return id;
}
