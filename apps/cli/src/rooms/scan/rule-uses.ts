import type { About, Correlation, Level, Rule, SigmaEvent, Value } from '@vonggac/sigma';
import { LEVELS } from './options.ts';
import { plainValue } from './shown-hit.ts';
import type { Place } from './shown-hit.ts';

export type UsesSetup = { readonly rules: readonly Rule[]; readonly correlations: readonly Correlation[]; readonly minLevel: Level };

/** A hit that a correlation may need: what of the event it compares, and where the event stands. */
export type BaseHit = {
  readonly rule: string;
  /** @unit milliseconds since 1970-01-01 UTC; null where the event says no time */
  readonly time: number | null;
  readonly fields: readonly (readonly [name: string, value: Value])[];
  readonly place: Place;
};

/** What hits of each rule are for: to be shown, to feed correlations, or both. */
export class RuleUses {
  readonly #numbers: ReadonlyMap<About, number>;
  readonly #hidden = new Set<About>();
  /** Of a rule that correlations refer to: the fields they look at. */
  readonly #fields = new Map<Rule, ReadonlySet<string>>();

  constructor({ rules, correlations, minLevel }: UsesSetup) {
    const all: readonly About[] = [...rules, ...correlations];
    this.#numbers = new Map(all.map((about, number) => [about, number]));
    for (const about of all) {
      const users = correlations.filter((correlation) => refersTo(correlation, about));
      const isFor = users.length > 0 && !users.some(({ generate }) => generate);
      if (isFor || !isAtLeast(about.level, minLevel)) this.#hidden.add(about);
    }
    for (const rule of rules) {
      const fields = fieldsFor(rule, correlations);
      if (fields !== null) this.#fields.set(rule, fields);
    }
  }

  /** Rules first, then correlations, in their order. */
  numberOf(about: About): number {
    return this.#numbers.get(about) ?? -1;
  }

  /** Not of a rule that only feeds correlations, nor of one below the least level. */
  isShown(about: About): boolean {
    return !this.#hidden.has(about);
  }

  /** null for a rule that no correlation refers to. */
  baseOf(rule: Rule, event: SigmaEvent, place: Place): BaseHit | null {
    const wanted = this.#fields.get(rule);
    if (wanted === undefined) return null;
    const fields = new Map<string, Value>();
    for (const [slot, names] of event.shape.names.entries())
      for (const name of names) if (wanted.has(name) && !fields.has(name)) fields.set(name, plainValue(event.value(slot)));
    return { rule: rule.id, time: event.time(), fields: [...fields], place };
  }
}

export function isAtLeast(level: Level, least: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}

/** The rules and correlations that can show a hit at or above a level: those of such a level, and what they are made of. */
export function usedFrom(all: { rules: readonly Rule[]; correlations: readonly Correlation[] }, least: Level) {
  const used = new Set<About>([...all.rules, ...all.correlations].filter(({ level }) => isAtLeast(level, least)));
  // A correlation may refer to others: each round goes down one step.
  for (let size = -1; size !== used.size;) {
    size = used.size;
    for (const correlation of all.correlations)
      if (used.has(correlation)) for (const about of [...all.rules, ...all.correlations]) if (refersTo(correlation, about)) used.add(about);
  }
  return { rules: all.rules.filter((rule) => used.has(rule)), correlations: all.correlations.filter((one) => used.has(one)) };
}

function refersTo(correlation: Correlation, { id }: About): boolean {
  return correlation.rules.includes(id);
}

/** Correlations of correlations look at the same events: their fields count for every rule below them. */
function fieldsFor(rule: Rule, correlations: readonly Correlation[]): ReadonlySet<string> | null {
  if (!correlations.some((correlation) => refersTo(correlation, rule))) return null;
  const above = new Set<Correlation>();
  for (let size = -1; size !== above.size;) {
    size = above.size;
    for (const one of correlations) if (refersTo(one, rule) || [...above].some((below) => refersTo(one, below))) above.add(one);
  }
  const fields = new Set<string>();
  for (const { groupBy, condition, aliases } of above) {
    for (const field of [...groupBy, ...(condition?.fields ?? [])]) fields.add(field);
    for (const ofRules of aliases.values()) for (const field of ofRules.values()) fields.add(field);
  }
  return fields;
}
