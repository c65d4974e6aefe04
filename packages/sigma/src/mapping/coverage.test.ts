import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { mappingOf } from './clauses.ts';
import type { SourceForm } from './form.ts';
import { STANDARD } from './standard.ts';

const RULES = new URL('../../../../../shared/data/sigma-rules/', import.meta.url);
const present = existsSync(RULES);

/** A part that the mapping takes from the event can be anything. */
function covers(source: SourceForm, wanted: SourceForm): boolean {
  return (['product', 'category', 'service'] as const).every((part) => {
    const has = source[part];
    return wanted[part] === undefined || has === wanted[part] || has?.startsWith('{') === true;
  });
}

function logsources(): SourceForm[] {
  if (!present) return [];
  const found = new Map<string, SourceForm>();
  for (const name of readdirSync(RULES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yml'))) {
    const section = /^logsource:\n((?: .*\n)+)/m.exec(readFileSync(new URL(encodeURI(name), RULES), 'utf8'))?.[0];
    const { product, category, service } = (load(section ?? 'logsource: {}') as { logsource: Record<string, string> }).logsource;
    const source = { ...(product && { product }), ...(category && { category }), ...(service && { service }) };
    found.set(JSON.stringify(source), source);
  }
  return [...found.values()];
}

describe.skipIf(!present)(`the log sources of SigmaHQ's rules${present ? '' : ' (../shared/data/sigma-rules is not here)'}`, () => {
  const wantedSources = logsources();
  const sources = [...mappingOf(STANDARD).clauses.values()].flat().flatMap((clause) => clause.sources);
  const declared = STANDARD.flatMap((file) => file.declared ?? []);

  it('are all told from the event, or said to be for the user to declare', () => {
    const open = wantedSources.filter(
      (wanted) => !sources.some((source) => covers(source, wanted)) && !declared.some(({ source }) => covers(source, wanted)),
    );
    expect(wantedSources.length).toBeGreaterThan(100);
    expect(open).toEqual([]);
  });

  it('are declared only where the event does not tell them, or not in every form', () => {
    for (const { source, note } of declared) {
      expect(note).not.toBe('');
      expect(wantedSources.some((wanted) => covers(source, wanted))).toBe(true);
    }
  });
});
