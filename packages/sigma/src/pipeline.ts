import type { RuleError } from './model.ts';
import type { Placeholders } from './modifiers/expand.ts';
import { mapAt, nodeAt, textAt, textsAt } from './read/fields.ts';
import { Report, RuleProblem } from './read/problem.ts';
import { Source } from './read/source.ts';
import { documentsOf } from './read/yaml.ts';
import type { YamlMap } from './read/yaml.ts';

/** What an organisation adds to rules before they are used. */
export type Pipeline = {
  /** What `%name%` stands for where a value has `expand`; wildcards have their meaning. */
  readonly placeholders: Placeholders;
  /** Field names of rules → the names that the events have. */
  readonly fields: Readonly<Record<string, string>>;
};

/**
 * Reads a pipeline, YAML or JSON: `{placeholders: {name: [values]}, fields: {from: to}}`, both optional. Nothing is thrown for what the file
 * says: what cannot be used is an error, and the rest is given.
 */
export function readPipeline(file: { readonly name: string; readonly text: string }): {
  readonly pipeline: Pipeline;
  readonly errors: readonly RuleError[];
} {
  const source = new Source(file.name, file.text);
  const report = new Report(source);
  const placeholders = new Map<string, readonly string[]>();
  const fields = new Map<string, string>();
  const whole = report.try(() => documentOf(source));
  for (const name of whole?.entries.keys() ?? [])
    report.try(() => {
      if (whole && name === 'placeholders') eachOf(mapAt(whole, name), report, (map, key) => placeholders.set(key, textsAt(map, key)));
      else if (whole && name === 'fields') eachOf(mapAt(whole, name), report, (map, key) => fields.set(key, nameAt(map, key)));
      else
        throw new RuleProblem(
          'pipeline',
          `a pipeline has no "${name}"; there are placeholders and fields`,
          whole?.entries.get(name)?.at ?? 0,
        );
    });
  return { pipeline: { placeholders: Object.fromEntries(placeholders), fields: Object.fromEntries(fields) }, errors: report.errors };
}

function documentOf(source: Source): YamlMap {
  const [document, ...more] = documentsOf(source, { from: 0, to: source.text.length });
  if (document?.kind === 'map' && more.length === 0) return document;
  throw new RuleProblem('pipeline', 'a pipeline is one map with placeholders and fields', document?.at ?? 0);
}

function eachOf(map: YamlMap, report: Report, take: (map: YamlMap, key: string) => void): void {
  for (const key of map.entries.keys()) report.try(() => take(map, key));
}

function nameAt(map: YamlMap, key: string): string {
  const name = textAt(map, key);
  if (name === null || name === '')
    throw new RuleProblem('pipeline', `"${key}" is followed by the name of a field`, nodeAt(map, key)?.at ?? map.at);
  return name;
}
