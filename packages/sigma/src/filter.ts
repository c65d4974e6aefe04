import type { Logsource, Node, Rule } from './model.ts';
import { logsourceOf } from './read/about.ts';
import { selectionsOf } from './read/detection.ts';
import type { Reading } from './read/detection.ts';
import { mapAt, nodeAt, textAt, textsAt } from './read/fields.ts';
import { RuleProblem } from './read/problem.ts';
import { conditionsOf } from './read/rule.ts';
import type { Placed } from './read/rule.ts';
import type { YamlMap } from './read/yaml.ts';

/** A condition that is put upon other rules. */
export type Filter = {
  readonly title: string;
  readonly logsource: Logsource;
  /** Ids or names; null: every rule of the log source. */
  readonly rules: ReadonlySet<string> | null;
  /** What must hold besides the rule's own condition. */
  readonly besides: Node;
};

/** Reads a filter (filters specification); null where the report says why it cannot be used. */
export function filterOf({ map, report }: Placed, reading: Reading): Filter | null {
  const title = report.try(() => {
    const said = textAt(map, 'title');
    if (said === null) throw new RuleProblem('attribute', 'title is missing: say what the filter leaves out', map.at);
    return said;
  });
  const logsource = report.try(() => logsourceOf(map));
  const filtered = report.try(() => {
    const section = mapAt(map, 'filter');
    const rules = report.try(() => targetsOf(section));
    const selections = selectionsOf(section, ['rules', 'condition'], { report, reading });
    const conditions = conditionsOf(section, selections, { report, reading });
    return { rules, besides: besides({ op: 'or', nodes: conditions }, selections) };
  });
  return title !== null && logsource && filtered && report.errors.length === 0 ? { title, logsource, ...filtered } : null;
}

/** Whether the filter is meant for a rule: named by it, or by none in particular, and of its log source. */
export function filters(filter: Filter, rule: Rule): boolean {
  const named = filter.rules === null || filter.rules.has(rule.id) || (rule.name !== null && filter.rules.has(rule.name));
  return named && within(filter.logsource, rule.logsource);
}

/** The rule with the filters put upon each of its conditions. */
export function filtered(rule: Rule, by: readonly Filter[]): Rule {
  const besides = by.map((filter) => filter.besides);
  return { ...rule, conditions: rule.conditions.map((condition) => ({ op: 'and', nodes: [condition, ...besides] })) };
}

/** Whether a rule's log source says all that the filter's does. */
export function within(filter: Logsource, rule: Logsource): boolean {
  const fits = (part: keyof Logsource) => filter[part] === null || filter[part] === rule[part];
  return fits('category') && fits('product') && fits('service');
}

function targetsOf(section: YamlMap): ReadonlySet<string> | null {
  const node = nodeAt(section, 'rules');
  if (node?.kind === 'scalar' && /^(?:any|all)$/i.test(node.text)) return null;
  const rules = textsAt(section, 'rules');
  if (rules.length === 0) throw new RuleProblem('filter', 'rules is missing: list ids or names, or write any', node?.at ?? section.at);
  return new Set(rules);
}

/**
 * The specification's example says what is to be left out (`condition: selection`); other tools take what must hold besides the rule
 * (`condition: not selection`). Both leave the selection out, so a condition made of negations alone is taken as it is.
 */
function besides(condition: Node, selections: ReadonlyMap<string, Node>): Node {
  const whole = inlined(condition, selections);
  return onlyNegations(condition) ? whole : { op: 'not', node: whole };
}

function onlyNegations(node: Node): boolean {
  if (node.op === 'and' || node.op === 'or') return node.nodes.length > 0 && node.nodes.every(onlyNegations);
  return node.op === 'not';
}

/** The condition with each selection in the place of its name: the rule may have selections of the same names. */
function inlined(node: Node, selections: ReadonlyMap<string, Node>): Node {
  switch (node.op) {
    case 'selection':
      return selections.get(node.name) ?? node;
    case 'not':
      return { op: 'not', node: inlined(node.node, selections) };
    case 'and':
    case 'or':
      return { op: node.op, nodes: node.nodes.map((each) => inlined(each, selections)) };
    case 'atLeast':
      return { ...node, nodes: node.nodes.map((each) => inlined(each, selections)) };
    case 'item':
      return node;
  }
}
