import type { Expression } from '../condition.ts';
import type { Item, Node, Test } from '../model.ts';
import { chainOf } from '../modifiers/chain.ts';
import type { Chain } from '../modifiers/chain.ts';
import { testsOf } from '../modifiers/tests.ts';
import type { Placeholders } from '../modifiers/expand.ts';
import type { Budget } from './budget.ts';
import { RuleProblem } from './problem.ts';
import type { Report } from './problem.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from './yaml.ts';

/** What holds for all documents read together. */
export type Reading = {
  readonly placeholders: Placeholders;
  /** Field names of rules → the names that the events have. */
  readonly fields: Readonly<Record<string, string>>;
  readonly budget: Budget;
  /** Conditions and modifiers are worked out once: many rules say the same. */
  readonly expressions: Map<string, Expression>;
  readonly chains: Map<string, Chain>;
};

/**
 * Reads the search identifiers of a `detection` or `filter` section (rules specification, "Search-Identifier"). Problems go to the report,
 * item by item.
 */
export function selectionsOf(
  section: YamlMap,
  apart: readonly string[],
  { report, reading }: { report: Report; reading: Reading },
): Map<string, Node> {
  const reader = new SelectionReader(report, reading);
  const selections = new Map<string, Node>();
  for (const [name, { value }] of section.entries) {
    if (apart.includes(name)) continue;
    const node = report.try(() => reader.selection(value));
    // A selection that could not be read still counts as one: the condition that names it is not to be blamed.
    selections.set(name, node ?? { op: 'or', nodes: [] });
  }
  return selections;
}

class SelectionReader {
  readonly #report: Report;
  readonly #reading: Reading;

  constructor(report: Report, reading: Reading) {
    this.#report = report;
    this.#reading = reading;
  }

  selection(node: YamlNode): Node {
    if (node.kind === 'scalar') return this.#keywords([node]);
    if (node.kind === 'map') return this.#map(node);
    if (node.items.length === 0) throw new RuleProblem('selection', 'the list is empty: give it values or remove the selection', node.at);
    const keywords = node.items.filter((item): item is YamlScalar => item.kind === 'scalar');
    const nodes = keywords.length > 0 ? [this.#keywords(keywords)] : [];
    for (const item of node.items) {
      if (item.kind === 'list')
        throw new RuleProblem('selection', 'a list stands within a list: write its values in the outer one', item.at);
      if (item.kind === 'map') nodes.push(this.#map(item));
    }
    return one('or', nodes);
  }

  #map({ entries, at }: YamlMap): Node {
    if (entries.size === 0) throw new RuleProblem('selection', 'the map is empty: give it fields or remove the selection', at);
    const nodes: Node[] = [];
    for (const [key, entry] of entries) {
      const node = this.#report.try(() => this.#item(key, entry));
      if (node) nodes.push(node);
    }
    return one('and', nodes);
  }

  #keywords(values: readonly YamlScalar[]): Node {
    return this.#built({ field: null, chain: keywordChain(this.#chain('', 0)), values, at: values[0]?.at ?? 0 });
  }

  #item(key: string, { at, value }: YamlEntry): Node {
    const bar = key.indexOf('|');
    const written = bar === -1 ? key : key.slice(0, bar);
    const modifiers = bar === -1 ? '' : key.slice(bar);
    const chain = this.#chain(modifiers, at);
    const field = written === '' ? null : fieldName(this.#reading, written);
    if (field === null && (chain.type === 'fieldref' || chain.type === 'exists' || chain.type === 'compare' || chain.type === 'time'))
      throw new RuleProblem('modifier-combination', `${key} needs a field before it`, at);
    const values = value.kind === 'list' ? value.items : [value];
    if (values.length === 0) throw new RuleProblem('value', `"${key}" has an empty list of values`, value.at);
    const scalars = values.map((item) => {
      if (item.kind === 'scalar') return item;
      throw new RuleProblem('value', `a value of "${key}" is a ${item.kind}: write a field within a field as outer.inner`, item.at);
    });
    if (chain.all && scalars.length === 1)
      this.#report.warn('all-single', `"${key}" has one value, where all has no meaning: remove all`, at);
    if (scalars.length > 1 && scalars.some((item) => item.value === null))
      this.#report.warn('null-in-list', `"${key}" has null among other values: write a selection of its own for it`, at);
    return this.#built({ field, chain: field === null ? keywordChain(chain) : chain, values: scalars, at });
  }

  #chain(modifiers: string, at: number): Chain {
    const { chains } = this.#reading;
    const chain = chains.get(modifiers) ?? chainOf(modifiers.split('|').slice(1), at);
    chains.set(modifiers, chain);
    return chain;
  }

  #built({ field, chain, values, at }: { field: string | null; chain: Chain; values: readonly YamlScalar[]; at: number }): Node {
    const warn = (code: string, message: string, place: number) => this.#report.warn(code, message, place);
    const { placeholders, budget } = this.#reading;
    const perValue = values.map((value) =>
      testsOf(value, chain, { placeholders, budget, warn }).map((test) => renamed(test, this.#reading)),
    );
    const item = (tests: readonly Test[], all: boolean): Item => ({ op: 'item', field, tests, all, negated: chain.neq });
    for (const tests of perValue) for (let each = 0; each < tests.length; each++) budget.take(0, at);
    // "Different from the specified values": from each of them, whether or not `all` is said.
    if (!chain.all || chain.neq) return item(perValue.flat(), false);
    if (perValue.every((tests) => tests.length === 1)) return item(perValue.flat(), true);
    return one(
      'and',
      perValue.map((tests) => item(tests, false)),
    );
  }
}

/** A keyword is looked for within the values, unless it says where it stands. */
function keywordChain(chain: Chain): Chain {
  const placed = chain.steps.some((step) => step === 'contains' || step === 'startswith' || step === 'endswith');
  return chain.type !== 'text' || placed ? chain : { ...chain, steps: [...chain.steps, 'contains'] };
}

function renamed(test: Test, reading: Reading): Test {
  return test.kind === 'fieldref' ? { ...test, field: fieldName(reading, test.field) } : test;
}

/** The name that events have for a field of a rule. */
export function fieldName({ fields }: Reading, name: string): string {
  return Object.hasOwn(fields, name) ? (fields[name] ?? name) : name;
}

function one(op: 'and' | 'or', nodes: readonly Node[]): Node {
  const [only] = nodes;
  return nodes.length === 1 && only ? only : { op, nodes };
}
