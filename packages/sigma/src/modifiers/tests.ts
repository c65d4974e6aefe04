import type { Place, Test } from '../model.ts';
import type { Budget } from '../read/budget.ts';
import { RuleProblem } from '../read/problem.ts';
import type { YamlScalar } from '../read/yaml.ts';
import { numberOf } from '../values.ts';
import { networkOf } from './address.ts';
import type { Chain, Step } from './chain.ts';
import { base64, base64Offsets, dashesIn, dashForms, wide } from './encode.ts';
import type { Draft } from './encode.ts';
import { expanded } from './expand.ts';
import type { Placeholders } from './expand.ts';
import { piecesOf, withAny } from './pieces.ts';
import { regexFault, regexOf } from './regex.ts';

export type Surroundings = {
  readonly placeholders: Placeholders;
  readonly budget: Budget;
  readonly warn: (code: string, message: string, at: number) => void;
};

/** The longest regular expression. @unit UTF-16 units */
const longestRegex = 8192;
/** With one more, a value would have 78,125 spellings. */
const mostDashes = 6;

/**
 * What one value of an item is compared as: one of the tests is enough.
 *
 * @throws {RuleProblem} where the value does not fit its modifiers
 */
export function testsOf(value: YamlScalar, chain: Chain, around: Surroundings): Test[] {
  switch (chain.type) {
    case 'text':
      return plainTests(value, chain) ?? written(value, chain, around).flatMap((text) => textTests(text, value, chain, around));
    case 're':
      return written(value, chain, around).map((text) => regexTest(text, value, chain, around));
    case 'cidr':
      return written(value, chain, around).map((text) => cidrTest(text, value));
    case 'fieldref':
      if (typeof value.value !== 'string' || value.text === '') throw wrong(value, 'fieldref is followed by the name of a field');
      return [{ kind: 'fieldref', field: value.text, place: placeOf(chain.steps), cased: chain.cased }];
    case 'exists':
      if (typeof value.value !== 'boolean') throw wrong(value, 'exists is followed by true or false');
      return [{ kind: 'exists', value: value.value }];
    case 'compare':
      return [{ kind: 'compare', by: chain.by ?? 'lt', value: numberIn(value) }];
    case 'time':
      return [{ kind: 'time', part: chain.part ?? 'hour', by: chain.by ?? 'eq', value: timeNumber(value, chain) }];
  }
}

/** A number, a truth value or null, where no modifier makes a text of it. */
function plainTests(value: YamlScalar, chain: Chain): Test[] | null {
  if (value.value === null) {
    if (chain.steps.length > 0 || chain.expand || chain.cased)
      throw wrong(value, 'null takes no modifier and is no keyword: write it behind a field alone');
    return [{ kind: 'null' }];
  }
  if (chain.steps.length > 0 || chain.expand) return null;
  if (typeof value.value === 'boolean') return [{ kind: 'boolean', value: value.value }];
  if (typeof value.value !== 'number' || !(Math.abs(value.value) <= Number.MAX_SAFE_INTEGER)) return null;
  const number: Test = { kind: 'number', value: value.value };
  // Not written in decimal digits (0x1f, 0o17), it may stand in the event as it is written.
  return numberOf(value.text) !== null ? [number] : [number, { kind: 'text', pieces: [value.text], cased: chain.cased }];
}

/** The value's text with its placeholders filled in. */
function written(value: YamlScalar, chain: Chain, { placeholders, budget, warn }: Surroundings): string[] {
  if (value.value === null) throw wrong(value, 'a value is missing behind the modifiers');
  if (!chain.expand) return [value.text];
  const unbound = (name: string) =>
    warn(
      'placeholder',
      `unbound placeholder %${name}%: the rule is loaded and this value never matches; give its values in a pipeline`,
      value.at,
    );
  const texts: string[] = [];
  for (const text of expanded(value.text, placeholders, unbound)) {
    budget.take(text.length, value.at);
    texts.push(text);
  }
  return texts;
}

