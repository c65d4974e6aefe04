import { DomainError } from '@vonggac/kernel';
import { inArray, sql } from 'drizzle-orm';
import type { Auth } from './auth.ts';
import { failures } from './tables.ts';

const FREE = 3;
const LONGEST_MS = 60_000;
const FORGOTTEN_MS = 3_600_000;

/** How long to wait after the n-th failure in a row: none for three, then 1, 2, 4 … up to 60 s. @unit milliseconds */
export function delayAfter(count: number): number {
  return count < FREE ? 0 : Math.min(LONGEST_MS, 1000 * 2 ** (count - FREE));
}

const keysOf = (username: string, address: string) => [`account:${username.toLowerCase()}`, `address:${address}`];

/** @throws DomainError `identity.wait` with the seconds left; never a lock for good */
export async function mustNotWait(auth: Auth, username: string, address: string): Promise<void> {
  const rows = await auth.db
    .select()
    .from(failures)
    .where(inArray(failures.key, keysOf(username, address)));
  const now = Date.now();
  const left = Math.max(0, ...rows.map((row) => row.lastAt.getTime() + delayAfter(allowance(row.key, row.count)) - now));
  if (left <= 0) return;
  const seconds = Math.ceil(left / 1000);
  throw new DomainError(
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
  for (const key of keysOf(username, address)) {
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
}

export async function forgetFailures(auth: Auth, username: string, address: string): Promise<void> {
  await auth.db.delete(failures).where(inArray(failures.key, keysOf(username, address)));
}
