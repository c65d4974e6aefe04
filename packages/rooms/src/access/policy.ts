import type { Role } from '@vonggac/kernel';

/** What one may do; reading within the scope goes with every role. */
export const PERMISSIONS = [
  'organisations:write',
  'contacts:write',
  'people:write',
  'people:recover',
  'directives:draft',
  'directives:issue',
  'directives:follow',
  'tasks:work',
  'duty:call',
  'reports:write',
  'reports:approve',
  'assets:write',
  'assets:approve',
  'lists:write',
  'findings:answer',
  'findings:decide',
  'findings:approve',
  'audit:read',
  'settings:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const GRANTS: Record<Role, readonly Permission[]> = {
  administrator: [
    'organisations:write',
    'contacts:write',
    'people:write',
    'people:recover',
    'assets:write',
    'audit:read',
    'settings:write',
  ],
  desk: [
    'organisations:write',
    'contacts:write',
    'people:write',
    'directives:draft',
    'directives:issue',
    'directives:follow',
    'tasks:work',
    'duty:call',
    'reports:write',
    'assets:write',
    'assets:approve',
    'lists:write',
    'findings:answer',
    'findings:decide',
  ],
  leader: [
    'directives:draft',
    'directives:issue',
    'directives:follow',
    'tasks:work',
    'reports:write',
    'reports:approve',
    'assets:write',
    'assets:approve',
    'lists:write',
    'findings:answer',
    'findings:decide',
    'findings:approve',
    'audit:read',
  ],
  officer: ['contacts:write', 'tasks:work', 'reports:write', 'assets:write', 'findings:answer'],
  operator: ['contacts:write', 'tasks:work', 'assets:write', 'findings:answer'],
  analyst: ['contacts:write', 'tasks:work', 'duty:call', 'assets:write', 'lists:write', 'findings:answer'],
  auditor: ['audit:read'],
};

export function grants(role: Role): readonly Permission[] {
  return GRANTS[role];
}
