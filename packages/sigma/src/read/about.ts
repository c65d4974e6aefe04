import type { About, Level, Logsource } from '../model.ts';
import { mapAt, nodeAt, textAt, textsAt } from './fields.ts';
import { RuleProblem } from './problem.ts';
import type { Report } from './problem.ts';
import type { YamlMap } from './yaml.ts';

const levels: readonly string[] = ['informational', 'low', 'medium', 'high', 'critical'] satisfies Level[];

/**
 * What a document says of itself. Where only the description of a rule is amiss, the rule still works: that is a warning.
 *
 * @param document counted from 0 within the file
 * @throws {RuleProblem} `attribute` for the title and the level
 */
export function aboutOf(map: YamlMap, document: number, report: Report): About {
  const title = textAt(map, 'title');
  if (title === null || title.trim() === '') throw new RuleProblem('attribute', 'title is missing: say what the rule detects', map.at);
  const told = <Value>(read: () => Value, otherwise: Value): Value => {
    try {
      return read();
    } catch (thrown) {
      if (!(thrown instanceof RuleProblem)) throw thrown;
      report.warn(thrown.code, thrown.message, thrown.at);
      return otherwise;
    }
  };
  const text = (key: string) => told(() => textAt(map, key), null);
  const name = textAt(map, 'name');
  return {
    id: textAt(map, 'id') ?? name ?? title,
    name,
    title,
    level: levelOf(map),
    status: text('status'),
    author: told(() => textsAt(map, 'author').join(', ') || null, null),
    license: text('license'),
    description: text('description'),
    references: told(() => textsAt(map, 'references'), []),
    falsepositives: told(() => textsAt(map, 'falsepositives'), []),
    tags: told(() => textsAt(map, 'tags'), []),
    origin: { file: report.source.name, document, line: report.source.lineAt(map.at) },
  };
}

/** What the log source names, in lower case. @throws {RuleProblem} `logsource` where it is missing or names nothing */
export function logsourceOf(map: YamlMap): Logsource {
  if (!nodeAt(map, 'logsource')) throw new RuleProblem('logsource', 'logsource is missing: say category, product or service', map.at);
  const section = mapAt(map, 'logsource');
  const said = (key: string) => textAt(section, key)?.trim().toLowerCase() || null;
  const source = { category: said('category'), product: said('product'), service: said('service') };
  if (source.category === null && source.product === null && source.service === null)
    throw new RuleProblem('logsource', 'logsource names neither category nor product nor service', section.at);
  return source;
}

function levelOf(map: YamlMap): Level {
  const said = textAt(map, 'level');
  if (said === null) return 'medium';
  const level = said.trim().toLowerCase();
  if (isLevel(level)) return level;
  throw new RuleProblem('attribute', `level is "${said}"; there are ${levels.join(', ')}`, nodeAt(map, 'level')?.at ?? map.at);
}

function isLevel(text: string): text is Level {
  return levels.includes(text);
}
