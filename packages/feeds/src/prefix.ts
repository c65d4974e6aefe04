import { formatAddress, parseBareAddress } from './address.ts';
import type { Address } from './address.ts';

/** A range of addresses that share their first `length` bits; `address` is the first of it. */
export type Prefix = { readonly address: Address; readonly length: number };

export type PrefixProblem = 'empty' | 'malformed' | 'leading-zero' | 'zone-id' | 'length' | 'mask' | 'order';

/** `hostBits`: the text named an address inside of the range (203.0.113.7/24), not its first one. */
export type FoundPrefixes = { readonly prefixes: readonly Prefix[]; readonly hostBits: boolean };

const bitsOf = (family: 4 | 6): number => (family === 4 ? 32 : 128);

function addressOf(family: 4 | 6, value: bigint): Address {
  return family === 4 ? { family, value: Number(value) } : { family, value };
}

/** The last address of a prefix, as a number of its family. */
export function lastOf(prefix: Prefix): bigint {
  return BigInt(prefix.address.value) | ((1n << BigInt(bitsOf(prefix.address.family) - prefix.length)) - 1n);
}

function lengthOfMask(text: string): number | null {
  const mask = parseBareAddress(text);
  if (typeof mask === 'string' || mask.family !== 4) return null;
  const inverse = ~mask.value >>> 0;
  return (inverse & (inverse + 1)) === 0 ? Math.clz32(inverse) : null;
}

function fromLength(text: string, given: string): FoundPrefixes | PrefixProblem {
  const address = parseBareAddress(text.trim());
  if (typeof address === 'string') return address;
  const isMask = given.includes('.');
  const named = isMask ? lengthOfMask(given) : /^\d{1,3}$/u.test(given) ? Number(given) : Number.NaN;
  if (named === null) return 'mask';
  // The length of ::ffff:192.0.2.0/120 counts the 96 bits in front of the IPv4 address.
  const length = address.family === 4 && text.includes(':') && !isMask ? named - 96 : named;
  if (!(length >= 0 && length <= bitsOf(address.family))) return 'length';
  if (address.family === 4) {
    const size = 2 ** (32 - length);
    const start = address.value - (address.value % size);
    return { prefixes: [{ address: { family: 4, value: start }, length }], hostBits: start !== address.value };
  }
  const host = BigInt(128 - length);
  const first = (address.value >> host) << host;
  return { prefixes: [{ address: { family: 6, value: first }, length }], hostBits: first !== address.value };
}

function fromEnds(from: string, to: string): FoundPrefixes | PrefixProblem {
  const [a, b] = [parseBareAddress(from.trim()), parseBareAddress(to.trim())];
  if (typeof a === 'string') return a;
  if (typeof b === 'string') return b;
  if (a.family !== b.family || a.value > b.value) return 'order';
  const bits = bitsOf(a.family);
  const end = BigInt(b.value);
  const prefixes: Prefix[] = [];
  for (let at = BigInt(a.value); at <= end;) {
    let host = 0;
    while (host < bits && at % (1n << BigInt(host + 1)) === 0n && at + (1n << BigInt(host + 1)) - 1n <= end) host++;
    prefixes.push({ address: addressOf(a.family, at), length: bits - host });
    at += 1n << BigInt(host);
  }
  return { prefixes, hostBits: false };
}

/** Reads `a/len`, `a/mask`, `a` (one address) and `a-b` (as the fewest prefixes, ascending). */
export function parsePrefixes(cell: string): FoundPrefixes | PrefixProblem {
  const text = cell.replace(/[\u00a0\u200b-\u200f\ufeff]/gu, '').trim();
  if (text === '') return 'empty';
  if (text.length > 128) return 'malformed';
  const ends = text.split(/\s*[-–]\s*/u);
  if (ends.length === 2) return fromEnds(ends[0]!, ends[1]!);
  const slash = text.split('/');
  if (ends.length > 2 || slash.length > 2) return 'malformed';
  if (slash.length === 2) return fromLength(slash[0]!, slash[1]!.trim());
  const address = parseBareAddress(text);
  if (typeof address === 'string') return address;
  return { prefixes: [{ address, length: bitsOf(address.family) }], hostBits: false };
}

/** `192.0.2.0/24`, `2001:db8::/32`; one address keeps its `/32` or `/128`. */
export function formatPrefix(prefix: Prefix): string {
  return `${formatAddress(prefix.address)}/${prefix.length}`;
}
