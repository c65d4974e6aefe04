import type { Comparison, TimePart } from '../model.ts';
import { RuleProblem } from '../read/problem.ts';

/** Modifiers that turn a text into other texts, in the order in which they are written. */
export type Step = 'contains' | 'startswith' | 'endswith' | 'windash' | 'base64' | 'base64offset' | 'utf16' | 'utf16le' | 'utf16be';

/** What the modifiers behind a field's name say together. */
export type Chain = {
  /** What the value is compared as; `text` where no type modifier stands. */
  readonly type: 'text' | 're' | 'cidr' | 'fieldref' | 'exists' | 'compare' | 'time';
  readonly steps: readonly Step[];
  /** Of `imsn`: those behind `re`. */
  readonly flags: string;
  readonly by: Comparison | null;
  readonly part: TimePart | null;
  readonly all: boolean;
  readonly cased: boolean;
  readonly neq: boolean;
  readonly expand: boolean;
};

const places: readonly string[] = ['contains', 'startswith', 'endswith'];
const encodings: readonly string[] = ['utf16', 'utf16le', 'utf16be', 'wide'];
const texts: readonly string[] = [...places, 'windash', 'base64', 'base64offset', ...encodings];
const comparisons: readonly string[] = ['lt', 'lte', 'gt', 'gte'];
const parts: readonly string[] = ['minute', 'hour', 'day', 'week', 'month', 'year'];
const flags: readonly string[] = ['i', 'm', 's'];
const types: readonly string[] = ['re', 'cidr', 'fieldref', 'exists', ...comparisons, ...parts];
const known: readonly string[] = [...texts, ...types, ...flags, 'all', 'cased', 'neq', 'expand'];

/** What may stand beside each type, besides `all` and `neq`. */
const company: Readonly<Record<Chain['type'], readonly string[]>> = {
  text: [...texts, 'cased', 'expand'],
  re: [...flags, ...places, 'expand'],
  cidr: ['expand'],
  fieldref: [...places, 'cased'],
  exists: [],
  compare: [],
  time: [],
};

/**
 * Works out the modifiers behind a field's name.
 *
 * @throws {RuleProblem} `modifier-unknown`, `modifier-combination`
 */
export function chainOf(modifiers: readonly string[], at: number): Chain {
  const wrong = (message: string) => new RuleProblem('modifier-combination', message, at);
  for (const name of modifiers)
    if (!known.includes(name)) throw new RuleProblem('modifier-unknown', `"${name}" is no modifier; there are ${known.join(', ')}`, at);
  const twice = modifiers.find((name, place) => modifiers.indexOf(name) !== place);
  if (twice !== undefined) throw wrong(`the modifier ${twice} stands twice: remove one`);

  const says = (name: string) => modifiers.includes(name);
  const type = typeOf(modifiers, wrong);
  const stray = modifiers.find((name) => !types.includes(name) && name !== 'all' && name !== 'neq' && !company[type].includes(name));
  if (stray !== undefined) throw wrong(refusal(stray, type));
  if (type === 'exists' && modifiers.length > 1) throw wrong('exists stands alone: give any other condition an item of its own');
  for (const group of [places, encodings, ['base64', 'base64offset']]) {
    const found = group.filter(says);
    if (found.length > 1)
      throw wrong(`${found.join(' and ')} exclude each other: keep one${group === places ? ' (contains is both ends open)' : ''}`);
  }
  return {
    type,
    steps: modifiers.filter((name): name is Step | 'wide' => texts.includes(name)).map((name) => (name === 'wide' ? 'utf16le' : name)),
    flags: flags.filter(says).join(''),
    by: modifiers.find((name): name is Comparison => comparisons.includes(name)) ?? null,
    part: modifiers.find((name): name is TimePart => parts.includes(name)) ?? null,
    all: says('all'),
    cased: says('cased'),
    neq: says('neq'),
    expand: says('expand'),
  };
}

function typeOf(modifiers: readonly string[], wrong: (message: string) => RuleProblem): Chain['type'] {
  const found = modifiers.filter((name) => types.includes(name));
  const compared = found.filter((name) => comparisons.includes(name));
  const timed = found.filter((name) => parts.includes(name));
  const others = found.length - compared.length - timed.length;
  if (others > 1 || compared.length > 1 || timed.length > 1 || (others > 0 && found.length > 1))
    throw wrong(`${found.join(' and ')} exclude each other: write an item for each`);
  if (timed.length > 0) return 'time';
  if (compared.length > 0) return 'compare';
  const [name] = found;
  return name === 're' || name === 'cidr' || name === 'fieldref' || name === 'exists' ? name : 'text';
}

function refusal(name: string, type: Chain['type']): string {
  if (flags.includes(name)) return `the flag ${name} belongs behind re`;
  if (name === 'cased' && type === 're') return 'a regular expression minds case unless the flag i stands behind re: remove cased';
  const what = {
    text: 'a text',
    re: 're',
    cidr: 'cidr',
    fieldref: 'fieldref',
    exists: 'exists',
    compare: 'a comparison',
    time: 'a part of a time',
  };
  return `${name} has no meaning beside ${what[type]}: remove it`;
}
