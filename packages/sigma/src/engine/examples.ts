import fc from 'fast-check';
import type { Value } from '../event.ts';
import type { Item, Node, Piece, Rule, Test } from '../model.ts';
import { singleTest } from './single-test.ts';

/** Examples of events for a rule, made from the rule itself: for tests. */

/** Fields that an event must have, each with the tests that its value must pass. */
type Wishes = Map<string, Test[]>;

/** What stands for a wildcard; not in any rule. */
const FILL = 'qzj';

const textLike = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.wild === '?' ? 'q' : '')).join('');

function regexExample(source: string, flags: string): string | null {
  try {
    const plain = source.replace(/^\(\?[ims]+\)/u, '');
    const pattern = new RegExp(plain, flags.replaceAll(/[^ims]/gu, ''));
    const holds = singleTest({ kind: 'regex', source, flags });
    return fc.sample(fc.stringMatching(pattern, { maxLength: 400 }), { seed: 7, numRuns: 20 }).find(holds) ?? null;
  } catch {
    return null;
  }
}

/** A value that passes all tests; null where none was thought of. */
function valueFor(tests: readonly Test[]): Value {
  const texts = tests.filter((test) => test.kind === 'text');
  const regexes = tests.filter((test) => test.kind === 'regex');
  const other = tests.find((test) => test.kind !== 'text' && test.kind !== 'regex');
  if (other !== undefined) return tests.length === 1 ? otherValue(other) : null;
  const open = (piece: Piece | undefined): boolean => typeof piece === 'object' && piece.wild === '*';
  const whole = texts.find(({ pieces }) => !open(pieces[0]) && !open(pieces.at(-1)));
  if (whole !== undefined) return textLike(whole.pieces);
  const starts = texts.filter(({ pieces }) => !open(pieces[0]));
  const ends = texts.filter(({ pieces }) => open(pieces[0]) && !open(pieces.at(-1)));
  const insides = texts.filter((test) => !starts.includes(test) && !ends.includes(test));
  const samples = regexes.map(({ source, flags }) => regexExample(source, flags));
  if (samples.includes(null)) return null;
  const parts = [
    ...starts.map(({ pieces }) => textLike(pieces)),
    FILL,
    ...insides.map(({ pieces }) => textLike(pieces)),
    ...samples,
    ...ends.map(({ pieces }) => textLike(pieces)),
  ];
  return parts.join(regexes.length > 0 ? '' : ' ');
}

function otherValue(test: Test): Value {
  switch (test.kind) {
    case 'number':
    case 'boolean':
      return test.value;
    case 'cidr':
      return test.network.length === 4
        ? test.network.join('.')
        : Array.from({ length: 8 }, (_, at) => ((test.network[at * 2]! << 8) | test.network[at * 2 + 1]!).toString(16)).join(':');
    case 'compare':
      return test.by.startsWith('l') ? test.value - (test.by === 'lt' ? 1 : 0) : test.value + (test.by === 'gt' ? 1 : 0);
    case 'null':
      return null;
    default:
      return '';
  }
}

const wish = (wishes: Wishes, field: string, tests: readonly Test[]): void => {
  wishes.set(field, [...(wishes.get(field) ?? []), ...tests]);
};

/** The fields that a `not` looks at are there, with a value that nothing looks for. */
function fieldsOf(node: Node, rule: Rule): readonly string[] {
  if (node.op === 'item') return node.field === null ? [] : [node.field];
  if (node.op === 'selection') return fieldsOf(rule.selections.get(node.name)!, rule);
  return (node.op === 'not' ? [node.node] : node.nodes).flatMap((one) => fieldsOf(one, rule));
}

/** Notes what makes a node hold, where it is to hold; which of several branches is taken depends on `turn`. */
function want(node: Node, rule: Rule, { wishes, turn }: { wishes: Wishes; turn: number }): void {
  switch (node.op) {
    case 'item':
      wantItem(node, { wishes, turn });
      return;
    case 'selection':
      want(rule.selections.get(node.name)!, rule, { wishes, turn });
      return;
    case 'and':
      for (const one of node.nodes) want(one, rule, { wishes, turn });
      return;
    case 'or':
      if (node.nodes.length > 0) want(node.nodes[turn % node.nodes.length]!, rule, { wishes, turn });
      return;
    case 'atLeast':
      for (let at = 0; at < node.count; at++) want(node.nodes[(turn + at) % node.nodes.length]!, rule, { wishes, turn });
      return;
    case 'not':
      for (const field of fieldsOf(node.node, rule)) wish(wishes, field, []);
      return;
  }
}

function wantItem({ field, tests, all, negated }: Item, { wishes, turn }: { wishes: Wishes; turn: number }): void {
  if (negated) return wish(wishes, field ?? 'message', []);
  const picked = all ? tests : [tests[turn % tests.length]!];
  for (const test of picked) {
    if (test.kind === 'null' || (test.kind === 'exists' && !test.value)) continue;
    if (test.kind === 'fieldref') {
      const same: Test = { kind: 'text', pieces: ['same'], cased: false };
      wish(wishes, field ?? 'message', [same]);
      wish(wishes, test.field, [same]);
    } else wish(wishes, field ?? 'message', [test]);
  }
}

/** Fields of an event on which the rule should hold, one per turn; other turns take other branches. */
export function exampleOf(rule: Rule, turn: number): Map<string, Value> {
  const wishes: Wishes = new Map();
  want(rule.conditions[0]!, rule, { wishes, turn });
  return new Map([...wishes].map(([field, tests]) => [field, tests.length === 0 ? FILL : valueFor(tests)]));
}

/** The same event with one field nearly as before: a character more within, one less at an end, another number. */
export function* nearMissesOf(example: ReadonlyMap<string, Value>): Generator<Map<string, Value>> {
  for (const [field, value] of example) {
    if (typeof value === 'number') yield new Map(example).set(field, value + 1);
    if (typeof value !== 'string') continue;
    const middle = value.length >> 1;
    for (const near of [value.slice(1), value.slice(0, -1), `${value.slice(0, middle)}\u0416${value.slice(middle)}`, '\u0416'])
      yield new Map(example).set(field, near);
  }
}
