import { conflict, dayOf, DomainError, isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { memberships } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { revokeTokensOf } from './api-tokens.ts';
import type { Auth } from './auth.ts';
import { makeFirstPassword, setPassword } from './password.ts';
import { dropLinks } from './providers/links.ts';
import { clearSecondFactor } from './second-factor.ts';
import { people } from './tables.ts';

const HOURS = 24;

/**
 * The way back for whoever holds the machine: a one-time password for an administrator, good for a day, without the second
 * factor, sessions and API tokens that there were. A disabled account is opened again.
 * @returns the password, this once
 * @throws DomainError `identity.no_account`, `identity.not_administrator`
 */
export async function recoverAdministrator(auth: Auth, house: Ctx, username: string): Promise<{ name: string; firstPassword: string }> {
  const firstPassword = makeFirstPassword();
  return inTransaction(house, async (tx) => {
    const [person] = await tx
      .update(people)
      .set({ mustChangePassword: true, firstPasswordUntil: isoInstant(house.clock.now().add({ hours: HOURS })), disabledAt: null })
      .where(eq(people.username, username.toLowerCase()))
      .returning();
    if (!person) throw noAccount(username);
    const day = dayOf(house.clock.now()).toString();
    const [held] = await tx
      .select({ id: memberships.id })
      .from(memberships)
      .where(
        and(
          eq(memberships.person, person.id),
          eq(memberships.role, 'administrator'),
          lte(memberships.validFrom, day),
          or(isNull(memberships.validTo), gt(memberships.validTo, day)),
        ),
      );
    if (!held) throw notAdministrator(username);
    await record(tx, house, {
      action: 'identity.administrator_recovered',
      subject: { kind: 'person', id: person.id },
      after: { username: person.username },
      concerns: person.organisation,
    });
    await revokeTokensOf(auth, person.id);
    await dropLinks(auth, person.id);
    await clearSecondFactor(auth, person.id);
    await setPassword(auth, person.id, firstPassword);
    return { name: person.name, firstPassword };
  });
}

const noAccount = (username: string) =>
  new DomainError('not-found', 'identity.no_account', {
    vi: `Không có tài khoản “${username}”.`,
    en: `There is no account “${username}”.`,
  });
const notAdministrator = (username: string) =>
  conflict('identity.not_administrator', {
    vi: `Tài khoản “${username}” hiện không giữ vai trò quản trị. Lệnh này chỉ dành cho quản trị viên.`,
    en: `The account “${username}” holds no role of administrator today. This command is for administrators alone.`,
  });
