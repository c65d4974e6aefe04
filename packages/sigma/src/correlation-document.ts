import { expressionOf } from './condition.ts';
import type { Expression } from './condition.ts';
import type { Correlation, CorrelationCondition, CorrelationType, Fired } from './model.ts';
import { aboutOf } from './read/about.ts';
import { fieldName } from './read/detection.ts';
import type { Reading } from './read/detection.ts';
import { mapAt, nodeAt, textAt, textsAt } from './read/fields.ts';
import { RuleProblem } from './read/problem.ts';
import type { Placed } from './read/rule.ts';
import type { YamlMap, YamlNode } from './read/yaml.ts';
import { numberOf } from './values.ts';

const types: readonly string[] = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] satisfies CorrelationType[];
const operators: readonly string[] = ['lt', 'lte', 'gt', 'gte', 'eq', 'neq'];
const attributes: readonly string[] = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate'];
/** A month and a year are the mean ones of the Gregorian calendar. @unit milliseconds */
const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_629_746_000,
  y: 31_556_952_000,
};

/**
 * Reads a correlation (correlation rules specification); its rules are still as they are written, ids or names. Null where the report says
 * why it cannot be used.
 */
export function correlationOf({ map, document, report }: Placed, reading: Reading): Correlation | null {
  const about = report.try(() => aboutOf(map, document, report));
  const section = report.try(() => mapAt(map, 'correlation'));
  if (!section) return null;
  for (const [key, { at }] of section.entries)
    if (!attributes.includes(key))
      report.warn('attribute', `correlation has no attribute "${key}"; there are ${attributes.join(', ')}`, at);
  const type = report.try(() => typeOf(section));
  const timespan = report.try(() => timespanOf(section));
  const aliases = report.try(() => aliasesOf(section, reading));
  const generate = report.try(() => generateOf(map) || generateOf(section));
  const groups = report.try(() => textsAt(section, 'group-by'));
  const when = type && report.try(() => whenOf(section, type));
  const rules = when && report.try(() => rulesOf(section, when.fired));
  if (!about || !type || timespan === null || !aliases || generate === null || !groups || !when || !rules) return null;
  if (when.condition?.percentile === null && type === 'value_percentile')
    report.warn('percentile', 'condition says no percentile: 50 is taken, the median', section.at);
  if (report.errors.length > 0) return null;
  const condition = when.condition && {
    ...when.condition,
    fields: when.condition.fields.map((field) => fieldName(reading, field)),
    percentile: type === 'value_percentile' ? (when.condition.percentile ?? 50) : null,
  };
  const groupBy = groups.map((field) => (aliases.has(field) ? field : fieldName(reading, field)));
  return { kind: 'correlation', ...about, type, rules, groupBy, timespan, condition, fired: when.fired, aliases, generate };
}

function typeOf(section: YamlMap): CorrelationType {
  const said = textAt(section, 'type');
  if (said !== null && isType(said)) return said;
  throw new RuleProblem(
    'correlation',
    `type is ${said === null ? 'missing' : `"${said}"`}; there are ${types.join(', ')}`,
    at(section, 'type'),
  );
}

function isType(text: string): text is CorrelationType {
  return types.includes(text);
}

function timespanOf(section: YamlMap): number {
  const said = textAt(section, 'timespan');
  const [, count, unit] = /^(\d{1,9})([smhdwMy])$/.exec(said ?? '') ?? [];
  const span = Number(count) * (units[unit ?? ''] ?? Number.NaN);
  if (span > 0 && Number.isSafeInteger(span)) return span;
  const problem = said === null ? 'timespan is missing' : `timespan is "${said}"`;
  throw new RuleProblem('correlation', `${problem}: write a number and s, m, h, d, w, M or y, as in 90m`, at(section, 'timespan'));
}

function generateOf(map: YamlMap): boolean {
  const node = nodeAt(map, 'generate');
  if (!node) return false;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  throw new RuleProblem('correlation', 'generate is followed by true or false', node.at);
}

type When = { readonly condition: CorrelationCondition | null; readonly fired: Fired | null };

function whenOf(section: YamlMap, type: CorrelationType): When {
  const node = nodeAt(section, 'condition');
  const temporal = type === 'temporal' || type === 'temporal_ordered';
  if (!node) {
    if (temporal) return { condition: null, fired: null };
    throw new RuleProblem('correlation', `condition is missing: ${type} needs a number to reach, as in gte: 10`, section.at);
  }
  if (node.kind === 'map') return { condition: boundsOf(node, type), fired: null };
  if (node.kind === 'scalar' && temporal) return { condition: null, fired: firedOf(expressionOf(node.text, node.at), node.at) };
  throw new RuleProblem(
    'correlation',
    `condition is a ${node.kind === 'list' ? 'list' : 'text'} and should be a map, as in gte: 10`,
    node.at,
  );
}

