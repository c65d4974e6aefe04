/** A document was read into a draft. */
export type DirectiveRead = { name: 'directives.read'; directive: string };

/** One requirement for one organisation. */
export type Assignment = { requirement: string; organisation: string };

/** A directive went out: every receiver gets a receipt, every assignment becomes a task with the requirement's `due`. */
export type DirectiveIssued = {
  name: 'directives.issued';
  directive: string;
  /** Who follows it and sums up. */
  overseer: string;
  receivers: string[];
  assignments: Assignment[];
};

/**
 * An issued directive was changed by an act with a reason. `changed`: the requirement's text or due is new (`due` is the
 * new one); what was withdrawn is listed by requirement and by receiver; new receivers and assignments are added.
 */
export type DirectiveAmended = {
  name: 'directives.amended';
  directive: string;
  overseer: string;
  reason: string;
  changed: { requirement: string; due: string | null }[];
  withdrawnRequirements: string[];
  withdrawnReceivers: string[];
  receivers: string[];
  assignments: Assignment[];
};

/** A second person agreed to withdraw it. */
export type DirectiveWithdrawn = { name: 'directives.withdrawn'; directive: string; overseer: string; reason: string };

/** Another organisation follows it from now on; the transaction's scope holds both. */
export type DirectiveHandedOver = { name: 'directives.handed-over'; directive: string; from: string; to: string };

/** A requirement comes back no more after a day, or again without end where `until` is null. */
export type RecurrenceEnded = {
  name: 'directives.recurrence-ended';
  directive: string;
  requirement: string;
  until: string | null;
  reason: string;
};
