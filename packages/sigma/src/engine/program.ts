import type { Value } from '../event.ts';
import { folded } from '../fold.ts';
import type { Item, Node, Rule, Test } from '../model.ts';
import { type Single, textOf } from '../values.ts';
import type { Look } from './look.ts';
import { pairTest, singleTest } from './single-test.ts';

/** Whether something holds on the event that is looked at. */
export type Program = (look: Look) => boolean;

/** Texts of one item that are compared without case, by where they stand: nearly all that rules ask. */
class PlainTexts {
  readonly #wholes = new Set<string>();
  readonly #starts: string[] = [];
  readonly #ends: string[] = [];
  readonly #insides: string[] = [];

  /** @returns whether the test is of this kind, and taken */
  take(test: Test): boolean {
    if (test.kind !== 'text' || test.cased) return false;
    const texts = test.pieces.filter((piece) => typeof piece === 'string');
    const wilds = test.pieces.filter((piece) => typeof piece !== 'string');
    if (texts.length > 1 || wilds.some(({ wild }) => wild === '?')) return false;
    const text = folded(texts[0] ?? '');
    const isOpenBefore = typeof test.pieces[0] === 'object';
    const isOpenBehind = typeof test.pieces.at(-1) === 'object';
    if (isOpenBefore && isOpenBehind) this.#insides.push(text);
    else if (isOpenBefore) this.#ends.push(text);
    else if (isOpenBehind) this.#starts.push(text);
    else this.#wholes.add(text);
    return true;
  }

  get size(): number {
    return this.#wholes.size + this.#starts.length + this.#ends.length + this.#insides.length;
  }

  holds(fold: string): boolean {
    if (this.#wholes.has(fold)) return true;
    for (const text of this.#ends) if (fold.endsWith(text)) return true;
    for (const text of this.#starts) if (fold.startsWith(text)) return true;
    for (const text of this.#insides) if (fold.includes(text)) return true;
    return false;
  }
}

/** One of plain texts in a field. */
function plainProgram(field: number, texts: PlainTexts): Program {
  const inList = (value: Single): boolean => value !== null && texts.holds(folded(textOf(value)!));
  return (look) => {
    for (const slot of look.slots(field)) {
      const fold = look.folded(slot);
      if (fold === null ? within(look.value(slot), inList) : texts.holds(fold)) return true;
    }
    return false;
  };
}

/** Whether a value, or one in the list that it is, passes. */
const within = (value: Value, passes: (value: Single) => boolean): boolean =>
  typeof value === 'object' && value !== null ? value.some((one) => within(one, passes)) : passes(value);

function anyOf(look: Look, field: number, passes: (value: Single) => boolean): boolean {
  for (const slot of look.slots(field)) if (within(look.value(slot), passes)) return true;
  return false;
}

function otherProgram(name: string, test: Test, numbered: (field: string) => number): Program {
  const field = numbered(name);
  if (test.kind === 'null') return (look) => look.slots(field).every((slot) => look.value(slot) === null);
  if (test.kind === 'exists') return (look) => look.slots(field).length > 0 === test.value;
  if (test.kind === 'fieldref') {
    const other = numbered(test.field);
    const holds = pairTest(test);
    return (look) => anyOf(look, field, (value) => anyOf(look, other, (against) => holds(value, against)));
  }
  const holds = singleTest(test);
  return (look) => anyOf(look, field, holds);
}

/** The tests of an item, each as a program; plain texts of which one must hold are one. */
function testPrograms({ field, tests, all }: Item & { field: string }, numbered: (field: string) => number): Program[] {
  const programs: Program[] = [];
  const number = numbered(field);
  let together = new PlainTexts();
  for (const test of tests) {
    if (!together.take(test)) programs.push(otherProgram(field, test, numbered));
    else if (all) {
      programs.push(plainProgram(number, together));
      together = new PlainTexts();
    }
  }
  return together.size > 0 ? [plainProgram(number, together), ...programs] : programs;
}

/** Keywords are tried on every value; with `all`, each of them may stand in another one. */
function keywordPrograms({ tests }: Item): Program[] {
  return tests.map((test) => {
    const holds = singleTest(test);
    return (look) => {
      const count = look.event.shape.names.length;
      for (let slot = 0; slot < count; slot++) if (within(look.value(slot), holds)) return true;
      return false;
    };
  });
}

/** Whether one test of an item is met by this value. */
export function meets({ tests }: Item, value: Value): boolean {
  return tests.some((test) => within(value, singleTest(test)));
}

const everyOf =
  (programs: readonly Program[]): Program =>
  (look) => {
    for (const program of programs) if (!program(look)) return false;
    return true;
  };

const someOf =
  (programs: readonly Program[]): Program =>
  (look) => {
    for (const program of programs) if (program(look)) return true;
    return false;
  };

const atLeastOf =
  (count: number, programs: readonly Program[]): Program =>
  (look) => {
    let holding = 0;
    for (const program of programs) if (program(look)) holding++;
    return holding >= count;
  };

const oneOr = (programs: Program[], join: (programs: readonly Program[]) => Program): Program =>
  programs.length === 1 ? programs[0]! : join(programs);

/** Rules as programs, over one numbering of fields. */
export class Programs {
  readonly #fields = new Map<string, number>();
  readonly #items = new WeakMap<Item, Program>();

  /** Numbers the fields of a rule; all rules are numbered before the first is worked out. */
  number({ selections, conditions }: Rule): void {
    const visit = (node: Node): void => {
      if (node.op === 'item') {
        if (node.field !== null) this.#numberOf(node.field);
        for (const test of node.tests) if (test.kind === 'fieldref') this.#numberOf(test.field);
      } else if (node.op === 'not') visit(node.node);
      else if (node.op !== 'selection') for (const one of node.nodes) visit(one);
    };
    for (const node of selections.values()) visit(node);
    for (const node of conditions) visit(node);
  }

  #numberOf(field: string): number {
    const known = this.#fields.get(field);
    if (known !== undefined) return known;
    this.#fields.set(field, this.#fields.size);
    return this.#fields.size - 1;
  }

  /** The number of a field that some rule asks for. */
  knownField(field: string): number | undefined {
    return this.#fields.get(field);
  }

  ofRule(rule: Rule): Program {
    return oneOr(
      rule.conditions.map((node) => this.ofNode(node, rule)),
      someOf,
    );
  }

  ofNode(node: Node, rule: Rule): Program {
    switch (node.op) {
      case 'item':
        return this.ofItem(node);
      case 'selection':
        return this.ofNode(rule.selections.get(node.name)!, rule);
      case 'not': {
        const program = this.ofNode(node.node, rule);
        return (look) => !program(look);
      }
      default: {
        const programs = node.nodes.map((one) => this.ofNode(one, rule));
        if (node.op === 'atLeast') return atLeastOf(node.count, programs);
        return oneOr(programs, node.op === 'and' ? everyOf : someOf);
      }
    }
  }

  ofItem(item: Item): Program {
    let program = this.#items.get(item);
    if (program === undefined) {
      const tests =
        item.field === null ? keywordPrograms(item) : testPrograms({ ...item, field: item.field }, (field) => this.#numberOf(field));
      const positive = oneOr(tests, item.all ? everyOf : someOf);
      program = item.negated ? (look) => !positive(look) : positive;
      this.#items.set(item, program);
    }
    return program;
  }
}
