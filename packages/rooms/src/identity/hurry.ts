import { DomainError } from '@vonggac/kernel';
import type { Auth } from './auth.ts';

const counted = new WeakMap<Auth, Map<string, { minute: number; count: number }>>();

/**
 * Counts in this process, which is the only one; a minute's counts are forgotten with the minute.
 * @throws DomainError `identity.too_fast`
 */
export function mustNotHurry(auth: Auth, key: string, most: number, cost: number): void {
  const minute = Math.floor(auth.now().getTime() / 60_000);
  const counts = counted.get(auth) ?? new Map<string, { minute: number; count: number }>();
  counted.set(auth, counts);
  if (counts.size > 10_000) counts.clear();
  const known = counts.get(key);
  const count = (known?.minute === minute ? known.count : 0) + cost;
  if (cost > 0) counts.set(key, { minute, count });
  if (count > most) throw tooFast(60 - Math.floor((auth.now().getTime() / 1000) % 60));
}

const tooFast = (seconds: number) =>
  new DomainError(
    'too-many',
    'identity.too_fast',
    {
      vi: `Gọi quá nhiều trong một phút. Thử lại sau ${seconds} giây.`,
      en: `Too many calls in a minute. Try again in ${seconds} seconds.`,
    },
    { details: { retryAfter: seconds } },
  );
