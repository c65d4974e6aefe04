import type { Role, Session } from '../api/contract.ts';
import { isAuthorityRole } from '../api/session.ts';
import type { NavEntry, NavGroup, Room } from './room.ts';

export const NAV_GROUPS: readonly NavGroup[] = ['direct', 'do', 'records'];

/** The entries that the role may see, of rooms that have a page at the entry's address. */
export function entriesFor(role: Role, rooms: readonly Room[]): NavEntry[] {
  return rooms.flatMap(({ nav, pages }) =>
    nav.filter((entry) => pages.some(({ path }) => path === entry.to) && (entry.roles?.includes(role) ?? true)),
  );
}

/** Where a person starts: the authority at its directives, an agency at its work, else at the first entry there is. */
export function startOf({ acting }: Session, entries: readonly NavEntry[]): string | null {
  const wanted = isAuthorityRole(acting.role) ? '/directives' : '/my-work';
  return (entries.find(({ to }) => to === wanted) ?? entries[0])?.to ?? null;
}
