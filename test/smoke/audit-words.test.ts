import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');
const SOURCES = globSync(['packages/rooms/src/**/*.ts', 'apps/server/src/**/*.ts'], { cwd: ROOT }).filter(
  (file) => !file.endsWith('.test.ts') && !file.includes('node_modules'),
);

type Words = { action: Record<string, Record<string, string>>; subject: Record<string, string> };
const wordsIn = (language: string): Words =>
  JSON.parse(readFileSync(path.join(ROOT, `apps/web/src/rooms/audit/messages.${language}.json`), 'utf8')) as Words;

/** What stands behind `mark` in quotes, anywhere in the sources. */
function written(mark: RegExp): string[] {
  const found = SOURCES.flatMap((file) => [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(mark)].map((one) => one[1]!));
  return [...new Set(found)].toSorted();
}

describe('the page of the log', () => {
  it('has a word for every act that is written out in the sources, and for what it was done to', () => {
    const acts = written(/\baction: '([a-z-]+\.[a-z_]+)'/gu);
    const kinds = written(/\bsubject: \{ kind: '([a-z_-]+)'/gu);
    expect(acts.length).toBeGreaterThan(200);
    for (const language of ['vi', 'en']) {
      const { action, subject } = wordsIn(language);
      const wordless = acts.filter((act) => {
        const [room = '', verb = ''] = act.split('.');
        return !action[room]?.[verb];
      });
      expect([wordless, kinds.filter((kind) => !subject[kind])], language).toEqual([[], []]);
    }
  });
});
