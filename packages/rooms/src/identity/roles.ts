import { conflict, dayOf, newId, notFound, type Role } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { may, memberships, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { Auth } from './auth.ts';
import type { Request, SignedIn } from './session.ts';
import { mustGrant } from './people.ts';
import { people } from './tables.ts';

export type NewRole = { organisationId: string; role: Role; validFrom?: string | undefined; validTo?: string | undefined };

/** Grants a role in an organisation of the own subtree to a person of it. */
export async function grantRole(ctx: Ctx, person: string, input: NewRole): Promise<{ id: string }> {
  may(ctx, 'people:write');
  mustReach(ctx, input.organisationId);
  mustGrant(ctx, input.role);
  const id = newId();
  await inTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select({ organisation: people.organisation })
      .from(people)
      .where(and(eq(people.id, person), inArray(people.organisation, [...ctx.scope.organisations])));
    if (!found) throw notFound('person');
    const [same] = await tx
      .select({ id: memberships.id })
      .from(memberships)
      .where(
        and(
          eq(memberships.person, person),
          eq(memberships.organisation, input.organisationId),
          eq(memberships.role, input.role),
          isNull(memberships.validTo),
        ),
      );
    if (same)
      throw conflict('identity.role_held', {
        vi: 'Tài khoản đã có vai trò này tại đơn vị.',
        en: 'The account already holds this role there.',
      });
    await tx.insert(memberships).values({
      id,
      person,
      organisation: input.organisationId,
      role: input.role,
      validFrom: input.validFrom ?? dayOf(ctx.clock.now()).toString(),
      validTo: input.validTo ?? null,
    });
    await record(tx, ctx, {
      action: 'identity.role_granted',
      subject: { kind: 'person', id: person },
      after: { role: input.role, organisation: input.organisationId },
      concerns: input.organisationId,
    });
  });
  return { id };
}

/** Ends a role today; it acts at the person's next request. */
export async function revokeRole(ctx: Ctx, membership: string): Promise<void> {
  may(ctx, 'people:write');
  const today = dayOf(ctx.clock.now()).toString();
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .update(memberships)
      .set({ validTo: today })
      .where(
        and(
          eq(memberships.id, membership),
          inArray(memberships.organisation, [...ctx.scope.organisations]),
          or(isNull(memberships.validTo), gt(memberships.validTo, today)),
        ),
      )
      .returning();
    if (!row) throw notFound('membership');
    await record(tx, ctx, {
      action: 'identity.role_revoked',
      subject: { kind: 'person', id: row.person },
      before: { role: row.role, organisation: row.organisation },
      concerns: row.organisation,
    });
  });
}

/** Chooses in whose name and role to act; the session is renewed. @returns the new cookies */
export async function actAs(
  auth: Auth,
  signedIn: SignedIn,
  request: Request,
  input: { organisationId: string; role: Role },
): Promise<string[]> {
  const { ctx } = signedIn;
  if (!signedIn.memberships.some((one) => one.organisation.id === input.organisationId && one.role === input.role))
    throw notFound('membership');
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, { action: 'identity.acting_changed', subject: { kind: 'person', id: signedIn.person.id }, after: input }),
  );
  const answer = await auth.library.api.renewSession({
    body: { token: signedIn.token, actingOrganisation: input.organisationId, actingRole: input.role, codeAt: signedIn.codeAt },
    headers: request.headers,
    returnHeaders: true,
  });
  return answer.headers.getSetCookie();
}

/** The language in which messages and mails reach the person. */
export async function chooseLanguage(ctx: Ctx, language: 'vi' | 'en'): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    if (ctx.actor.kind !== 'person') return;
    await tx.update(people).set({ language }).where(eq(people.id, ctx.actor.id));
    await record(tx, ctx, { action: 'identity.language_chosen', subject: { kind: 'person', id: ctx.actor.id }, after: { language } });
  });
}