function boundsOf(map: YamlMap, type: CorrelationType): CorrelationCondition {
  const bounds: CorrelationCondition['bounds'][number][] = [];
  for (const [key, entry] of map.entries) {
    if (isOperator(key)) bounds.push({ by: key, value: numberIn(entry.value, key) });
    else if (key !== 'field' && key !== 'percentile')
      throw new RuleProblem('correlation', `condition has no "${key}"; there are ${operators.join(', ')}, field, percentile`, entry.at);
  }
  if (bounds.length === 0)
    throw new RuleProblem('correlation', `condition has no number to reach: write one of ${operators.join(', ')}`, map.at);
  const fields = textsAt(map, 'field');
  const valued = type.startsWith('value_');
  if (valued && fields.length === 0) throw new RuleProblem('correlation', `condition names no field, which ${type} needs`, map.at);
  if (!valued && fields.length > 0)
    throw new RuleProblem('correlation', `condition names a field, which ${type} does not look at: remove it`, at(map, 'field'));
  if (fields.length > 1 && type !== 'value_count') throw new RuleProblem('correlation', `${type} takes one field`, at(map, 'field'));
  const node = nodeAt(map, 'percentile');
  if (node && type !== 'value_percentile') throw new RuleProblem('correlation', 'percentile belongs to value_percentile', node.at);
  const percentile = node && numberIn(node, 'percentile');
  if (percentile !== null && (percentile < 0 || percentile > 100))
    throw new RuleProblem('correlation', 'percentile is from 0 to 100', at(map, 'percentile'));
  return { bounds, fields, percentile };
}

function isOperator(key: string): key is CorrelationCondition['bounds'][number]['by'] {
  return operators.includes(key);
}

function numberIn(node: YamlNode, key: string): number {
  const number = node.kind === 'scalar' ? numberOf(node.value) : null;
  if (number === null || !Number.isFinite(number)) throw new RuleProblem('correlation', `${key} is followed by a number`, node.at);
  return number;
}

function firedOf(expression: Expression, place: number): Fired {
  switch (expression.op) {
    case 'name':
      return { op: 'rule', rule: expression.name };
    case 'not':
      return { op: 'not', node: firedOf(expression.node, place) };
    case 'and':
    case 'or':
      return { op: expression.op, nodes: expression.nodes.map((node) => firedOf(node, place)) };
    case 'of':
      throw new RuleProblem('correlation', 'a condition over rules names each of them: "of" belongs to selections', place);
  }
}

/** The rules listed; a condition over rules may stand for the list. */
function rulesOf(section: YamlMap, fired: Fired | null): string[] {
  const named = fired ? [...new Set(namesOf(fired))] : [];
  const rules = textsAt(section, 'rules');
  if (rules.length === 0 && named.length === 0)
    throw new RuleProblem('correlation', 'rules is missing: name the rules that are correlated', section.at);
  if (rules.length === 0) return named;
  const twice = rules.find((rule, place) => rules.indexOf(rule) !== place);
  if (twice !== undefined) throw new RuleProblem('correlation', `rules names ${twice} twice`, at(section, 'rules'));
  const stray = named.find((rule) => !rules.includes(rule));
  if (stray !== undefined)
    throw new RuleProblem('correlation', `the condition names ${stray}, which is not among its rules`, at(section, 'condition'));
  return rules;
}

function namesOf(fired: Fired): string[] {
  if (fired.op === 'rule') return [fired.rule];
  return fired.op === 'not' ? namesOf(fired.node) : fired.nodes.flatMap(namesOf);
}

function aliasesOf(section: YamlMap, reading: Reading): Map<string, ReadonlyMap<string, string>> {
  const aliases = new Map<string, ReadonlyMap<string, string>>();
  if (!nodeAt(section, 'aliases')) return aliases;
  const written = mapAt(section, 'aliases');
  for (const alias of written.entries.keys()) {
    const rules = mapAt(written, alias);
    const fields = [...rules.entries.keys()].map((rule): [string, string] => {
      const field = textAt(rules, rule);
      if (field === null) throw new RuleProblem('correlation', `the alias ${alias} says no field for ${rule}`, at(rules, rule));
      return [rule, fieldName(reading, field)];
    });
    aliases.set(alias, new Map(fields));
  }
  return aliases;
}

function at(map: YamlMap, key: string): number {
  return map.entries.get(key)?.at ?? map.at;
}
