import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, exists, gt, isNull, not, or } from 'drizzle-orm';
import { memberships } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { LeftoversHandedOn, OrganisationReorganised } from '../organisations/index.ts';
import { people } from './tables.ts';

/** Accounts go with their organisation to its one successor; with several, or where it lives on, where all their roles went. */
export async function movePeople(tx: Tx, ctx: Ctx, fact: OrganisationReorganised): Promise<void> {
  const { predecessor: from, successors, kind, on } = fact;
  if (successors.length === 1 && kind !== 'separate') return rehome(tx, ctx, { from, to: successors[0]! });
  for (const to of successors) await rehome(tx, ctx, { from, to, on });
}

/** The same for accounts that the desk hands on later. */
export async function movePeopleOn(tx: Tx, ctx: Ctx, { from, to, on }: LeftoversHandedOn): Promise<void> {
  await rehome(tx, ctx, { from, to, on });
}

/** With a day: only who from then on holds a role in `to` and none in `from`. */
async function rehome(tx: Tx, ctx: Ctx, { from, to, on }: { from: string; to: string; on?: string }): Promise<void> {
  const holdsIn = (organisation: string, day: string) =>
    exists(
      tx
        .select({ id: memberships.id })
        .from(memberships)
        .where(
          and(
            eq(memberships.person, people.id),
            eq(memberships.organisation, organisation),
            or(isNull(memberships.validTo), gt(memberships.validTo, day)),
          ),
        ),
    );
  const moved = await tx
    .update(people)
    .set({ organisation: to })
    .where(and(eq(people.organisation, from), on === undefined ? undefined : and(holdsIn(to, on), not(holdsIn(from, on)))))
    .returning({ id: people.id });
  for (const { id } of moved) {
    await record(tx, ctx, {
      action: 'identity.person_moved',
      subject: { kind: 'person', id },
      before: { organisation: from },
      after: { organisation: to },
      concerns: to,
    });
  }
}