function textTests(text: string, value: YamlScalar, chain: Chain, { budget }: Surroundings): Test[] {
  let drafts: Draft[] = [{ pieces: piecesOf(text), bytes: false }];
  for (const step of chain.steps) {
    const after: Draft[] = [];
    for (const draft of drafts)
      for (const made of take(step, draft, value)) {
        budget.take(text.length, value.at);
        after.push(made);
      }
    drafts = after;
  }
  budget.take(text.length, value.at);
  return drafts.map(({ pieces }) => ({ kind: 'text', pieces, cased: chain.cased }));
}

function take(step: Step, draft: Draft, value: YamlScalar): Iterable<Draft> {
  switch (step) {
    case 'contains':
    case 'startswith':
    case 'endswith':
      return [{ ...draft, pieces: withAny(draft.pieces, { before: step !== 'startswith', after: step !== 'endswith' }) }];
    case 'windash':
      if (draft.bytes) throw wrong(value, 'windash stands before the encodings: a dash has to be found before it is encoded');
      if (dashesIn(draft) > mostDashes)
        throw new RuleProblem(
          'too-large',
          `windash makes 5 values of each dash, and there are more than ${mostDashes}: shorten the value`,
          value.at,
        );
      return dashForms(draft);
    case 'base64':
    case 'base64offset':
      return encoded(step, draft, value);
    case 'utf16':
    case 'utf16le':
    case 'utf16be':
      return [wide(draft, step)];
  }
}

function encoded(step: 'base64' | 'base64offset', draft: Draft, value: YamlScalar): readonly Draft[] {
  const made = step === 'base64' ? base64(draft) : base64Offsets(draft);
  if (!made) throw wrong(value, `a value with a wildcard has no Base64 form: escape the wildcard, and write contains behind ${step}`);
  const drafts = 'pieces' in made ? [made] : made;
  if (drafts.some(({ pieces }) => pieces.length === 0))
    throw wrong(value, `the value is too short for ${step}: nothing of it would stay the same`);
  return drafts;
}

function regexTest(text: string, value: YamlScalar, chain: Chain, { budget }: Surroundings): Test {
  if (text.length > longestRegex) throw wrong(value, `the regular expression is longer than ${longestRegex} characters: divide it`);
  const place = placeOf(chain.steps);
  const source = place === 'start' ? `\\A(?:${text})` : place === 'end' ? `(?:${text})\\z` : text;
  const test = { kind: 'regex', source, flags: chain.flags } as const;
  const fault = regexFault(test);
  if (fault !== null)
    throw new RuleProblem('regex', `not a regular expression in RE2 syntax (no look-around, no back-references): ${fault}`, value.at);
  budget.take(regexOf(test).programSize() * 64, value.at);
  return test;
}

function cidrTest(text: string, value: YamlScalar): Test {
  const network = networkOf(text);
  if (!network) throw new RuleProblem('cidr', `"${text}" is no network: write 10.0.0.0/8 or 2001:db8::/32`, value.at);
  return { kind: 'cidr', ...network };
}

function placeOf(steps: readonly Step[]): Place {
  const names = { startswith: 'start', endswith: 'end', contains: 'inside' } as const;
  const [step] = steps;
  return step === 'startswith' || step === 'endswith' || step === 'contains' ? names[step] : 'whole';
}

function numberIn(value: YamlScalar): number {
  const number = numberOf(value.value);
  if (number === null || !Number.isFinite(number)) throw wrong(value, `"${value.text}" is no number`);
  return number;
}

function timeNumber(value: YamlScalar, chain: Chain): number {
  const ranges = { minute: [0, 59], hour: [0, 23], day: [1, 31], week: [1, 53], month: [1, 12], year: [0, 9999] } as const;
  const [least, most] = ranges[chain.part ?? 'hour'];
  const number = numberIn(value);
  if (!Number.isInteger(number) || number < least || number > most)
    throw wrong(value, `${chain.part} is a whole number from ${least} to ${most}`);
  return number;
}

function wrong(value: YamlScalar, message: string): RuleProblem {
  return new RuleProblem('value', message, value.at);
}
