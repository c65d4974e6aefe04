/** Terms that the rules of notices, the server and the screens share; no schema here. */

/** When a rule runs: at an hour of each day, of a day of the week, of a day of the month, or when a list is in. */
export const INTERVALS = ['daily', 'weekly', 'monthly', 'list'] as const;
/** A finding that was seen again after its answer: as all others; again some days after it was told; at once, whatever holds others back. */
export const RELAPSES = ['as-others', 'after', 'at-once'] as const;
export const USAGES = ['own', 'exit', 'dynamic', 'carrier'] as const;
export const CONTACT_ROLES = ['leader', 'focal', 'duty', 'technical', 'records'] as const;
/** In a notice: told for the first time, told again because it was seen again, told before. */
export const FRESHNESS = ['first', 'again', 'before'] as const;
/** Why something is not told: by the rule's exceptions, because it was told lately, because there is too little, because the interval has its notice. */
export const WHYS = ['unit', 'usage', 'family', 'answered', 'postponed', 'told', 'not-again', 'threshold', 'interval'] as const;
