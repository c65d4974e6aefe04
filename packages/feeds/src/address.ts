/** An address as a number: 32 bits of IPv4, 128 bits of IPv6. IPv4-mapped IPv6 (`::ffff:a.b.c.d`) is IPv4. */
export type Address = { readonly family: 4; readonly value: number } | { readonly family: 6; readonly value: bigint };

/** Why a text is no address. `leading-zero`: 010.1.2.3 is read as octal by some programs and as decimal by others. */
export type AddressProblem = 'empty' | 'malformed' | 'leading-zero' | 'zone-id';

const ZERO = 0x30;
/** A dot, counted from the digit 0. */
const DOT = -2;
const GROUP = /^[0-9a-f]{1,4}$/iu;
const DEFANGED_DOT = /\s?(?:\[\.\]|\(\.\)|\{\.\}|\\\.|[[({]\s?(?:dot|cham|chấm)\s?[\])}])\s?/giu;
const INVISIBLE = /[\u00a0\u200b-\u200f\u2060\ufeff]/gu;
const LONGEST = 2048;
const MAPPED = 0xffffn;

/** Turns 1.2.3[.]4, 1(.)2, 1[dot]2, hxxp:// and [:] back; what was not defanged stays as it is. */
export function refang(text: string): string {
  if (!/[[({\\]|^\s*hxxp/iu.test(text)) return text;
  return text
    .replace(DEFANGED_DOT, '.')
    .replace(/\[:(\/\/)?\]/gu, ':$1')
    .replace(/^\s*hxxp(s?)(?=:)/iu, 'http$1');
}

function parse4(text: string): number | AddressProblem {
  let [value, octet, digits, dots] = [0, 0, 0, 0];
  let zero = false;
  for (let at = 0; at <= text.length; at++) {
    const digit = at === text.length ? DOT : text.charCodeAt(at) - ZERO;
    if (digit === DOT) {
      if (digits === 0 || octet > 255) return 'malformed';
      value = value * 256 + octet;
      [octet, digits] = [0, 0];
      dots++;
    } else {
      if (digit < 0 || digit > 9 || digits === 3) return 'malformed';
      zero ||= digits > 0 && octet === 0;
      octet = octet * 10 + digit;
      digits++;
    }
  }
  if (dots !== 4) return 'malformed';
  return zero ? 'leading-zero' : value;
}

/** Groups of one side of `::`, an embedded IPv4 address at the very end counting as two. */
function groupsOf(side: string, isLast: boolean): number[] | AddressProblem {
  if (side === '') return [];
  const groups: number[] = [];
  const parts = side.split(':');
  for (const [at, part] of parts.entries()) {
    if (isLast && at === parts.length - 1 && part.includes('.')) {
      const value = parse4(part);
      if (typeof value === 'string') return value;
      groups.push(Math.floor(value / 65_536), value % 65_536);
    } else if (GROUP.test(part)) groups.push(Number.parseInt(part, 16));
    else return 'malformed';
  }
  return groups;
}

function parse6(text: string): bigint | AddressProblem {
  if (text.includes('%')) return 'zone-id';
  const sides = text.split('::');
  if (sides.length > 2) return 'malformed';
  const head = groupsOf(sides[0]!, sides.length === 1);
  const tail = sides.length === 2 ? groupsOf(sides[1]!, true) : [];
  if (typeof head === 'string') return head;
  if (typeof tail === 'string') return tail;
  const missing = 8 - head.length - tail.length;
  if (sides.length === 1 ? missing !== 0 : missing < 1) return 'malformed';
  let value = 0n;
  for (const group of [...head, ...Array.from({ length: missing }, () => 0), ...tail]) value = (value << 16n) | BigInt(group);
  return value;
}

/** The number of an address written without anything around it (RFC 4291 §2.2, all forms; IPv4 with four decimal octets). */
export function parseBareAddress(text: string): Address | AddressProblem {
  if (text === '') return 'empty';
  if (text.length > 64) return 'malformed';
  if (!text.includes(':')) {
    const value = parse4(text);
    return typeof value === 'string' ? value : { family: 4, value };
  }
  const value = parse6(text);
  if (typeof value === 'string') return value;
  return value >> 32n === MAPPED ? { family: 4, value: Number(value & 0xffff_ffffn) } : { family: 6, value };
}

export type FoundAddress = { readonly address: Address; readonly port: number | null; readonly wasDefanged: boolean };

/**
 * An address as it stands in a cell of a list: spaces, quotation marks and brackets around it are dropped, defanged ones
 * are read, a scheme and path of an URL, `:port` and `/32` (`/128`) may follow.
 */
export function parseAddress(cell: string): FoundAddress | AddressProblem {
  if (cell.length > LONGEST) return 'malformed';
  // Nearly all are written plainly.
  const value = parse4(cell);
  if (typeof value === 'number') return { address: { family: 4, value }, port: null, wasDefanged: false };
  const clean = cell.replace(INVISIBLE, '').trim();
  const plain = refang(clean);
  const host = plain
    .replace(/^["'<]+|["'>,;]+$/gu, '')
    .replace(/^[a-z][a-z0-9+.-]{1,15}:\/\/(?:[^/@\s]*@)?/iu, '')
    .trim();
  const bare = host.startsWith('[') || host !== plain ? host.replace(/[/?#].*$/u, '') : host.replace(/\/(?:32|128)$/u, '');
  const split = /^\[(?<six>[^\]]*)\](?::(?<p6>\d{1,5}))?$|^(?<four>\d[\d.]*):(?<p4>\d{1,5})$/u.exec(bare)?.groups;
  const port = Number(split?.['p6'] ?? split?.['p4'] ?? Number.NaN);
  if (port > 65_535) return 'malformed';
  const address = parseBareAddress(split?.['six'] ?? split?.['four'] ?? bare);
  if (typeof address === 'string') return address;
  return { address, port: Number.isNaN(port) ? null : port, wasDefanged: plain !== clean };
}

export function formatAddress4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as `::`. */
function formatAddress6(value: bigint): string {
  const groups: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(Number((value >> shift) & 0xffffn));
  let [start, length] = [-1, 1];
  for (let at = 0; at < 8; at++) {
    let run = 0;
    while (at + run < 8 && groups[at + run] === 0) run++;
    if (run > length) [start, length] = [at, run];
    at += run;
  }
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The one way to write an address: dotted decimal, or RFC 5952. */
export function formatAddress(address: Address): string {
  return address.family === 4 ? formatAddress4(address.value) : formatAddress6(address.value);
}
