import type { EventClass, Shape, SigmaEvent, Value } from '../event.ts';
import type { Logsource, Rule } from '../model.ts';
import { numberOf } from '../values.ts';
import { type Clues, cluesOf, type Usage, usageOf } from './clues.ts';
import { explained } from './explain.ts';
import { Group, type Plan, type Search } from './group.ts';
import { Look } from './look.ts';
import { type Program, Programs } from './program.ts';

/** A rule that holds on an event: which of its selections do, and the values that made them. Safe to keep. */
export type Hit = {
  readonly rule: Rule;
  readonly selections: readonly string[];
  readonly matched: readonly { readonly field: string; readonly value: Value }[];
};

const NONE: readonly Hit[] = [];

const isOf = (wanted: Logsource, has: Logsource): boolean =>
  (wanted.category === null || wanted.category === has.category) &&
  (wanted.product === null || wanted.product === has.product) &&
  (wanted.service === null || wanted.service === has.service);

const isAny = ({ category, product, service }: Logsource): boolean => category === null && product === null && service === null;

const logsourceKey = ({ category, product, service }: Logsource): string => JSON.stringify([category, product, service]);

type Sourced = { readonly logsource: Logsource; readonly numbers: number[] };

/**
 * All rules as one matcher. An event is first led to the rules of its log sources; there one search per field finds the few rules that
 * can hold at all, and only these are tried in full. Rules do not change: for others another engine is compiled, and takes the place
 * of this one between two events. What is needed for a log is built when the first event of it comes.
 */
export class Engine {
  readonly rules: readonly Rule[];
  readonly #bySource = new Map<string, Sourced>();
  readonly #usage: Usage;
  readonly #clues: ({ readonly of: Clues } | undefined)[] = [];
  readonly #programs = new Programs();
  readonly #ofRule: (Program | undefined)[] = [];
  readonly #groups = new Map<string, Group>();
  readonly #groupOf = new WeakMap<EventClass, Group>();
  readonly #slotsOf = new WeakMap<Shape, readonly (readonly number[] | undefined)[]>();
  readonly #look = new Look();
  /** Per rule the event it was last a candidate of, so that each is tried once. */
  readonly #tried: Float64Array;
  readonly #candidates: Int32Array;
  #count = 0;
  #event = 0;
  #search!: Search;
  readonly #found = (needle: number): void => this.#addAll(this.#search.ofNeedle(needle));

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
    this.#usage = usageOf(rules);
    this.#tried = new Float64Array(rules.length);
    this.#candidates = new Int32Array(rules.length);
    for (const [number, rule] of rules.entries()) {
      const key = logsourceKey(rule.logsource);
      const sourced = this.#bySource.get(key) ?? { logsource: rule.logsource, numbers: [] };
      sourced.numbers.push(number);
      this.#bySource.set(key, sourced);
      this.#programs.number(rule);
    }
  }

  /** The rules that hold on an event, in the order they were given. */
  match(event: SigmaEvent): readonly Hit[] {
    const group = this.#groupOf.get(event.class) ?? this.#findGroup(event.class);
    if (group.isEmpty) return NONE;
    this.#collect(event, group.planOf(event.shape));
    if (this.#count === 0) return NONE;
    this.#look.at(event, this.#slotsOf.get(event.shape) ?? this.#findSlots(event.shape));
    let holding: number[] | null = null;
    for (let at = 0; at < this.#count; at++) {
      const number = this.#candidates[at]!;
      if (this.#programOf(number)(this.#look)) (holding ??= []).push(number);
    }
    if (holding === null) return NONE;
    return holding.sort((a, b) => a - b).map((number) => explained(this.rules[number]!, this.#programs, this.#look));
  }

  #collect(event: SigmaEvent, { steps, always }: Plan): void {
    this.#count = 0;
    this.#event++;
    this.#addAll(always);
    for (const { slot, search } of steps) {
      this.#search = search;
      if (search.needles !== null && !search.hasNumbers && event.text?.(slot) === true)
        search.needles.findInUnits(event.units!, event as { from: number; to: number }, this.#found);
      else this.#searchIn(event.value(slot), search);
    }
  }

  #searchIn(value: Value, search: Search): void {
    if (value === null) return;
    if (typeof value === 'object') {
      for (const one of value) this.#searchIn(one, search);
      return;
    }
    if (search.hasNumbers) {
      const number = numberOf(value);
      const rules = number === null ? undefined : search.ofNumber(number);
      if (rules !== undefined) this.#addAll(rules);
    }
    search.needles?.findInText(typeof value === 'string' ? value : String(value), this.#found);
  }

  #addAll(rules: readonly number[]): void {
    for (let at = 0; at < rules.length; at++) {
      const rule = rules[at]!;
      if (this.#tried[rule] === this.#event) continue;
      this.#tried[rule] = this.#event;
      this.#candidates[this.#count++] = rule;
    }
  }

  #cluesOf(number: number): Clues {
    return (this.#clues[number] ??= { of: cluesOf(this.rules[number]!, this.#usage) }).of;
  }

  #programOf(number: number): Program {
    return (this.#ofRule[number] ??= this.#programs.ofRule(this.rules[number]!));
  }

  #findGroup(of: EventClass): Group {
    const sources = [...this.#bySource].filter(([, { logsource }]) => isAny(logsource) || of.sources.some((has) => isOf(logsource, has)));
    const key = sources.map(([name]) => name).join('\n');
    let group = this.#groups.get(key);
    if (group === undefined) {
      const numbers = sources.flatMap(([, { numbers }]) => numbers).sort((a, b) => a - b);
      group = new Group(numbers.map((number) => ({ number, clues: this.#cluesOf(number) })));
      this.#groups.set(key, group);
    }
    this.#groupOf.set(of, group);
    return group;
  }

  #findSlots(shape: Shape): readonly (readonly number[] | undefined)[] {
    const slots: number[][] = [];
    for (const [slot, names] of shape.names.entries())
      for (const name of names) {
        const field = this.#programs.knownField(name);
        if (field !== undefined) (slots[field] ??= []).push(slot);
      }
    this.#slotsOf.set(shape, slots);
    return slots;
  }
}

/** Reads rules into one matcher; it may be used for any number of events, one at a time. */
export const compile = (rules: readonly Rule[]): Engine => new Engine(rules);
