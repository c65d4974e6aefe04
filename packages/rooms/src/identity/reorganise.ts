import type { Ctx, Tx } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import type { OrganisationReorganised } from '../organisations/index.ts';
import { people } from './tables.ts';

/** Accounts go with their organisation to its one successor; with several, the desk moves each where its roles are. */
export async function movePeople(tx: Tx, ctx: Ctx, fact: OrganisationReorganised): Promise<void> {
  const [successor, ...others] = fact.successors;
  if (successor === undefined || others.length > 0) return;
  const moved = await tx
    .update(people)
    .set({ organisation: successor })
    .where(eq(people.organisation, fact.predecessor))
    .returning({ id: people.id });
  for (const { id } of moved) {
    await record(tx, ctx, {
      action: 'identity.person_moved',
      subject: { kind: 'person', id },
      before: { organisation: fact.predecessor },
      after: { organisation: successor },
      concerns: successor,
    });
  }
}
