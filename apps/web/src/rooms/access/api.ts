import type { Role, Routes } from '../../api/contract.ts';
import type { RouteKey } from '../../api/contract.ts';
import { useSession } from '../../api/session.ts';

export type Person = Routes['GET /people']['output']['items'][number];
export type Membership = Person['memberships'][number];
export type ImportRow = Routes['POST /people/import/try']['output']['rows'][number];
export type Tried = Routes['POST /people/import/try']['output'];

/** What shows accounts and is read again after any change to them. */
export const STALE: readonly RouteKey[] = ['GET /people'];

const ROLES: readonly Role[] = ['officer', 'operator', 'analyst', 'desk', 'leader', 'auditor', 'administrator'];

/** The roles that the one who acts may give: only an administrator makes another. */
export function useGrantableRoles(): readonly Role[] {
  const { acting } = useSession();
  return acting.role === 'administrator' ? ROLES : ROLES.filter((role) => role !== 'administrator');
}

/** A role as it stands on a day: not begun, in force, or over (its last day is the one before `validTo`). */
export function standingOf({ validFrom, validTo }: Pick<Membership, 'validFrom' | 'validTo'>, today: string): 'ahead' | 'live' | 'over' {
  if (validTo !== null && validTo <= today) return 'over';
  return validFrom > today ? 'ahead' : 'live';
}
