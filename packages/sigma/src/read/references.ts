import type { Correlation, Fired, Rule } from '../model.ts';
import { RuleProblem } from './problem.ts';
import type { Report } from './problem.ts';

/** A correlation with the report of its document. */
export type Reported = { readonly correlation: Correlation; readonly report: Report; readonly at: number };

/** How many correlations may stand upon each other. */
const deepest = 100;

/**
 * Puts ids in the place of the names by which correlations refer to rules and to each other. Those that refer to what is not there, or to
 * themselves by a detour, are refused in their reports, and those that stand upon refused ones as well.
 */
export function resolved(rules: readonly Rule[], reported: readonly Reported[]): Correlation[] {
  const resolver = new Resolver(rules, reported);
  return reported.flatMap(({ correlation, report, at }) => {
    const outcome = resolver.outcome(correlation.id, 1);
    if (typeof outcome !== 'string') return [outcome];
    report.try(() => {
      throw new RuleProblem('reference', outcome, at);
    });
    return [];
  });
}

type Ids = ReadonlyMap<string, string | null>;

class Resolver {
  readonly #ids: Ids;
  readonly #waiting: ReadonlyMap<string, Correlation>;
  /** A text says why it is refused. */
  readonly #outcomes = new Map<string, Correlation | string>();

  constructor(rules: readonly Rule[], reported: readonly Reported[]) {
    const correlations = reported.map(({ correlation }) => correlation);
    this.#ids = idsOf([...rules, ...correlations]);
    this.#waiting = new Map(correlations.map((correlation) => [correlation.id, correlation]));
  }

  outcome(id: string, depth: number): Correlation | string {
    const known = this.#outcomes.get(id);
    if (known !== undefined) return known;
    this.#outcomes.set(id, 'it refers back to itself: break the circle');
    const correlation = this.#waiting.get(id);
    const outcome = correlation ? (this.#fault(correlation, depth) ?? withIds(correlation, this.#ids)) : 'it is not there';
    this.#outcomes.set(id, outcome);
    return outcome;
  }

  #fault({ rules, aliases }: Correlation, depth: number): string | null {
    if (depth > deepest) return `more than ${deepest} correlations stand upon each other`;
    const aliased = [...aliases.values()].flatMap((fields) => [...fields.keys()]);
    for (const name of [...rules, ...aliased]) {
      const target = this.#ids.get(name);
      if (target === undefined) return `there is no usable rule "${name}": load it as well, or correct its id or name`;
      if (target === null) return `several rules are called "${name}": refer to one by its id`;
      const beneath = this.#waiting.has(target) ? this.outcome(target, depth + 1) : null;
      if (typeof beneath === 'string') return `"${name}" cannot be used: ${beneath.slice(0, 200)}`;
    }
    return null;
  }
}

/** Ids by id and by name; a name of several documents has null. */
function idsOf(documents: readonly (Rule | Correlation)[]): Ids {
  const ids = new Map<string, string | null>();
  for (const { name, id } of documents) if (name !== null) ids.set(name, ids.has(name) ? null : id);
  for (const { id } of documents) ids.set(id, id);
  return ids;
}

function withIds(correlation: Correlation, ids: Ids): Correlation {
  const idOf = (rule: string) => ids.get(rule) ?? rule;
  const fired = (node: Fired): Fired => {
    if (node.op === 'rule') return { op: 'rule', rule: idOf(node.rule) };
    return node.op === 'not' ? { op: 'not', node: fired(node.node) } : { op: node.op, nodes: node.nodes.map(fired) };
  };
  return {
    ...correlation,
    rules: [...new Set(correlation.rules.map(idOf))],
    fired: correlation.fired && fired(correlation.fired),
    aliases: new Map(
      [...correlation.aliases].map(([alias, fields]) => [alias, new Map([...fields].map(([rule, field]) => [idOf(rule), field]))]),
    ),
  };
}
