import { addressBytes } from '../address.ts';
import { compares } from '../compare.ts';
import { folded } from '../fold.ts';
import type { Comparison, Test } from '../model.ts';
import { clockTimeOf, partOf } from '../time.ts';
import { regexOf } from '../modifiers/regex.ts';
import { numberOf, type Single, textOf } from '../values.ts';
import { coveredBy } from '../pattern.ts';

type Of<K extends Test['kind']> = Extract<Test, { kind: K }>;

const never = (): boolean => false;

/** A test that is made of the text of a value; there is none of null. */
const onText =
  (holds: (text: string) => boolean) =>
  (value: Single): boolean => {
    const text = textOf(value);
    return text !== null && holds(text);
  };

function patternTest({ pieces, cased }: Of<'text'>): (value: Single) => boolean {
  if (cased) return onText(coveredBy(pieces));
  const holds = coveredBy(pieces.map((piece) => (typeof piece === 'string' ? folded(piece) : piece)));
  return onText((text) => holds(folded(text)));
}

function cidrTest({ network, bits }: Of<'cidr'>): (value: Single) => boolean {
  const whole = bits >> 3;
  const mask = 0xff << (8 - (bits & 7));
  return onText((text) => {
    const bytes = addressBytes(text);
    if (bytes === null || bytes.length !== network.length) return false;
    for (let at = 0; at < whole; at++) if (bytes[at] !== network[at]) return false;
    return (bits & 7) === 0 || ((bytes[whole]! ^ network[whole]!) & mask & 0xff) === 0;
  });
}

function numberTest(by: Comparison | 'eq', against: number): (value: Single) => boolean {
  return (value) => {
    const number = numberOf(value);
    return number !== null && compares(number, by, against);
  };
}

function timeTest({ part, by, value: against }: Of<'time'>): (value: Single) => boolean {
  return (value) => {
    const time = clockTimeOf(value);
    return time !== null && compares(partOf(time, part), by, against);
  };
}

/** The test of one value, for the kinds that look at nothing but it. */
export function singleTest(test: Test): (value: Single) => boolean {
  switch (test.kind) {
    case 'text':
      return patternTest(test);
    case 'regex':
      return onText((text) => regexOf(test).test(text));
    case 'cidr':
      return cidrTest(test);
    case 'number':
      return numberTest('eq', test.value);
    case 'compare':
      return numberTest(test.by, test.value);
    case 'boolean':
      return onText((text) => folded(text) === String(test.value));
    case 'time':
      return timeTest(test);
    default:
      return never;
  }
}

/** The test of one value against one of another field. */
export function pairTest({ place, cased }: Of<'fieldref'>): (value: Single, against: Single) => boolean {
  return (value, against) => {
    const [whole, part] = [textOf(value), textOf(against)].map((text) => (text === null || cased ? text : folded(text)));
    if (typeof whole !== 'string' || typeof part !== 'string') return false;
    if (place === 'start') return whole.startsWith(part);
    if (place === 'end') return whole.endsWith(part);
    return place === 'inside' ? whole.includes(part) : whole === part;
  };
}
