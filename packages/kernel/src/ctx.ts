import type { Language } from './text.ts';
import type { Clock } from './time.ts';

/** Roles of a person in an organisation. */
export const ROLES = ['administrator', 'desk', 'officer', 'analyst', 'operator', 'leader', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** Who acts. A person always acts in the name of one organisation and in one role. */
export type Actor =
  | {
      kind: 'person';
      id: string;
      name: string;
      organisation: string;
      role: Role;
      /** The API token by which the person acts: what the role grants is cut down to `permissions`. */
      token?: { id: string; permissions: readonly string[] };
    }
  | { kind: 'system'; name: string; organisation: string };

/** Who acts, as rows name it: the id of a person, the name of a part of the house. */
export function actorKey(actor: Actor): string {
  return actor.kind === 'person' ? actor.id : actor.name;
}

/**
 * What the actor may reach on the given day. `organisations`: own subtree; `supervised`: organisations that one of
 * the subtree supervises; `directory`: those whose names are visible (both, their ancestors and their supervisors).
 */
export type Scope = {
  day: string;
  organisations: readonly string[];
  supervised: readonly string[];
  directory: readonly string[];
};

/** What every verb gets first: who, in which reach, when, from where, in which language. */
export type Ctx = {
  actor: Actor;
  scope: Scope;
  clock: Clock;
  language: Language;
  requestId: string;
  address: string;
};
