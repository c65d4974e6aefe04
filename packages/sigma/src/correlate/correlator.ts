import type { Correlation } from '../model.ts';
import type { Entry } from './entry.ts';
import { Group } from './group.ts';
import { countedValue, groupValues, usesOf, type RuleHit, type Use } from './plan.ts';
import { restoredGroups, type SavedState } from './save.ts';
import { familiesOf, shardOf } from './shard.ts';

export type CorrelatorOptions = {
  /** How much later than newer ones of its group an event may come and still count; default 5 minutes. @unit milliseconds */
  readonly lateness?: number;
  /** Groups kept at most, of all correlations together; default 100,000. The one not fed for longest goes first. */
  readonly maxGroups?: number;
  /** Events kept of a group at most; default 10,000, or as many as the correlation counts up to. The oldest go first. */
  readonly maxEvents?: number;
  /** This process's part where several share the work; each is fed with every hit, and keeps the groups that are its own. */
  readonly shard?: { readonly index: number; readonly of: number };
};

/** A correlation that has been completed. */
export type CorrelationHit<Reference> = {
  readonly correlation: Correlation;
  /** When the event that completed it happened. @unit milliseconds since 1970-01-01 UTC */
  readonly time: number;
  /** The event that completed it. */
  readonly reference: Reference;
  /** What the events have in common: the values of `group-by`. */
  readonly group: Readonly<Record<string, string>>;
  /** The hits of its rules, oldest first. */
  readonly hits: readonly { readonly rule: string; readonly time: number; readonly reference: Reference }[];
};

/** What was left out, because a limit was reached (`groups`, `events`) or because it came too late. */
export type Dropped = { groups: number; events: number; late: number };

/**
 * Correlations over a stream of hits (correlation rules specification 2.1).
 *
 * The time is that of the events. A window has every event of its group whose time is at most the time span before its last one. It is looked
 * at whenever an event comes; one that comes late is looked at in every window that it falls into. A correlation is reported when its
 * condition begins to hold, and again once it has not held for an event, or no other event is within the time span. Correlations that stand
 * upon it are fed likewise; temporal ones also while it goes on to hold, as they ask whether it held within their time span.
 */
export class Correlator<Reference> {
  readonly dropped: Dropped = { groups: 0, events: 0, late: 0 };
  readonly #options: Required<Omit<CorrelatorOptions, 'shard'>> & Pick<CorrelatorOptions, 'shard'>;
  readonly #uses: ReadonlyMap<string, readonly Use[]>;
  readonly #families: ReturnType<typeof familiesOf>;
  readonly #groups = new Map<string, Group<Reference>>();

  /** @param correlations with the ids of their rules, as `readRules` gives them */
  constructor(correlations: readonly Correlation[], options: CorrelatorOptions = {}) {
    this.#options = { lateness: 300_000, maxGroups: 100_000, maxEvents: 10_000, ...options };
    this.#uses = usesOf(correlations);
    this.#families = familiesOf(correlations);
  }

  /** Whether hits of this rule are of use: others need not be fed. */
  wants(rule: string): boolean {
    return this.#uses.has(rule);
  }

  /** Feeds a hit. @returns the correlations that it completes, those that others stand upon first */
  feed(hit: RuleHit<Reference>): readonly CorrelationHit<Reference>[] {
    const completed: CorrelationHit<Reference>[] = [];
    this.#feed(hit, true, completed);
    return completed;
  }

