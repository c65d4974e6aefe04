import type { RELAPSES, WHYS } from '@vonggac/contract/notice-terms';

export type Why = (typeof WHYS)[number];

/** What a rule says of which findings are told; the rest of it says when and to whom. */
export type Choice = {
  threshold: number;
  /** @unit days */
  quietDays: number;
  relapse: (typeof RELAPSES)[number];
  /** @unit days */
  relapseDays: number;
  /** Held back. */
  usages: readonly string[];
  families: readonly string[];
  units: readonly string[];
  whileAnswered: boolean;
  whilePostponed: boolean;
};

/** Findings that are alike as far as a rule is concerned, `n` of them. Days are days in Vietnam. */
export type Fact = {
  organisation: string;
  family: string;
  usage: string;
  state: 'open' | 'answered';
  /** The day until which it was put off, where nobody refused that. */
  postponedTo: string | null;
  /** Seen again since it was told last, or at all where it was not. */
  isAgain: boolean;
  /** The day on which it was told last. */
  toldOn: string | null;
  n: number;
};

export type Now = {
  day: string;
  /** Organisations that have their notice of this interval. */
  told: ReadonlySet<string>;
  /** Between two intervals: what was seen again, and nothing else. */
  onlyAgain: boolean;
};

/** Per organisation: what it is told, or why nothing, and how many are held back by what. */
export type Decision<F extends Fact> = { organisation: string; tell: F[]; n: number; why: Why | null; held: Map<Why, number> };

/** Why the rule has nothing to do with a finding, whatever was told of it. */
function exceptOf(rule: Choice, fact: Fact, day: string): Why | null {
  if (rule.units.includes(fact.organisation)) return 'unit';
  if (rule.usages.includes(fact.usage)) return 'usage';
  if (rule.families.some((family) => family.toLowerCase() === fact.family.toLowerCase())) return 'family';
  if (rule.whileAnswered && fact.state === 'answered') return 'answered';
  if (rule.whilePostponed && fact.postponedTo !== null && fact.postponedTo >= day) return 'postponed';
  return null;
}

/** Why a finding of the rule is not told this time. */
function quietOf(rule: Choice, fact: Fact, now: Now): Why | null {
  const isAtOnce = rule.relapse === 'at-once' && fact.isAgain;
  if (now.onlyAgain) return isAtOnce ? null : 'not-again';
  if (isAtOnce || fact.toldOn === null || rule.quietDays === 0) return null;
  const days = rule.relapse === 'after' && fact.isAgain ? Math.min(rule.relapseDays, rule.quietDays) : rule.quietDays;
  // By days, not hours: a weekly notice is not late by the seconds that the last one took.
  return fact.toldOn > Temporal.PlainDate.from(now.day).subtract({ days }).toString() ? 'told' : null;
}

/**
 * What a rule tells each organisation now. The threshold counts every finding of the rule, told before or not; what is to be told at once
 * because it was seen again does not wait for it. Organisations come in the order of the facts.
 */
export function decide<F extends Fact>(rule: Choice, facts: readonly F[], now: Now): Decision<F>[] {
  return [...Map.groupBy(facts, ({ organisation }) => organisation)].map(([organisation, its]) =>
    decideOne(rule, { organisation, its }, now),
  );
}

function decideOne<F extends Fact>(
  rule: Choice,
  { organisation, its }: { organisation: string; its: readonly F[] },
  now: Now,
): Decision<F> {
  const held = new Map<Why, number>();
  const hold = (why: Why, n: number): void => void held.set(why, (held.get(why) ?? 0) + n);
  const tell: F[] = [];
  let counted = 0;
  for (const fact of its) {
    const except = exceptOf(rule, fact, now.day);
    if (except === null) counted += fact.n;
    const why = except ?? quietOf(rule, fact, now);
    if (why === null) tell.push(fact);
    else hold(why, fact.n);
  }
  const isUrgent = rule.relapse === 'at-once' && tell.some(({ isAgain }) => isAgain);
  const why = now.told.has(organisation) ? 'interval' : tell.length > 0 && counted < rule.threshold && !isUrgent ? 'threshold' : null;
  const n = tell.reduce((sum, fact) => sum + fact.n, 0);
  if (why === null && n > 0) return { organisation, tell, n, why: null, held };
  if (why !== null && n > 0) hold(why, n);
  return { organisation, tell: [], n: 0, why: why ?? mostOf(held), held };
}

/** What holds most of them back. */
function mostOf(held: ReadonlyMap<Why, number>): Why | null {
  return [...held].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
