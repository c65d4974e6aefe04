import { addressBytes } from './address.ts';
import type { Value } from './event.ts';
import { folded } from './fold.ts';
import type { Comparison, Item, Node, Piece, Rule, Test } from './model.ts';
import { leading } from './modifiers/address.ts';
import { regexOf } from './modifiers/regex.ts';
import { clockTimeOf, partOf } from './time.ts';
import { numberOf, textOf } from './values.ts';
import type { Single } from './values.ts';

/** The fields of an event by the names that rules use. A field that is not there is absent; one that is `null` is there. */
export type Fields = ReadonlyMap<string, Value>;

/**
 * Whether a rule holds for an event, worked out word by word from the rule: the reference that the engine is compared with. It does not
 * look at the log source.
 */
export function evaluate(rule: Pick<Rule, 'selections' | 'conditions'>, fields: Fields): { readonly verdict: boolean } {
  return { verdict: rule.conditions.some((condition) => holds(condition, rule, fields)) };
}

function holds(node: Node, rule: Pick<Rule, 'selections'>, fields: Fields): boolean {
  switch (node.op) {
    case 'item':
      return itemHolds(node, fields) !== node.negated;
    case 'and':
      return node.nodes.every((each) => holds(each, rule, fields));
    case 'or':
      return node.nodes.some((each) => holds(each, rule, fields));
    case 'not':
      return !holds(node.node, rule, fields);
    case 'atLeast':
      return node.nodes.filter((each) => holds(each, rule, fields)).length >= node.count;
    case 'selection': {
      const selection = rule.selections.get(node.name);
      return selection !== undefined && holds(selection, rule, fields);
    }
  }
}

/** One test is enough, or with `all` each must hold; which value of the event meets it does not matter. */
function itemHolds({ field, tests, all }: Item, fields: Fields): boolean {
  const met = (test: Test) =>
    field === null ? [...fields.values()].some((value) => testHolds(test, value, fields)) : fieldTestHolds(test, field, fields);
  return all ? tests.every(met) : tests.some(met);
}

/** Presence and null are said of the field; every other test of its value. Modifier appendix: `exists` minds neither an empty value nor null. */
function fieldTestHolds(test: Test, field: string, fields: Fields): boolean {
  if (test.kind === 'exists') return fields.has(field) === test.value;
  const value = fields.get(field) ?? null;
  return test.kind === 'null' ? value === null : testHolds(test, value, fields);
}

/** A list holds where one of its values does. */
function testHolds(test: Test, value: Value, fields: Fields): boolean {
  if (isList(value)) return value.some((each) => testHolds(test, each, fields));
  if (test.kind !== 'fieldref') return singleHolds(test, value);
  return refers(test, value, fields.get(test.field) ?? null);
}

function singleHolds(test: Exclude<Test, { kind: 'fieldref' }>, value: Single): boolean {
  const text = textOf(value);
  switch (test.kind) {
    case 'null':
    case 'exists':
      return false;
    case 'text':
      return text !== null && covers(test.pieces, text, test.cased);
    case 'regex':
      return text !== null && regexOf(test).test(text);
    case 'cidr':
      return text !== null && lies(text, test);
    case 'boolean':
      return text !== null && folded(text) === String(test.value);
    case 'number':
      return numberOf(value) === test.value;
    case 'compare':
      return compared(numberOf(value), test.by, test.value);
    case 'time': {
      const time = clockTimeOf(value);
      return time !== null && compared(partOf(time, test.part), test.by, test.value);
    }
  }
}

/** Whether the pieces cover the whole text: follows every place that can be reached, piece by piece. */
function covers(pieces: readonly Piece[], text: string, cased: boolean): boolean {
  const whole = cased ? text : folded(text);
  let places = new Set([0]);
  for (const piece of pieces) {
    const next = new Set<number>();
    if (typeof piece === 'string') {
      const part = cased ? piece : folded(piece);
      for (const place of places) if (whole.startsWith(part, place)) next.add(place + part.length);
    } else if (piece.wild === '?') {
      for (const place of places) if (place < whole.length) next.add(place + 1);
    } else {
      for (let place = Math.min(...places); place <= whole.length; place++) next.add(place);
    }
    places = next;
    if (places.size === 0) return false;
  }
  return places.has(whole.length);
}

function lies(text: string, { network, bits }: Extract<Test, { kind: 'cidr' }>): boolean {
  const bytes = addressBytes(text);
  return bytes !== null && bytes.length === network.length && leading(bytes, bits).join() === leading(network, bits).join();
}

function refers(test: Extract<Test, { kind: 'fieldref' }>, value: Single, other: Value): boolean {
  if (isList(other)) return other.some((each) => refers(test, value, each));
  const [text, part] = [value, other].map((each) => {
    const own = textOf(each);
    return own === null || test.cased ? own : folded(own);
  });
  if (typeof text !== 'string' || typeof part !== 'string') return false;
  const { place } = test;
  if (place === 'whole') return text === part;
  return place === 'start' ? text.startsWith(part) : place === 'end' ? text.endsWith(part) : text.includes(part);
}

/** Nothing is true of what is no number. */
export function compared(number: number | null, by: Comparison | 'eq' | 'neq', against: number): boolean {
  if (number === null) return false;
  switch (by) {
    case 'lt':
      return number < against;
    case 'lte':
      return number <= against;
    case 'gt':
      return number > against;
    case 'gte':
      return number >= against;
    case 'eq':
      return number === against;
    case 'neq':
      return number !== against;
  }
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
