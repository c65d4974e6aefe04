import { DomainError } from '@vonggac/kernel';
import { eq, inArray, sql } from 'drizzle-orm';
import type { Auth } from './auth.ts';
import { failures } from './tables.ts';

const FREE = 3;
const LONGEST_MS = 60_000;
const FORGOTTEN_MS = 3_600_000;

/** How long to wait after the n-th failure in a row: none for three, then 1, 2, 4 … up to 60 s. @unit milliseconds */
export function delayAfter(count: number): number {
  return count < FREE ? 0 : Math.min(LONGEST_MS, 1000 * 2 ** (count - FREE));
}

const keysOf = (username: string, address: string): string[] => [`account:${username.toLowerCase()}`, `address:${address}`];

/** @throws DomainError `identity.wait` with the seconds left; never a lock for good */
export async function mustNotWait(auth: Auth, username: string, address: string): Promise<void> {
  const rows = await auth.db
    .select()
    .from(failures)
    .where(inArray(failures.key, keysOf(username, address)));
  const now = Date.now();
  const left = Math.max(0, ...rows.map((row) => row.lastAt.getTime() + delayAfter(allowance(row.key, row.count)) - now));
  if (left > 0) throw mustWait(Math.ceil(left / 1000));
}

function mustWait(seconds: number): DomainError {
  return new DomainError(
    'too-many',
    'identity.wait',
    {
      vi: `Đăng nhập sai nhiều lần. Thử lại sau ${seconds} giây.`,
      en: `Too many failed sign-ins. Try again in ${seconds} seconds.`,
    },
    { details: { retryAfter: seconds } },
  );
}

/** Many people may share an office's address, so it is given more tries than an account. */
function allowance(key: string, count: number): number {
  return key.startsWith('address:') ? Math.floor(count / 5) : count;
}

export async function countFailure(auth: Auth, username: string, address: string): Promise<void> {
  for (const key of keysOf(username, address)) await countKey(auth, key);
}

async function countKey(auth: Auth, key: string): Promise<void> {
  await auth.db
    .insert(failures)
    .values({ key, count: 1, lastAt: new Date() })
    .onConflictDoUpdate({
      target: failures.key,
      set: {
        count: sql`case when ${failures.lastAt} < now() - make_interval(secs => ${FORGOTTEN_MS / 1000}) then 1 else ${failures.count} + 1 end`,
        lastAt: sql`now()`,
      },
    });
}

export async function forgetFailures(auth: Auth, username: string, address: string): Promise<void> {
  await auth.db.delete(failures).where(inArray(failures.key, keysOf(username, address)));
}

/** Six digits are few: after the first tries a guesser gets one in a quarter of an hour. @unit seconds */
const LONGEST_FOR_CODES = 900;
const codeKey = (person: string) => `code:${person}`;

/**
 * Takes one try at a person's code before it is looked at, so that many at once are no more than one after another.
 * @throws DomainError `identity.wait`
 */
export async function claimCodeTry(auth: Auth, person: string, address: string): Promise<void> {
  await mustNotWait(auth, codeKey(person), address);
  const now = auth.now();
  const delay = sql`case when ${failures.count} < ${FREE} then 0 else least(${LONGEST_FOR_CODES}, power(2, least(${failures.count} - ${FREE}, 20))) end`;
  const at = sql`${now.toISOString()}::timestamptz`;
  const claimed = await auth.db
    .insert(failures)
    .values({ key: codeKey(person), count: 1, lastAt: now })
    .onConflictDoUpdate({
      target: failures.key,
      set: {
        count: sql`case when ${failures.lastAt} < ${at} - make_interval(secs => ${FORGOTTEN_MS / 1000}) then 1 else ${failures.count} + 1 end`,
        lastAt: now,
      },
      setWhere: sql`${failures.lastAt} + make_interval(secs => ${delay}) <= ${at}`,
    })
    .returning({ count: failures.count });
  if (claimed.length > 0) return;
  const [row] = await auth.db
    .select()
    .from(failures)
    .where(eq(failures.key, codeKey(person)));
  const seconds = row ? Math.min(LONGEST_FOR_CODES, 2 ** (row.count - FREE)) - (now.getTime() - row.lastAt.getTime()) / 1000 : 1;
  throw mustWait(Math.max(1, Math.ceil(seconds)));
}

/** The claimed try was a wrong one: it counts for the address too. */
export async function countWrongCode(auth: Auth, address: string): Promise<void> {
  await countKey(auth, `address:${address}`);
}

export async function forgetWrongCodes(auth: Auth, person: string): Promise<void> {
  await auth.db.delete(failures).where(eq(failures.key, codeKey(person)));
}
