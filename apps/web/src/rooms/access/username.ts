import { fold } from '../../i18n/format.ts';

/** What an account name may be made of; the contract says the same. */
export const USERNAME = /^[a-z0-9][a-z0-9._-]{2,59}$/;

/** A first proposal for an account name, given name before initials: `Cán bộ Trực Đêm` → `dem.cbt`; empty for a single word that is too short. */
export function proposeUsername(name: string): string {
  const words = fold(name)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  const initials = words.slice(0, -1).map((word) => word[0]);
  const proposed = initials.length === 0 ? last : `${last}.${initials.join('')}`;
  return USERNAME.test(proposed) ? proposed : '';
}
