import fc from 'fast-check';
import type { EventClass, Shape, SigmaEvent, Value } from '../event.ts';
import type { Item, Node, Piece, Rule, Test } from '../model.ts';

/** Rules and events over few fields and few letters, so that they meet often. */
const FIELDS = ['f', 'g', 'h', 'with space'];
const LETTERS = ['a', 'A', 'b', '\\', '.', 'ß', 'Σ', 'ς', 'İ', 'ſ', 'K', 'đ', '1', '2', '\u{1F40C}'];

const short = fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 4 });
const piece: fc.Arbitrary<Piece> = fc.oneof(
  short.filter((text) => text !== ''),
  fc.constantFrom<Piece>({ wild: '*' }, { wild: '?' }),
);
const ANY: Piece = { wild: '*' };
const textPieces = (text: string): string[] => (text === '' ? [] : [text]);
const few = fc.constantFrom(0, 1, 2, 12, 1.5);
const times = ['2026-01-01T10:20:00Z', '2025-12-29 23:59:59.123', 'x', '2024'] as const;

const textTest: fc.Arbitrary<Test> = fc.record({
  kind: fc.constant('text' as const),
  pieces: fc.oneof(
    fc.array(piece, { maxLength: 4 }),
    short.map((text): Piece[] => [ANY, ...textPieces(text), ANY]),
    short.map((text): Piece[] => [ANY, ...textPieces(text)]),
    short.map((text): Piece[] => [...textPieces(text), ANY]),
  ),
  cased: fc.boolean(),
});
const regexTest: fc.Arbitrary<Test> = fc.record({
  kind: fc.constant('regex' as const),
  source: fc.constantFrom('a+b', '^a', '(?:a|b)1', 'b\\.', 'aa?b', '[ab]{2}1', 'đ', 'sa|b', 'ka', 'a.b'),
  flags: fc.constantFrom('', 'i', 's', 'im'),
});
const addressTest: fc.Arbitrary<Test> = fc.constantFrom<Test>(
  { kind: 'cidr', network: [10, 0, 0, 0], bits: 8 },
  { kind: 'cidr', network: [192, 168, 1, 128], bits: 25 },
  { kind: 'cidr', network: [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], bits: 33 },
);
const otherTest: fc.Arbitrary<Test> = fc.oneof(
  few.map((value): Test => ({ kind: 'number', value })),
  fc.boolean().map((value): Test => ({ kind: 'boolean', value })),
  fc.constantFrom('lt', 'lte', 'gt', 'gte').chain((by) => few.map((value): Test => ({ kind: 'compare', by, value }))),
  fc.constant<Test>({ kind: 'null' }),
  fc.boolean().map((value): Test => ({ kind: 'exists', value })),
  fc.record({
    kind: fc.constant('fieldref' as const),
    field: fc.constantFrom(...FIELDS),
    place: fc.constantFrom('whole', 'start', 'end', 'inside'),
    cased: fc.boolean(),
  }),
  fc.constantFrom<Test>(
    { kind: 'time', part: 'hour', by: 'gte', value: 10 },
    { kind: 'time', part: 'week', by: 'eq', value: 1 },
    { kind: 'time', part: 'year', by: 'lt', value: 2026 },
  ),
);

const fieldItem: fc.Arbitrary<Item> = fc.record({
  op: fc.constant('item' as const),
  field: fc.constantFrom(...FIELDS),
  tests: fc.array(fc.oneof({ weight: 6, arbitrary: textTest }, regexTest, addressTest, otherTest), { minLength: 1, maxLength: 4 }),
  all: fc.boolean(),
  negated: fc.boolean(),
});
const keywordItem: fc.Arbitrary<Item> = fc.record({
  op: fc.constant('item' as const),
  field: fc.constant(null),
  tests: fc.array(fc.oneof(textTest, regexTest), { minLength: 1, maxLength: 3 }),
  all: fc.boolean(),
  negated: fc.constant(false),
});

const NAMES = ['s1', 's2', 's3'];
const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: fc.constantFrom(...NAMES).map((name): Node => ({ op: 'selection', name })) },
    tie('node').map((one): Node => ({ op: 'not', node: one })),
    fc.record({ op: fc.constantFrom('and' as const, 'or' as const), nodes: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ op: fc.constant('atLeast' as const), count: fc.nat(3), nodes: fc.array(tie('node'), { minLength: 1, maxLength: 3 }) }),
  ),
}));
const items = fc.array(fc.oneof({ weight: 5, arbitrary: fieldItem }, keywordItem), { minLength: 1, maxLength: 3 });
const selection: fc.Arbitrary<Node> = fc.record({ op: fc.constantFrom('and' as const, 'or' as const), nodes: items });

const LOGSOURCE = { category: 'process_creation', product: 'windows', service: null };
const ABOUT = { name: null, title: 't', level: 'low' as const, status: null, author: null, license: null, description: null };
const LISTS = { references: [], falsepositives: [], tags: [], origin: { file: 'f', document: 0, line: 1 } };

export const randomRule: fc.Arbitrary<Rule> = fc
  .record({ parts: fc.tuple(selection, selection, selection), conditions: fc.array(node, { minLength: 1, maxLength: 2 }) })
  .map(({ parts, conditions }) => ({
    ...ABOUT,
    ...LISTS,
    id: 'r',
    kind: 'rule',
    logsource: LOGSOURCE,
    selections: new Map(parts.map((one, at) => [NAMES[at]!, one])),
    conditions,
  }));

const single: fc.Arbitrary<Value> = fc.oneof(
  { weight: 5, arbitrary: fc.array(short, { maxLength: 3 }).map((parts) => parts.join('')) },
  fc.constantFrom('10.1.2.3', '192.168.1.200', '2001:db8::1', '::ffff:10.0.0.1', 'true', '1', '12', '', ...times),
  few,
  fc.constantFrom(1n, true, false, null),
);
export const randomFields: fc.Arbitrary<ReadonlyMap<string, Value>> = fc
  .dictionary(fc.constantFrom(...FIELDS, 'other'), fc.oneof({ weight: 5, arbitrary: single }, fc.array(single, { maxLength: 3 })))
  .map((fields) => new Map(Object.entries(fields)));

const CLASS: EventClass = { key: 'test', sources: [{ category: 'process_creation', product: 'windows', service: 'sysmon' }] };

const shapes = new Map<string, Shape>();

function shapeOf(names: readonly string[]): Shape {
  const key = names.join('\n');
  const shape = shapes.get(key) ?? { names: names.map((name) => [name]) };
  shapes.set(key, shape);
  return shape;
}

/** An event with these fields; `asUnits` gives its texts as code units where they are texts. */
export function eventWith(fields: ReadonlyMap<string, Value>, asUnits: boolean, of: EventClass = CLASS): SigmaEvent {
  const values = [...fields.values()];
  const event = {
    class: of,
    shape: shapeOf([...fields.keys()]),
    units: new Uint16Array(0),
    from: 0,
    to: 0,
    value: (slot: number): Value => values[slot]!,
    text(slot: number): boolean {
      const value = values[slot];
      if (!asUnits || typeof value !== 'string') return false;
      event.units = Uint16Array.from({ length: value.length + 2 }, (_, at) => value.charCodeAt(at - 1));
      event.from = 1;
      event.to = value.length + 1;
      return true;
    },
    time: () => null,
  };
  return event;
}
