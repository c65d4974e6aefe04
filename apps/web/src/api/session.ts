import type { ApiError } from './error.ts';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Role, Session } from './contract.ts';
import { useApi } from './query.ts';

export function useSessionQuery(): UseQueryResult<Session, ApiError> {
  return useApi('GET /session');
}

/** The signed-in person. Only inside the shell, where the session has been read; throws elsewhere. */
export function useSession(): Session {
  const { data } = useSessionQuery();
  if (data === undefined) throw new Error('useSession outside the shell');
  return data;
}

const AUTHORITY_ROLES: readonly Role[] = ['administrator', 'desk', 'leader', 'analyst', 'auditor'];

/** Whether the role looks over others (starts at the directives) or does its own organisation's work (starts at my work). */
export function isAuthorityRole(role: Role): boolean {
  return AUTHORITY_ROLES.includes(role);
}
