/** What a finding can be of; others come with their sources. */
export const FINDING_KINDS = ['botnet'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** `open`: somebody has to act; `answered`: waits for a decision, a date or the next list; `closed`; `void`: never was one. */
export const FINDING_STATES = ['open', 'answered', 'closed', 'void'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** What the organisation that has to act says. */
export const ANSWERS = ['cleaned', 'patched', 'not-ours', 'disputed', 'postponed'] as const;
/** What the operator of a carrier's address says besides. */
export const OPERATOR_ANSWERS = ['subscriber', 'other-subscriber', 'informed', 'head-office'] as const;
/** `passed-on`: it went to the unit that the machine belongs to. */
export const FINDING_ANSWERS = [...ANSWERS, ...OPERATOR_ANSWERS, 'passed-on'] as const;
export type FindingAnswer = (typeof FINDING_ANSWERS)[number];

/** Answers that say that the machine is clean; the next list judges these and no others. */
export const CLEANING: readonly FindingAnswer[] = ['cleaned', 'patched'];

/** Of a postponement (a leader decides), and of “not ours” and “disputed” (the authority decides). */
export const APPROVALS = ['asked', 'given', 'refused'] as const;
export type Approval = (typeof APPROVALS)[number];

export const VERDICTS = ['unverified', 'not-seen', 'seen-again'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why an answer is still unverified: no later list of the sender covers it; the address serves several; it changed hands. */
export const WHYS = ['no-list', 'shared', 'moved'] as const;
export type Why = (typeof WHYS)[number];

export const ACTS = [
  'answered',
  'approval-given',
  'approval-refused',
  'decided',
  'verdict',
  'passed-on',
  'received',
  'split',
  'reopened',
  'noted',
  'removed',
  'moved',
] as const;
export type FindingAct = (typeof ACTS)[number];
