import { conditionOf, expressionOf } from '../condition.ts';
import type { Node, Rule } from '../model.ts';
import { aboutOf, logsourceOf } from './about.ts';
import { selectionsOf } from './detection.ts';
import type { Reading } from './detection.ts';
import { mapAt, nodeAt } from './fields.ts';
import { RuleProblem } from './problem.ts';
import type { Report } from './problem.ts';
import type { YamlMap } from './yaml.ts';

/** A document with its place among those of its file, counted from 0. */
export type Placed = { readonly map: YamlMap; readonly document: number; readonly report: Report };

/** Reads a rule; null where the report says why it cannot be used. */
export function ruleOf({ map, document, report }: Placed, reading: Reading): Rule | null {
  const about = report.try(() => aboutOf(map, document, report));
  const logsource = report.try(() => logsourceOf(map));
  const detected = report.try(() => detectionOf(mapAt(map, 'detection'), report, reading));
  return about && logsource && detected && report.errors.length === 0 ? { kind: 'rule', ...about, logsource, ...detected } : null;
}

/** The selections and conditions of a `detection`; every condition of a list is tried. */
function detectionOf(section: YamlMap, report: Report, reading: Reading): Pick<Rule, 'selections' | 'conditions'> {
  const timeframe = section.entries.get('timeframe');
  if (timeframe)
    report.try(() => {
      throw new RuleProblem(
        'condition-deprecated',
        'timeframe is no longer part of Sigma: write a correlation document with a timespan',
        timeframe.at,
      );
    });
  const selections = selectionsOf(section, ['condition', 'timeframe'], { report, reading });
  return { selections, conditions: conditionsOf(section, selections, { report, reading }) };
}

export function conditionsOf(
  section: YamlMap,
  selections: ReadonlyMap<string, Node>,
  { report, reading }: { report: Report; reading: Reading },
): Node[] {
  const node = nodeAt(section, 'condition');
  if (!node) throw new RuleProblem('condition', 'condition is missing', section.at);
  const items = node.kind === 'list' ? node.items : [node];
  if (items.length === 0) throw new RuleProblem('condition', 'the list of conditions is empty', node.at);
  return items.flatMap((item) => {
    const condition = report.try(() => {
      if (item.kind !== 'scalar') throw new RuleProblem('condition', `a condition is a ${item.kind} and should be a text`, item.at);
      const expression = reading.expressions.get(item.text) ?? expressionOf(item.text, item.at);
      reading.expressions.set(item.text, expression);
      return conditionOf(expression, { selections, budget: reading.budget, at: item.at });
    });
    return condition ? [condition] : [];
  });
}
