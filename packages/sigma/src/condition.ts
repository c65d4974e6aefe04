import type { Node, Piece } from './model.ts';
import { coveredBy } from './pattern.ts';
import type { Budget } from './read/budget.ts';
import { RuleProblem } from './read/problem.ts';

/** A boolean expression as written, before its names are looked up. */
export type Expression =
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'of'; readonly count: number | 'all'; readonly pattern: string }
  | { readonly op: 'and' | 'or'; readonly nodes: readonly Expression[] }
  | { readonly op: 'not'; readonly node: Expression };

const ANY: Piece = { wild: '*' };
const limits = { length: 65_536, depth: 64 } as const;

type Token = { readonly text: string; readonly at: number };

/**
 * Reads a condition (rules specification, "Condition"): `or` binds least, then `and`, `not`, `N of`, parentheses. Its words are read
 * whatever their case.
 *
 * @param at where the condition stands, for problems
 * @throws {RuleProblem} `condition`, whose message gives the column within the condition; `condition-deprecated`
 */
export function expressionOf(text: string, at: number): Expression {
  if (text.length > limits.length) throw new RuleProblem('condition', `the condition is longer than ${limits.length} characters`, at);
  const tokens = Array.from(text.matchAll(/[()|]|[^\s()|]+/g), (found): Token => ({ text: found[0], at: found.index }));
  return new Parser(tokens, text.length, at).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #length: number;
  readonly #at: number;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], length: number, at: number) {
    this.#tokens = tokens;
    this.#length = length;
    this.#at = at;
  }

  whole(): Expression {
    if (this.#tokens.length === 0) throw this.#wrong('the condition is empty');
    const expression = this.#chain('or');
    const rest = this.#tokens[this.#next];
    if (rest) throw this.#wrong(rest.text === ')' ? 'this ")" closes nothing' : `"and" or "or" is missing before "${rest.text}"`);
    return expression;
  }

  #chain(op: 'or' | 'and'): Expression {
    const operand = () => (op === 'or' ? this.#chain('and') : this.#not());
    const first = operand();
    const nodes = [first];
    while (this.#word(op)) nodes.push(operand());
    return nodes.length === 1 ? first : { op, nodes };
  }

  #not(): Expression {
    let negations = 0;
    while (this.#word('not')) negations++;
    const node = this.#operand();
    // Twice not is nothing; a long row of them would only deepen the tree.
    return negations === 0 ? node : negations % 2 === 1 ? { op: 'not', node } : { op: 'not', node: { op: 'not', node } };
  }

  #operand(): Expression {
    const token = this.#tokens[this.#next];
    if (!token) throw this.#wrong('the condition ends where a selection is expected');
    if (token.text === '|') throw this.#deprecated('an aggregation behind "|"');
    if (token.text === ')') throw this.#wrong('a selection is expected before ")"');
    if (token.text === '(') return this.#group();
    const count = this.#quantity();
    if (count !== null) return this.#of(count);
    if (/^(?:and|or|of)$/i.test(token.text)) throw this.#wrong(`a selection is expected before "${token.text}"`);
    if (/^near$/i.test(token.text)) throw this.#deprecated('"near"');
    if (token.text.includes('*')) throw this.#wrong(`write "1 of ${token.text}" or "all of ${token.text}"`);
    this.#next++;
    if (/^(?:near)$/i.test(this.#tokens[this.#next]?.text ?? '')) throw this.#deprecated('"near"');
    if (this.#tokens[this.#next]?.text === '|') throw this.#deprecated('an aggregation behind "|"');
    return { op: 'name', name: token.text };
  }

  #group(): Expression {
    if (++this.#depth > limits.depth) throw this.#wrong(`parentheses stand more than ${limits.depth} deep`);
    this.#next++;
    const inner = this.#chain('or');
    if (this.#tokens[this.#next]?.text !== ')') throw this.#wrong('a ")" is missing');
    this.#next++;
    this.#depth--;
    if (this.#tokens[this.#next]?.text === '|') throw this.#deprecated('an aggregation behind "|"');
    return inner;
  }

  /** `1 of`, `all of`, `any of`: the number, without what it is of. */
  #quantity(): number | 'all' | null {
    const token = this.#tokens[this.#next];
    if (!token || !/^of$/i.test(this.#tokens[this.#next + 1]?.text ?? '')) return null;
    if (/^all$/i.test(token.text)) return 'all';
    if (/^any$/i.test(token.text)) return 1;
    if (!/^\d{1,6}$/.test(token.text)) throw this.#wrong(`"${token.text} of": write a number, "all" or "any"`);
    if (Number(token.text) === 0) throw this.#wrong('"0 of" always holds: write "not 1 of"');
    return Number(token.text);
  }

  #of(count: number | 'all'): Expression {
    this.#next += 2;
    const pattern = this.#tokens[this.#next];
    if (!pattern || /^[()|]$/.test(pattern.text))
      throw this.#wrong('"of" is followed by "them" or by the name of selections, as in selection_*');
    this.#next++;
    if (this.#tokens[this.#next]?.text === '|') throw this.#deprecated('an aggregation behind "|"');
    return { op: 'of', count, pattern: pattern.text };
  }

  #word(word: string): boolean {
    if (this.#tokens[this.#next]?.text.toLowerCase() !== word) return false;
    this.#next++;
    return true;
  }

  #wrong(message: string): RuleProblem {
    const column = (this.#tokens[this.#next]?.at ?? this.#length) + 1;
    return new RuleProblem('condition', `condition, column ${column}: ${message}`, this.#at);
  }

  #deprecated(what: string): RuleProblem {
    const column = (this.#tokens[this.#next]?.at ?? this.#length) + 1;
    const cure = 'write a correlation document (event_count, value_count or temporal) that refers to this rule';
    return new RuleProblem('condition-deprecated', `condition, column ${column}: ${what} is no longer part of Sigma: ${cure}`, this.#at);
  }
}

/** Where the names of a condition are looked up; `at`: where it stands, for problems. */
export type Scope = { readonly selections: ReadonlyMap<string, Node>; readonly budget: Budget; readonly at: number };

/**
 * Looks the names of a condition up among the selections.
 *
 * @throws {RuleProblem} `condition` where no selection has the name, or a pattern finds none
 */
export function conditionOf(expression: Expression, scope: Scope): Node {
  const { selections, at } = scope;
  switch (expression.op) {
    case 'name':
      if (!selections.has(expression.name)) throw new RuleProblem('condition', missing(expression.name, selections), at);
      return { op: 'selection', name: expression.name };
    case 'not':
      return { op: 'not', node: conditionOf(expression.node, scope) };
    case 'and':
    case 'or':
      return { op: expression.op, nodes: expression.nodes.map((node) => conditionOf(node, scope)) };
    case 'of':
      return quantified(expression, scope);
  }
}

/** Selections whose names begin with `_` are left out, unless the pattern begins so itself. */
function quantified({ count, pattern }: Extract<Expression, { op: 'of' }>, { selections, budget, at }: Scope): Node {
  const nodes: Node[] = [];
  const named = matcher(pattern);
  const hidden = (name: string) => name.startsWith('_') && !pattern.startsWith('_');
  for (const name of selections.keys()) {
    if (hidden(name) || !named(name)) continue;
    budget.take(0, at);
    nodes.push({ op: 'selection', name });
  }
  const [only] = nodes;
  if (!only) throw new RuleProblem('condition', `no selection is called ${pattern}; ${present(selections)}`, at);
  if (count !== 'all' && count > nodes.length)
    throw new RuleProblem('condition', `${count} of ${pattern}: there are only ${nodes.length}, so it never holds`, at);
  if (nodes.length === 1) return only;
  if (count === 'all') return { op: 'and', nodes };
  return count === 1 ? { op: 'or', nodes } : { op: 'atLeast', count, nodes };
}

/** `them`: every selection; else a name in which `*` stands for any characters. */
function matcher(pattern: string): (name: string) => boolean {
  if (/^them$/i.test(pattern)) return () => true;
  const texts = pattern.split(/\*+/);
  return coveredBy(texts.flatMap((text, at): Piece[] => [...(at > 0 ? [ANY] : []), ...(text === '' ? [] : [text])]));
}

function missing(name: string, selections: ReadonlyMap<string, Node>): string {
  return `no selection is called "${name}"; ${present(selections)}`;
}

function present(selections: ReadonlyMap<string, Node>): string {
  const names = [...selections.keys()];
  return names.length === 0 ? 'there is none' : `there are ${names.slice(0, 20).join(', ')}${names.length > 20 ? ' …' : ''}`;
}
