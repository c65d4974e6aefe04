import { readdirSync, readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import type { Value } from '../event.ts';
import type { RuleError, RuleSet } from '../model.ts';
import { readPipeline } from '../pipeline.ts';
import { readRules } from '../read.ts';

/**
 * The suite is a set of Sigma files. Beside what Sigma knows, a document says what is to come of it: `cases` of events, `sequences` of
 * events for correlations, `refused` for what cannot be used, `warns` for what is used with a warning.
 */
export type Document = {
  readonly title?: string;
  readonly cases?: readonly (readonly ['hit' | 'miss', Readonly<Record<string, Value>>, string])[];
  readonly sequences?: readonly Sequence[];
  readonly refused?: readonly [code: string, words: string];
  readonly warns?: string;
  readonly pipeline?: unknown;
};

/** Events as [seconds, fields]; `completes` is the place of the event, from 0, at which the correlation holds for the first time. */
export type Sequence = {
  readonly why: string;
  readonly events: readonly (readonly [seconds: number, fields: Readonly<Record<string, Value>>])[];
  readonly completes: number | 'never';
};

export type SuiteFile = {
  readonly file: string;
  readonly documents: readonly Document[];
  readonly rules: RuleSet;
  /** @returns what was found wrong with a document, by its place in the file */
  readonly errorsOf: (document: number) => readonly RuleError[];
  readonly warningsOf: (document: number) => readonly RuleError[];
};

const folder = new URL('./', import.meta.url);

/** Every file of the suite, read as users' files are. */
export function suite(): SuiteFile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      const documents = loadAll(text) as Document[];
      const { pipeline } = readPipeline({ name: file, text: JSON.stringify(documents[0]?.pipeline ?? {}) });
      const rules = readRules([{ name: file, text }], pipeline);
      const starts = startsOf(text);
      const within = (records: readonly RuleError[]) => (document: number) =>
        records.filter(({ line }) => line >= (starts[document] ?? 0) && line < (starts[document + 1] ?? Infinity));
      return { file, documents, rules, errorsOf: within(rules.errors), warningsOf: within(rules.warnings) };
    });
}

/** The line on which each document begins. */
function startsOf(text: string): number[] {
  return text.split('\n').flatMap((line, at) => (at === 0 || line === '---' ? [at + 1] : []));
}
