export { handOverRole, ROLE_NAMES, rolesHeld, takeUpRole } from './hand-over.ts';
export { may, mustReach, mustReachOrSupervise, reaches } from './may.ts';
export type { Permission } from './policy.ts';
export { grants } from './policy.ts';
export { reachOf, reachOfHouse } from './scope.ts';
export { memberships } from './tables.ts';
export { mayInstallation, rootOf } from './installation.ts';
