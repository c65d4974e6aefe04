import type { ReorganisationKind } from './plan-reorganisation.ts';

/** An organisation ended and others took over, or (`separate`) gave a part of itself away; raised once a predecessor, in the act's transaction. */
export type OrganisationReorganised = {
  name: 'organisations.reorganised';
  act: string;
  kind: ReorganisationKind;
  predecessor: string;
  successors: readonly string[];
  on: string;
};

/** What `from` had left to the desk when it ended went to `to`; raised once a pair, in the act's transaction. */
export type LeftoversHandedOn = { name: 'organisations.handed-on'; from: string; to: string; on: string };
