import { FIRST_PASSWORD_DAYS } from '@vonggac/contract/terms';
import { conflict, dayOf, fold, forbidden, isoInstant, newId, notFound, type Role } from '@vonggac/kernel';
import { containing, type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, asc, count, eq, ilike, inArray } from 'drizzle-orm';
import { may, memberships, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { organisations } from '../organisations/index.ts';
import { type Auth, placeholderEmail } from './auth.ts';
import { makeFirstPassword, setPassword } from './password.ts';
import { account, people, session, user } from './tables.ts';

export const FIRST_PASSWORD_HOURS = 24 * FIRST_PASSWORD_DAYS;

export type NewPerson = {
  organisationId: string;
  name: string;
  username: string;
  position?: string | undefined;
  email?: string | undefined;
  role: Role;
};

/**
 * Makes an account with one role. The first password is answered this once, for a printed slip.
 * @throws DomainError `identity.username_taken`
 */
export async function createPerson(
  auth: Auth,
  ctx: Ctx,
  input: NewPerson,
  more: { firstPassword?: string; hours?: number } = {},
): Promise<{ id: string; firstPassword: string }> {
  may(ctx, 'people:write');
  mustReach(ctx, input.organisationId);
  mustGrant(ctx, input.role);
  const id = newId();
  const firstPassword = more.firstPassword ?? makeFirstPassword();
  await inTransaction(ctx, async (tx) => {
    await insertPerson(tx, ctx, id, { ...input, until: ctx.clock.now().add({ hours: more.hours ?? FIRST_PASSWORD_HOURS }) });
    const { password: hasher } = await auth.library.$context;
    await makeLogin(auth, id, input, await hasher.hash(firstPassword));
  });
  return { id, firstPassword };
}

/** Writes a person with one role; `until` is null where no first password has been given out yet. */
export async function insertPerson(tx: Tx, ctx: Ctx, id: string, input: NewPerson & { until: Temporal.Instant | null }): Promise<void> {
  const made = await tx
    .insert(people)
    .values({
      id,
      organisation: input.organisationId,
      name: input.name,
      folded: fold(`${input.name} ${input.username}`),
      username: input.username,
      position: input.position ?? null,
      email: input.email ?? null,
      firstPasswordUntil: input.until && isoInstant(input.until),
    })
    .onConflictDoNothing({ target: people.username })
    .returning({ id: people.id });
  if (made.length === 0) throw usernameTaken(input.username);
  await tx.insert(memberships).values({
    id: newId(),
    person: id,
    organisation: input.organisationId,
    role: input.role,
    validFrom: dayOf(ctx.clock.now()).toString(),
  });
  await record(tx, ctx, {
    action: 'identity.person_created',
    subject: { kind: 'person', id },
    after: { name: input.name, username: input.username, role: input.role },
    concerns: input.organisationId,
  });
}

/** Only an administrator makes another. */
export function mustGrant(ctx: Pick<Ctx, 'actor'>, role: Role): void {
  if (role !== 'administrator' || ctx.actor.kind !== 'person' || ctx.actor.role === 'administrator') return;
  throw forbidden('identity.only_administrators', {
    vi: 'Chỉ quản trị viên được giao vai trò quản trị.',
    en: 'Only an administrator grants the role of administrator.',
  });
}

/** The last step of the transaction: should the commit after it fail, the login has no person and signs nobody in. */
export async function makeLogin(auth: Auth, id: string, input: Pick<NewPerson, 'name' | 'username'>, hash: string): Promise<void> {
  await auth.db.transaction(async (db) => {
    await db.delete(user).where(eq(user.username, input.username));
    await db
      .insert(user)
      .values({ id, name: input.name, email: placeholderEmail(input.username), username: input.username, displayUsername: input.username });
    await db.insert(account).values({ id: newId(), accountId: id, providerId: 'credential', userId: id, password: hash });
  });
}

function usernameTaken(username: string) {
  return conflict('identity.username_taken', {
    vi: `Tên tài khoản “${username}” đã có người dùng. Chọn tên khác.`,
    en: `The account name “${username}” is taken. Choose another.`,
  });
}

/** A new first password from the desk, without mail; ends all sessions of the person. */
export async function resetPassword(auth: Auth, ctx: Ctx, id: string, reason: string): Promise<{ firstPassword: string }> {
  may(ctx, 'people:write');
  const firstPassword = makeFirstPassword();
  await inTransaction(ctx, async (tx) => {
    const [person] = await tx
      .update(people)
      .set({ mustChangePassword: true, firstPasswordUntil: isoInstant(ctx.clock.now().add({ hours: FIRST_PASSWORD_HOURS })) })
      .where(and(eq(people.id, id), inArray(people.organisation, [...ctx.scope.organisations])))
      .returning();
    if (!person) throw notFound('person');
    await record(tx, ctx, { action: 'identity.password_reset', subject: { kind: 'person', id }, reason, concerns: person.organisation });
    await setPassword(auth, id, firstPassword);
  });
  return { firstPassword };
}

/** Disabling ends all sessions at once. */
export async function disablePerson(auth: Auth, ctx: Ctx, id: string, input: { disabled: boolean; reason: string }): Promise<void> {
  may(ctx, 'people:write');
  await inTransaction(ctx, async (tx) => {
    const [person] = await tx
      .update(people)
      .set({ disabledAt: input.disabled ? isoInstant(ctx.clock.now()) : null })
      .where(and(eq(people.id, id), inArray(people.organisation, [...ctx.scope.organisations])))
      .returning();
    if (!person) throw notFound('person');
    await record(tx, ctx, {
      action: input.disabled ? 'identity.person_disabled' : 'identity.person_enabled',
      subject: { kind: 'person', id },
      reason: input.reason,
      concerns: person.organisation,
    });
    if (input.disabled) await auth.db.delete(session).where(eq(session.userId, id));
  });
}

export type PeopleQuery = { q?: string | undefined; organisation?: string | undefined; page: number; size: number };

/** Accounts of the organisations in reach, by name. */
export async function listPeople(ctx: Ctx, query: PeopleQuery) {
  may(ctx, 'people:write');
  return inSnapshot(ctx, async (tx) => {
    const where = and(
      inArray(people.organisation, [...ctx.scope.organisations]),
      query.organisation ? eq(people.organisation, query.organisation) : undefined,
      query.q ? ilike(people.folded, containing(fold(query.q))) : undefined,
    );
    const [counted] = await tx.select({ total: count() }).from(people).where(where);
    const rows = await tx
      .select({ person: people, organisation: organisations.name })
      .from(people)
      .leftJoin(organisations, eq(organisations.id, people.organisation))
      .where(where)
      .orderBy(asc(people.name), asc(people.id))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const held =
      rows.length === 0
        ? []
        : await tx
            .select({ membership: memberships, name: organisations.name })
            .from(memberships)
            .leftJoin(organisations, eq(organisations.id, memberships.organisation))
            .where(
              inArray(
                memberships.person,
                rows.map((row) => row.person.id),
              ),
            );
    return {
      total: counted!.total,
      items: rows.map(({ person, organisation }) => ({
        id: person.id,
        name: person.name,
        username: person.username,
        position: person.position,
        organisation: { id: person.organisation, name: organisation ?? '' },
        disabledAt: person.disabledAt,
        mustChangePassword: person.mustChangePassword,
        memberships: held
          .filter((one) => one.membership.person === person.id)
          .map(({ membership, name }) => ({
            id: membership.id,
            organisation: { id: membership.organisation, name: name ?? '' },
            role: membership.role,
            validFrom: membership.validFrom,
            validTo: membership.validTo,
          })),
      })),
    };
  });
}
