import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventsIn, JsonValues } from './json-values.ts';
import type { Damage } from './json-values.ts';

function read(text: string, pieceBytes = 7): { values: unknown[]; damages: Damage[] } {
  const damages: Damage[] = [];
  const reader = new JsonValues((damage) => damages.push(damage));
  const bytes = Buffer.from(text);
  const values: unknown[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) values.push(...reader.push(bytes.subarray(at, at + pieceBytes)));
  values.push(...reader.end());
  return { values, damages };
}

const EVENTS = [{ a: 'Đ}{"\\' }, { b: { c: [1, { d: null }] } }, { e: '' }];

test.each([
  ['one a line', EVENTS.map((event) => JSON.stringify(event)).join('\n')],
  ['one a line, with blank lines and CRLF', `\uFEFF${EVENTS.map((event) => JSON.stringify(event)).join('\r\n\r\n')}\r\n`],
  ['over many lines', EVENTS.map((event) => JSON.stringify(event, null, 2)).join('\n')],
  ['side by side', EVENTS.map((event) => JSON.stringify(event)).join('')],
  ['one array', JSON.stringify(EVENTS)],
  ['one array over many lines', `  ${JSON.stringify(EVENTS, null, 4)}\n`],
])('%s', (_name, text) => {
  for (const pieceBytes of [1, 7, 1000]) expect(read(text, pieceBytes)).toEqual({ values: EVENTS, damages: [] });
});

test('any events in any form and any pieces come out as they went in', () => {
  const events = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(events, fc.constantFrom('lines', 'pretty', 'array'), fc.integer({ min: 1, max: 50 }), (given, form, pieceBytes) => {
      const one = (event: object): string => JSON.stringify(event, null, form === 'pretty' ? 1 : 0);
      const text = form === 'array' ? JSON.stringify(given) : given.map(one).join('\n');
      expect(read(text, pieceBytes)).toEqual({ values: JSON.parse(JSON.stringify(given)), damages: [] });
    }),
    { numRuns: 300 },
  );
});

test('a damaged line is told and left out', () => {
  expect(read('{"a":1}\n{"a":\nno\n3\n{"a":2}')).toEqual({
    values: [{ a: 1 }, { a: 2 }],
    damages: [2, 3, 4].map((line) => ({ line, reason: 'syntax' })),
  });
});

test('after a damaged value over many lines reading goes on at the next of its own column, not within', () => {
  const [first, second, third] = EVENTS.map((event) => JSON.stringify(event, null, 2));
  const inArray = `[\n  {"a": 1},\n  {\n    "b": "no end,\n    "c": [\n    {"d": 1}\n    ]\n  },\n  {"e": 2}\n]`;
  for (const pieceBytes of [1, 7, 1000]) {
    const cut = `${first}\n${second!.slice(0, -1)}\n${third}`;
    expect(read(cut, pieceBytes)).toEqual({ values: [EVENTS[0], EVENTS[2]], damages: [{ line: 4, reason: 'cut-off' }] });
    expect(read(inArray, pieceBytes)).toEqual({ values: [{ a: 1 }, { e: 2 }], damages: [{ line: 3, reason: 'syntax' }] });
  }
});

test('what is too deep, too long or no event at all ends soon', () => {
  const deep = read(`${'{"a":'.repeat(100_000)}\n{"a": 1}`, 2 ** 16);
  expect(deep.damages).toEqual([{ line: 1, reason: 'too-deep' }]);
  expect(deep.values).toEqual([{ a: 1 }]);
  const long = read(`{"a":1}\n{"a":"${'x'.repeat(2 ** 24)}"}\n{"a":2}`, 2 ** 20);
  expect(long.damages).toEqual([{ line: 2, reason: 'too-long' }]);
  expect(long.values.length).toBe(2);
  expect(read('[["x", 1], ["y", 2]]')).toEqual({ values: [], damages: [{ line: 1, reason: 'syntax' }] });
  expect(read('{\n'.repeat(20_000), 2 ** 16).values).toEqual([]);
});

test('events are found in what exports put around them', () => {
  expect([...eventsIn({ Records: [{ eventName: 'x' }, { eventName: 'y' }] })]).toEqual([{ eventName: 'x' }, { eventName: 'y' }]);
  expect([...eventsIn({ hits: { total: 1, hits: [{ _index: 'i', _source: { a: 1 } }] } })]).toEqual([{ _index: 'i', _source: { a: 1 } }]);
  expect([...eventsIn({ value: 'a field', Records: 3 })]).toEqual([{ value: 'a field', Records: 3 }]);
});
