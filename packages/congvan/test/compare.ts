import type { DirectiveLine } from '../src/index.ts';

const SHORT = 80;

/**
 * What the expected files hold: the line of a document with long texts cut to head, tail and length, warnings as codes
 * only, and people with their numbers masked. So no document is copied into the repository.
 */
export function shape(line: DirectiveLine): unknown {
  const { file: _file, warnings, contacts, ...rest } = line;
  return {
    ...(shorten(rest) as object),
    contacts: contacts.map((one) =>
      one.person === null ? one : { ...one, person: initials(one.person), phones: one.phones.map((phone) => `…${phone.slice(-3)}`) },
    ),
    warnings: warnings.map((one) => one.code),
  };
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string')
    return value.length <= SHORT
      ? value
      : `${value.slice(0, 40)} … ${value.slice(-25)} (${value.length})`.replace(/\d{9,}/g, (number) => `…${number.slice(-3)}`);
  if (Array.isArray(value)) return value.map(shorten);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner)]));
  return value;
}

function initials(name: string): string {
  return name
    .split(' ')
    .map((word) => `${word[0] ?? ''}.`)
    .join('');
}
