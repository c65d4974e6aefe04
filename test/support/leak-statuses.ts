import { documentIdOf, writeEdxmlStatus } from '@vonggac/congvan/edxml';
import { getDirective } from '@vonggac/rooms/directives';
import { makeStatuses, readStatusFile, statusesOf } from '@vonggac/rooms/exchange';
import type { Ctx, Database } from '@vonggac/store';

type Seeded = { statusMessage: string; statusFile: string };

/** An OrganId of its own for each organisation of the test. */
const organIdOf = (place: number): string => `H${10 + place}.01`;

/**
 * A status message that an agency sends and one that the desk read in about it, both with the agency's mark.
 * @param places the numbers of desk and agency, by which their OrganIds differ
 */
export async function seedStatuses(
  database: Database,
  officer: Ctx,
  more: { desk: Ctx; directive: string; places: { desk: number; agency: number }; mark: string },
): Promise<Seeded> {
  const { desk, directive, places, mark } = more;
  const organisation = officer.actor.organisation;
  const owner = database.owner();
  await owner.connect();
  for (const [id, place] of [
    [desk.actor.organisation, places.desk],
    [organisation, places.agency],
  ] as const)
    await owner.query('update organisations set code = $2 where id = $1', [id, organIdOf(place)]);
  await owner.end();
  const part = { directive, organisation };
  await makeStatuses({ ...officer, actor: { ...officer.actor, name: mark } }, part);
  const { steps } = await statusesOf(officer, part);
  const { code, day } = await getDirective(desk, directive);
  const issuer = organIdOf(places.desk);
  const bytes = writeEdxmlStatus({
    from: { id: organIdOf(places.agency), name: mark },
    responseFor: { organisation: issuer, code, day, documentId: documentIdOf({ organisation: issuer, code, day }) },
    staff: null,
    code: '03',
    description: mark,
    at: '2024-04-22T09:00:00',
  });
  const { file } = await readStatusFile(desk, { name: `${mark}.edxml`, bytes });
  return { statusMessage: steps.flatMap(({ message }) => message ?? [])[0]!.id, statusFile: file.id };
}
