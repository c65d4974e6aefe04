import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '..');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((file) => join(source, file));
const messages = files.filter((file) => /messages\.(vi|en)\.json$/.test(file));
const code = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));

function keysOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value).flatMap(([name, inner]) => keysOf(inner, prefix === '' ? name : `${prefix}.${name}`));
}

/** Keys with their plural endings taken off: English has two forms where Vietnamese has one. */
function keysIn(file: string): Set<string> {
  return new Set(keysOf(JSON.parse(readFileSync(file, 'utf8'))).map((key) => key.replace(/_(one|other)$/, '')));
}

const namespaces = new Map(
  messages.filter((file) => file.endsWith('.vi.json')).map((file) => [basename(dirname(file)), keysIn(file)] as const),
);

interface Use {
  place: string;
  namespace: string;
  key: string;
}

/** `t('a.b')`, `t('room:a.b')`, `` t(`a.${x}`) `` and `t(cond ? 'a' : 'b')` of one file. */
function usesIn(file: string): Use[] {
  const text = readFileSync(file, 'utf8');
  const own = /useTranslation\('([\w-]+)'\)/.exec(text)?.[1] ?? /rooms\/([\w-]+)\//.exec(file)?.[1] ?? 'ui';
  const calls = [...text.matchAll(/\bt\(((?:[^()'"`]*(?:'[^']*'|`[^`]*`))+?)[^'`]*?[,)]/g)];
  return calls.flatMap(([, inner = '']) =>
    [...inner.matchAll(/'([\w.:-]+)'|`([\w.:-]+)\$\{[^`]*`/g)]
      .map(([, whole, start]) => whole ?? `${start ?? ''}*`)
      .filter((key) => !/^[a-z-]+$/.test(key) || !/===\s*$/.test(inner.slice(0, inner.indexOf(`'${key}'`))))
      .map((key) => {
        const [first = '', second] = key.split(':');
        return { place: file.slice(source.length + 1), namespace: second === undefined ? own : first, key: second ?? first };
      }),
  );
}

describe('messages', () => {
  it.each(messages.filter((file) => file.endsWith('.vi.json')))('%s has the same keys in English', (vietnamese) => {
    expect(keysIn(vietnamese.replace('.vi.json', '.en.json'))).toEqual(keysIn(vietnamese));
  });

  it('none is empty', () => {
    for (const file of messages) expect(readFileSync(file, 'utf8'), file).not.toMatch(/:\s*""/);
  });

  it('no key used in the code is missing', () => {
    const uses = code.flatMap(usesIn);
    expect(uses.length).toBeGreaterThan(100);
    const missing = uses.filter(({ namespace, key }) => {
      const keys = [...(namespaces.get(namespace) ?? [])];
      return key.endsWith('*') ? !keys.some((known) => known.startsWith(key.slice(0, -1))) : !keys.includes(key);
    });
    expect(missing).toEqual([]);
  });
});
