import { conflict, dayOf, fold, HOUSE, isoInstant, newId } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, settings } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { memberships } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { organisationNames, organisations } from '../organisations/index.ts';
import type { Auth } from './auth.ts';
import { createPerson } from './people.ts';
import { people } from './tables.ts';

export const ADMINISTRATOR = 'quantri';
const ADMINISTRATOR_HOURS = 24;

/** The first administrator, made once; its password is good for 24 hours and must be changed. @returns it, or null when there is one already */
export async function makeAdministrator(auth: Auth, house: Ctx): Promise<string | null> {
  const [known] = await inSnapshot(house, (tx) => tx.select({ id: people.id }).from(people).where(eq(people.username, ADMINISTRATOR)));
  if (known) return null;
  const input = { organisationId: HOUSE, name: 'Quản trị hệ thống', username: ADMINISTRATOR, role: 'administrator' as const };
  const { firstPassword } = await createPerson(auth, house, input, { hours: ADMINISTRATOR_HOURS });
  return firstPassword;
}

/** Whether nothing has been chosen yet, and whether the sample is what was chosen. */
export async function firstRunState(ctx: Pick<Ctx, 'stores' | 'scope' | 'actor'>): Promise<{ firstRun: boolean; sample: boolean }> {
  const rows = await inSnapshot(ctx, (tx) => tx.select().from(settings));
  const valueOf = (key: string) => rows.find((row) => row.key === key)?.value;
  return { firstRun: valueOf('root') === undefined, sample: valueOf('sample') !== undefined };
}

/**
 * The installation's root: the province (or the authority) under which everything hangs. The administrator who makes
 * it gets the roles of administrator and desk in it.
 * @throws DomainError `identity.already_started`
 */
export async function startEmpty(ctx: Ctx, province: string): Promise<{ root: string }> {
  const root = newId();
  const wider = {
    ...ctx,
    scope: { ...ctx.scope, organisations: [...ctx.scope.organisations, root], directory: [...ctx.scope.directory, root] },
  };
  await inTransaction(wider, async (tx) => {
    const claimed = await tx
      .insert(settings)
      .values({ key: 'root', value: root, writtenAt: isoInstant(ctx.clock.now()) })
      .onConflictDoNothing()
      .returning();
    if (claimed.length === 0)
      throw conflict('identity.already_started', { vi: 'Hệ thống đã được khởi tạo.', en: 'The system has already been set up.' });
    await tx.insert(organisations).values({ id: root, kind: 'province', name: province, folded: fold(province) });
    await tx
      .insert(organisationNames)
      .values({ id: newId(), organisation: root, kind: 'official', name: province, folded: fold(province) });
    if (ctx.actor.kind === 'person') {
      const validFrom = dayOf(ctx.clock.now()).toString();
      const person = ctx.actor.id;
      await tx
        .insert(memberships)
        .values((['administrator', 'desk'] as const).map((role) => ({ id: newId(), person, organisation: root, role, validFrom })));
    }
    await record(tx, wider, { action: 'identity.started', subject: { kind: 'organisation', id: root }, after: { province } });
  });
  return { root };
}
