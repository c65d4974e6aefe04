import { randomInt } from 'node:crypto';
import { invalid } from '@vonggac/kernel';
import { inTransaction } from '@vonggac/store';
import { and, eq, ne } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import type { Auth } from './auth.ts';
import type { SignedIn } from './session.ts';
import { account, people, session } from './tables.ts';

// Without letters and digits that are easily confused when copied from paper.
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A first password for a printed slip: four groups of four, about 79 bits. */
export function makeFirstPassword(): string {
  const letter = () => ALPHABET[randomInt(ALPHABET.length)]!;
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, letter).join('')).join('-');
}

/** Sets a password hash; the account is made where there is none. Ends the person's other sessions. */
export async function setPassword(auth: Auth, userId: string, password: string, keepSession?: string): Promise<void> {
  const { password: hasher } = await auth.library.$context;
  const hash = await hasher.hash(password);
  await auth.db
    .update(account)
    .set({ password: hash, updatedAt: new Date() })
    .where(and(eq(account.userId, userId), eq(account.providerId, 'credential')));
  await auth.db.delete(session).where(and(eq(session.userId, userId), keepSession ? ne(session.id, keepSession) : undefined));
}

/** Whether this is the person's password here. */
export async function isPassword(auth: Auth, userId: string, password: string): Promise<boolean> {
  const [row] = await auth.db
    .select()
    .from(account)
    .where(and(eq(account.userId, userId), eq(account.providerId, 'credential')));
  const { password: hasher } = await auth.library.$context;
  return Boolean(row?.password) && hasher.verify({ hash: row!.password!, password });
}

/**
 * Changes one's own password and ends one's other sessions.
 * @throws DomainError `identity.wrong_current`, `identity.same_password`
 */
export async function changePassword(auth: Auth, signedIn: SignedIn, input: { current: string; next: string }): Promise<void> {
  const { ctx, person } = signedIn;
  if (!(await isPassword(auth, person.id, input.current))) {
    throw invalid('identity.wrong_current', 'current', { vi: 'Mật khẩu hiện tại không đúng.', en: 'The current password is wrong.' });
  }
  if (input.current === input.next)
    throw invalid('identity.same_password', 'next', {
      vi: 'Mật khẩu mới phải khác mật khẩu hiện tại.',
      en: 'The new password must differ from the current one.',
    });
  if (input.next.toLowerCase().includes(person.username))
    throw invalid('identity.password_has_name', 'next', {
      vi: 'Mật khẩu không được chứa tên tài khoản.',
      en: 'The password must not contain the account name.',
    });
  await setPassword(auth, person.id, input.next, signedIn.sessionId);
  await inTransaction(ctx, async (tx) => {
    await tx.update(people).set({ mustChangePassword: false, firstPasswordUntil: null }).where(eq(people.id, person.id));
    await record(tx, ctx, { action: 'identity.password_changed', subject: { kind: 'person', id: person.id } });
  });
}
