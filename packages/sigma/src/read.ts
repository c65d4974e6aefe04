import type { RuleError, RuleSet } from './model.ts';
import type { Pipeline } from './pipeline.ts';
import { Actions } from './read/actions.ts';
import { Budget } from './read/budget.ts';
import { textAt } from './read/fields.ts';
import { Library } from './read/library.ts';
import { Report } from './read/problem.ts';
import type { Placed } from './read/rule.ts';
import { chunksOf, Source } from './read/source.ts';
import { documentsOf } from './read/yaml.ts';

export type ReadOptions = Partial<Pipeline>;

/**
 * Reads rules, correlations and filters from YAML files of one or several documents (Sigma specification 2.1). Nothing is thrown for what
 * the files say: a document that cannot be used is an error with its file, line and code, and costs no other document. A warning is
 * something that was used and is still to be looked at.
 */
export function readRules(files: Iterable<{ readonly name: string; readonly text: string }>, options: ReadOptions = {}): RuleSet {
  const { placeholders = {}, fields = {} } = options;
  const library = new Library({ placeholders, fields, budget: new Budget(), expressions: new Map(), chains: new Map() });
  for (const { name, text } of files) for (const placed of placedOf(new Source(name, text), library.errors)) library.add(placed);
  return library.finish();
}

/** With so many errors a file is no file of rules; the rest of it is not read. */
const mostErrors = 1000;

/** The documents of a file that describe something, with `action` documents worked into them. */
function* placedOf(source: Source, errors: RuleError[]): Generator<Placed> {
  const actions = new Actions();
  let document = -1;
  let wrong = 0;
  for (const chunk of chunksOf(source)) {
    const damaged = new Report(source);
    const nodes = damaged.try(() => documentsOf(source, chunk));
    errors.push(...damaged.errors);
    wrong += damaged.errors.length;
    if (!nodes) document++;
    for (const node of nodes ?? []) {
      document++;
      const report = new Report(source);
      const map = report.try(() => actions.next(node));
      errors.push(...report.errors);
      if (map) {
        report.rule = report.try(() => textAt(map, 'id') ?? textAt(map, 'name') ?? textAt(map, 'title'));
        yield { map, document, report };
      }
      wrong += report.errors.length;
    }
    if (wrong < mostErrors) continue;
    errors.push({
      file: source.name,
      line: source.lineAt(chunk.to),
      rule: null,
      code: 'too-many-errors',
      message: `more than ${mostErrors} errors: the rest of the file is not read`,
    });
    return;
  }
}
