import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { directiveLine, readDirective } from '../src/index.ts';
import { shape } from './compare.ts';

const EXPECTED = new URL('./expected/', import.meta.url);
const OWN = new URL('./documents/', import.meta.url);
const SHARED = new URL('../../../../shared/data/dispatches/', import.meta.url);

function expected(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(name, EXPECTED), 'utf8')) as Record<string, unknown>;
}

function read(directory: URL, file: string): Record<string, unknown> {
  return shape(directiveLine(file, readDirective(readFileSync(new URL(file, directory), 'utf8')))) as Record<string, unknown>;
}

function compare(actual: Record<string, unknown>, wanted: Record<string, unknown>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(wanted).sort());
  for (const [field, value] of Object.entries(wanted)) expect(actual[field], field).toEqual(value);
}

const own = readdirSync(OWN).filter((name) => name.endsWith('.txt'));
test.each(own)('reads %s field by field', (file) => {
  compare(read(OWN, file), expected(file.replace('.txt', '.json')));
});

/** As a page prints it: no line over 85 characters. */
function wrapped(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.length > 85 && !line.includes('|') ? line.replace(/(.{40,84}) /g, '$1\n') : line))
    .join('\n');
}

test.each(own)('reads %s broken by the width of a page as it reads it whole', (file) => {
  const text = readFileSync(new URL(file, OWN), 'utf8');
  const flat = (line: string): unknown =>
    JSON.parse(JSON.stringify(shape(directiveLine(file, readDirective(line)))).replaceAll(String.raw`\n`, ' '));
  expect(flat(wrapped(text))).toEqual(flat(text));
});

const present = existsSync(SHARED);
const dispatches = present ? readdirSync(SHARED).filter((name) => name.endsWith('.txt')) : ['(../shared/data/dispatches is not here)'];
test.skipIf(!present).each(dispatches)('reads the dispatch %s field by field', (file) => {
  compare(read(SHARED, file), expected(`dispatch-${file.replace('.txt', '.json')}`));
});

test('the keys of a line stand in the order of the contract', () => {
  const line = directiveLine('a.txt', readDirective('Số: 1/UBND-VP\nKính gửi: A.'));
  expect(Object.keys(line)).toEqual(
    'file kind number code issuer place date subject urgency secrecy recipients bases requirements contacts copies signer attachments warnings'.split(
      ' ',
    ),
  );
  expect(Object.keys(line.signer)).toEqual(['authority', 'title', 'name']);
});
