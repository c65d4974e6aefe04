import type { Shape } from '../event.ts';
import { type Needle, Needles } from './needles.ts';
import type { Clue, Clues } from './clues.ts';

/** What is looked for in one field, or in all: each clue with the rules that are tried where it is seen. */
export class Search {
  /** Null where no text is looked for. */
  readonly needles: Needles | null;
  readonly #byNeedle: readonly (readonly number[])[];
  readonly #byNumber: ReadonlyMap<number, readonly number[]>;

  constructor(clues: ReadonlyMap<string, { readonly clue: Clue; readonly rules: readonly number[] }>) {
    const needles: Needle[] = [];
    const byNeedle: (readonly number[])[] = [];
    const byNumber = new Map<number, readonly number[]>();
    for (const { clue, rules } of clues.values()) {
      if (clue.kind === 'number') byNumber.set(clue.value, rules);
      if (clue.kind !== 'needle') continue;
      needles.push(clue.needle);
      byNeedle.push(rules);
    }
    this.needles = needles.length === 0 ? null : new Needles(needles);
    this.#byNeedle = byNeedle;
    this.#byNumber = byNumber;
  }

  get hasNumbers(): boolean {
    return this.#byNumber.size > 0;
  }

  ofNeedle(needle: number): readonly number[] {
    return this.#byNeedle[needle]!;
  }

  ofNumber(value: number): readonly number[] | undefined {
    return this.#byNumber.get(value);
  }
}

/** What is done for every event of one shape. */
export type Plan = {
  /** Which slots are searched, and for what. */
  readonly steps: readonly { readonly slot: number; readonly search: Search }[];
  /** Rules that are tried whatever the values are: nothing can be said of them, or only that a field is there. */
  readonly always: readonly number[];
};

type Wanted = Map<string, { clue: Clue; rules: number[] }>;

/**
 * The rules of one set of log sources with their index: for each rule what every event has on which it can hold (its clues), and
 * per field one search for all clues. Rules are numbered as in the engine.
 */
export class Group {
  readonly #byField = new Map<string, Search>();
  /** Looked for in every field. */
  readonly #anywhere: Search | null;
  readonly #byPresence = new Map<string, number[]>();
  readonly #always: number[] = [];
  readonly #plans = new WeakMap<Shape, Plan>();
  readonly isEmpty: boolean;

  /** @param rules by their numbers */
  constructor(rules: readonly { readonly number: number; readonly clues: Clues }[]) {
    this.isEmpty = rules.length === 0;
    const wanted = new Map<string | null, Wanted>();
    for (const { number, clues } of rules) {
      if (clues === null) this.#always.push(number);
      for (const clue of clues ?? []) this.#want(wanted, clue, number);
    }
    for (const [field, clues] of wanted) if (field !== null) this.#byField.set(field, new Search(clues));
    const anywhere = wanted.get(null);
    this.#anywhere = anywhere === undefined ? null : new Search(anywhere);
  }

  #want(wanted: Map<string | null, Wanted>, clue: Clue, rule: number): void {
    if (clue.kind === 'present') {
      const rules = this.#byPresence.get(clue.field);
      if (rules === undefined) this.#byPresence.set(clue.field, [rule]);
      else rules.push(rule);
      return;
    }
    const clues = wanted.get(clue.field) ?? new Map();
    wanted.set(clue.field, clues);
    const known = clues.get(clue.key);
    if (known === undefined) clues.set(clue.key, { clue, rules: [rule] });
    else if (known.rules.at(-1) !== rule) known.rules.push(rule);
  }

  planOf(shape: Shape): Plan {
    const known = this.#plans.get(shape);
    if (known !== undefined) return known;
    const steps: { slot: number; search: Search }[] = [];
    const always = new Set(this.#always);
    for (const [slot, names] of shape.names.entries()) {
      for (const name of names) {
        const search = this.#byField.get(name);
        if (search !== undefined) steps.push({ slot, search });
        for (const rule of this.#byPresence.get(name) ?? []) always.add(rule);
      }
      if (this.#anywhere !== null) steps.push({ slot, search: this.#anywhere });
    }
    const plan = { steps, always: [...always] };
    this.#plans.set(shape, plan);
    return plan;
  }
}
