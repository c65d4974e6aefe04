/** An organisation ended and others took over; raised once a predecessor, in the act's transaction. */
export type OrganisationReorganised = {
  name: 'organisations.reorganised';
  act: string;
  kind: 'merge' | 'split' | 'dissolve';
  predecessor: string;
  successors: readonly string[];
  on: string;
};