  /** All that is known, as JSON (where the references are). */
  save(): SavedState<Reference> {
    const groups = [...this.#groups].map(([key, group]) => ({
      key,
      holding: group.holding,
      entries: group.entries.map(({ time, rule, value, reference }) => [time, rule, value, reference] as const),
    }));
    return { version: 1, groups };
  }

  /**
   * Goes on from a saved state. Groups of correlations that are not there any more are left out.
   * @throws TypeError where it is no saved state
   */
  restore(saved: unknown): void {
    const correlations = new Map([...this.#uses.values()].flat().map(({ correlation }) => [correlation.id, correlation]));
    this.#groups.clear();
    for (const { key, holding, entries } of restoredGroups<Reference>(saved)) {
      const { id, values } = partsOf(key);
      const correlation = correlations.get(id);
      if (correlation === undefined || !this.#isOwn(correlation, values, key)) continue;
      const group = new Group<Reference>(correlation);
      group.restore(entries, holding);
      this.#groups.set(key, group);
    }
    this.#forget();
  }

  /** @param begins whether a correlation that is fed to others has just begun to hold */
  #feed(hit: RuleHit<Reference>, begins: boolean, completed: CorrelationHit<Reference>[]): void {
    for (const use of this.#uses.get(hit.rule) ?? []) {
      const { correlation } = use;
      if (!begins && correlation.type !== 'temporal' && correlation.type !== 'temporal_ordered') continue;
      const values = groupValues(use, hit);
      const value = countedValue(use, hit);
      if (values === null || value === undefined) continue;
      const key = keyOf(correlation, values);
      if (!this.#isOwn(correlation, values, key)) continue;
      const entry: Entry<Reference> = { time: hit.time, rule: use.rule, value, reference: hit.reference };
      const window = this.#add(correlation, key, entry);
      if (window === undefined) continue;
      const group = Object.fromEntries(correlation.groupBy.map((name, i) => [name, values[i] ?? '']));
      if (window !== null) completed.push(hitOf(correlation, group, { hit, window }));
      const field = (name: string) => (Object.hasOwn(group, name) ? (group[name] ?? null) : hit.field(name));
      this.#feed({ rule: correlation.id, time: hit.time, reference: hit.reference, field }, window !== null, completed);
    }
  }

  /** @returns undefined where the condition does not hold, null where it goes on to */
  #add(correlation: Correlation, key: string, entry: Entry<Reference>): readonly Entry<Reference>[] | null | undefined {
    const group = this.#groups.get(key) ?? new Group<Reference>(correlation);
    const oldest = Math.max(group.latest, entry.time) - correlation.timespan - this.#options.lateness;
    if (entry.time < oldest) {
      this.dropped.late++;
      return undefined;
    }
    // One event counts once, however many of the rules it meets.
    if (!correlation.type.startsWith('temporal') && group.has(entry.time, entry.reference)) return undefined;
    this.#groups.delete(key);
    this.#groups.set(key, group);
    const completed = group.add(entry);
    this.dropped.events += group.prune(oldest, Math.max(this.#options.maxEvents, counted(correlation)));
    this.#forget();
    return completed === null ? undefined : completed.window;
  }

  #forget(): void {
    for (const key of this.#groups.keys()) {
      if (this.#groups.size <= this.#options.maxGroups) return;
      this.#groups.delete(key);
      this.dropped.groups++;
    }
  }

  #isOwn(correlation: Correlation, values: readonly string[], key: string): boolean {
    const { shard } = this.#options;
    if (shard === undefined) return true;
    const family = this.#families.get(correlation.id);
    return shardOf(family?.apart ? `${family.name}\n${values.join('\n')}` : (family?.name ?? key), shard.of) === shard.index;
  }
}

function hitOf<Reference>(
  correlation: Correlation,
  group: Readonly<Record<string, string>>,
  { hit, window }: { readonly hit: RuleHit<Reference>; readonly window: readonly Entry<Reference>[] },
): CorrelationHit<Reference> {
  const hits = window.map(({ time, rule, reference }) => ({ rule: correlation.rules[rule] ?? '', time, reference }));
  return { correlation, time: hit.time, reference: hit.reference, group, hits };
}

function keyOf(correlation: Correlation, values: readonly string[]): string {
  return JSON.stringify([correlation.id, ...values]);
}

function partsOf(key: string): { id: string; values: readonly string[] } {
  const [id, ...values] = JSON.parse(key) as string[];
  return { id: id ?? '', values };
}

/** Up to how many events a correlation counts; a million at most. */
function counted({ type, condition }: Correlation): number {
  if (type !== 'event_count' && type !== 'value_count') return 0;
  return Math.min(1_000_000, Math.max(0, ...(condition?.bounds ?? []).map(({ value }) => value + 1)));
}
