import { folded } from '../fold.ts';
import type { Item, Node, Piece, Rule, Test } from '../model.ts';
import { canBeFound, type Needle } from './needles.ts';
import { literalsOf } from './regex-literals.ts';

/** Something that is seen in every event on which a rule, or one branch of it, can hold. `field` null: in any field. */
export type Clue = { readonly key: string } & (
  | { readonly kind: 'needle'; readonly field: string | null; readonly needle: Needle }
  | { readonly kind: 'number'; readonly field: string; readonly value: number }
  | { readonly kind: 'present'; readonly field: string }
);

/** At least one of them is seen wherever the rule holds; null where nothing can be said. */
export type Clues = readonly Clue[] | null;

/** How many rules have a clue: what many rules look for, many events have. */
export type Usage = ReadonlyMap<string, number>;

const LONGEST = 32;

const needleClue = (field: string | null, needle: Needle): Clue => ({
  kind: 'needle',
  key: `${needle.atStart ? '^' : ''}${needle.atEnd ? '$' : ''}|${field ?? '\0'}|${needle.text}`,
  field,
  needle,
});

/** How often an event that is none of the rule's has the clue, roughly; only the order matters. */
function cost(clue: Clue, usage: Usage): number {
  const uses = usage.get(clue.key) ?? 1;
  if (clue.kind === 'present') return 8;
  if (clue.kind === 'number') return 0.5 + uses / 10;
  const { text, atStart, atEnd } = clue.needle;
  const anchored = (atStart ? 2 : 0) + (atEnd ? 2 : 0);
  return uses * 2 ** (-Math.min(text.length + anchored, 24) / 4);
}

const sum = (clues: readonly Clue[], usage: Usage): number => clues.reduce((total, clue) => total + cost(clue, usage), 0);

/** The clues of one of several branches that all must hold: the rarest. */
function best(branches: readonly Clues[], usage: Usage): Clues {
  let found: Clues = null;
  let least = Infinity;
  for (const clues of branches) {
    if (clues === null) continue;
    const price = sum(clues, usage);
    if (price < least) [found, least] = [clues, price];
  }
  return found;
}

/** The clues of branches of which one must hold: all of them, or nothing where one says nothing. */
function union(branches: readonly Clues[]): Clues {
  const all: Clue[] = [];
  for (const clues of branches) {
    if (clues === null) return null;
    all.push(...clues);
  }
  return all;
}

/** The longest text of a pattern, cut to what tells enough. */
function needleOf(pieces: readonly Piece[]): Needle | null {
  let longest: { text: string; at: number } | null = null;
  for (const [at, piece] of pieces.entries())
    if (typeof piece === 'string' && piece.length > (longest?.text.length ?? 0)) longest = { text: piece, at };
  if (longest === null) return null;
  const { text, at } = longest;
  const isCut = text.length > LONGEST;
  // The end is kept: paths and keys begin alike and end differently.
  return { text: folded(isCut ? text.slice(-LONGEST) : text), atStart: at === 0 && !isCut, atEnd: at === pieces.length - 1 };
}

function ofTest(field: string | null, test: Test): Clues {
  const present: Clues = field === null ? null : [{ kind: 'present', key: `p|${field}`, field }];
  switch (test.kind) {
    case 'text': {
      const needle = needleOf(test.pieces);
      return needle !== null && canBeFound(needle) ? [needleClue(field, needle)] : present;
    }
    case 'regex': {
      const text = literalsOf(test.source, test.flags).toSorted((a, b) => b.length - a.length)[0] ?? '';
      const needle = { text: folded(text.slice(-LONGEST)), atStart: false, atEnd: false };
      return canBeFound(needle) ? [needleClue(field, needle)] : present;
    }
    case 'number':
      return field === null ? null : [{ kind: 'number', key: `n|${field}|${test.value}`, field, value: test.value }];
    case 'null':
      return null;
    case 'exists':
      return test.value ? present : null;
    default:
      return present;
  }
}

const known = new WeakMap<Item, readonly Clues[]>();

/** The clues of each test of an item; worked out once, as all rules are counted before the first is looked at. */
function ofTests(item: Item): readonly Clues[] {
  let clues = known.get(item);
  if (clues === undefined) known.set(item, (clues = item.tests.map((test) => ofTest(item.field, test))));
  return clues;
}

function ofItem(item: Item, usage: Usage): Clues {
  if (item.negated || item.tests.length === 0) return null;
  return item.all ? best(ofTests(item), usage) : union(ofTests(item));
}

/** What every event has on which the node holds. */
function ofNode(node: Node, rule: Rule, usage: Usage): Clues {
  switch (node.op) {
    case 'item':
      return ofItem(node, usage);
    case 'selection':
      return ofNode(rule.selections.get(node.name)!, rule, usage);
    case 'not':
      return null;
    case 'and':
      return best(
        node.nodes.map((one) => ofNode(one, rule, usage)),
        usage,
      );
    case 'or':
      return union(node.nodes.map((one) => ofNode(one, rule, usage)));
    case 'atLeast':
      return node.count < 1 ? null : union(node.nodes.map((one) => ofNode(one, rule, usage)));
  }
}

/** The clues by which events are found that the rule has to be tried on; null: on all. */
export const cluesOf = (rule: Rule, usage: Usage): Clues => union(rule.conditions.map((node) => ofNode(node, rule, usage)));

/** Counts what rules look for. */
export function usageOf(rules: readonly Rule[]): Usage {
  const usage = new Map<string, number>();
  const visit = (node: Node, seen: Set<string>): void => {
    if (node.op === 'item') {
      for (const clues of ofTests(node)) for (const { key } of clues ?? []) seen.add(key);
    } else if (node.op === 'not') visit(node.node, seen);
    else if (node.op !== 'selection') for (const one of node.nodes) visit(one, seen);
  };
  for (const { selections } of rules) {
    const seen = new Set<string>();
    for (const node of selections.values()) visit(node, seen);
    for (const key of seen) usage.set(key, (usage.get(key) ?? 0) + 1);
  }
  return usage;
}
