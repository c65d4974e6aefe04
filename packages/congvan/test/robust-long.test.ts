import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDirective, SecretDocument, TextTooLong } from '../src/index.ts';
import type { ReadDocument, Span } from '../src/index.ts';

const OWN = new URL('./documents/', import.meta.url);
const SHARED = new URL('../../../../shared/data/dispatches/', import.meta.url);
const texts = [OWN, SHARED]
  .filter((directory) => existsSync(directory))
  .flatMap((directory) => readdirSync(directory).filter((name) => name.endsWith('.txt')).map((name) => readFileSync(new URL(name, directory), 'utf8'))); // prettier-ignore

function spansOf(document: ReadDocument): Span[] {
  return [
    ...Object.values<Span | null>({ ...document.spans }).filter((span) => span !== null),
    ...document.recipients.map((one) => one.span),
    ...document.bases.map((one) => one.span),
    ...document.requirements.flatMap((one) => [one.span, ...one.deadlines.map((deadline) => deadline.span)]),
    ...document.contacts.map((one) => one.span),
    ...document.copies.map((one) => one.span),
    ...document.attachments.flatMap((one) => [one.span, ...one.itemSpans]),
    ...document.warnings,
  ];
}

/** Reads; a secrecy mark that a mutation made is an answer, too. */
function readOrRefuse(text: string): ReadDocument | null {
  try {
    return readDirective(text);
  } catch (error) {
    if (error instanceof SecretDocument) return null;
    throw error;
  }
}

const PIECES = ['\n', '\n\n', '|', '**', '"', '“', '(', '1. ', 'a) ', 'Điều 9. ', 'I. ', ' ngày ', '/', '000.', 'Nơi nhận:', 'KT. ', ';', '\u0301', '\u200b', '\t', '   ', '{#', '<br>', '0912345678', '@a.vn', 'số 1/', 'Căn cứ ', '\ud83d']; // prettier-ignore

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 200 }),
  piece: fc.constantFrom(...PIECES),
  times: fc.nat({ max: 30 }),
});

test('no mutation of a document throws or gives a place outside of it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 12 }), (base, mutations) => {
      let text = base;
      for (const { at, cut, piece, times } of mutations) {
        const from = Math.floor(at * text.length);
        text = text.slice(0, from) + piece.repeat(times) + text.slice(from + cut);
      }
      const document = readOrRefuse(text);
      if (document === null) return;
      for (const span of spansOf(document)) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 4000 },
  );
});

test('a place in the text holds what was read there', () => {
  for (const text of texts) {
    const document = readOrRefuse(text);
    if (!document) continue;
    for (const one of [...document.recipients, ...document.copies]) {
      const printed = text
        .slice(one.span.start, one.span.end)
        .normalize('NFC')
        .replace(/<[^>]+>|[*\s|]+/g, '');
      expect(printed).toContain(one.text.replace(/[*\s|]+/g, '').slice(0, 20));
    }
    for (const { deadlines } of document.requirements) {
      for (const one of deadlines) expect(text.slice(one.span.start, one.span.end).normalize('NFC').replace(/\s+/g, ' ')).toBe(one.phrase);
    }
  }
});

test.each([
  ['one long line', (text: string) => text.replace(/\n/g, ' ')],
  ['lines as they are', (text: string) => text],
  ['blanks', (text: string) => text.replace(/ /g, '        ')],
  ['open quotations', (text: string) => text.replace(/\n/g, '\n“')],
  ['numbers everywhere', (text: string) => text.replace(/\n/g, '\n1. số 1/TT-B ngày ')],
])('a megabyte of %s is read in time', (_name, change) => {
  const base = texts.join('\n');
  const text = change(base.repeat(Math.ceil(1_000_000 / base.length)).slice(0, 1_000_000)).slice(0, 1_000_000);
  readOrRefuse(base);
  const start = performance.now();
  readOrRefuse(text);
  expect(performance.now() - start).toBeLessThan(2_000);
});

test.each([
  'ngày ',
  '.',
  '…',
  'số ',
  '0',
  '"',
  '|',
  ' - ',
  'a@',
  'của ',
  'trước ngày ',
  'Luật ',
  '(',
  'M Ậ ',
  '1.1.',
  'Ủy ban ',
  '; ',
  'chậm nhất ',
])('100,000 times %j is read in time', (piece) => {
  const start = performance.now();
  readOrRefuse(
    `Số: 1/UBND-VP\nKính gửi: A.\n\nCăn cứ ${piece.repeat(100_000)}\n1. Giao ${piece.repeat(100_000)}\n\nNơi nhận:\n- A;`.slice(
      0,
      1_000_000,
    ),
  );
  expect(performance.now() - start).toBeLessThan(2_000);
});

test('a text over the limit is refused with a clear error', () => {
  expect(() => readDirective('a'.repeat(2_000_001))).toThrow(TextTooLong);
  expect(() => readDirective('abc', { maxLength: 2 })).toThrow(/quá giới hạn/);
});

test('a composed and a decomposed text read the same', () => {
  for (const text of texts) {
    const plain = readOrRefuse(text.normalize('NFC'));
    const split = readOrRefuse(text.normalize('NFD'));
    expect(split?.requirements.map((one) => one.text)).toEqual(plain?.requirements.map((one) => one.text));
    expect(split?.issuer).toEqual(plain?.issuer);
  }
});
