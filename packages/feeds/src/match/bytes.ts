import { dayNumber } from '../instant.ts';

const DOT = 0x2e;
const ZERO = 0x30;
const HYPHEN = 0x2d;
const PLUS = 0x2b;
const COLON = 0x3a;
const T = 0x54;
const Z = 0x5a;
const NO_ZONE = 1e6;

/** What a fast reader answers where the careful one has to look. */
export const NOT_PLAIN = -1;

/** The value of `a.b.c.d` without leading zeros that fills the bytes from `start` to `end`; else `NOT_PLAIN`. */
export function plainAddress4(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 7 || end - start > 15) return NOT_PLAIN;
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === DOT) {
      if (digits === 0 || octet > 255) return NOT_PLAIN;
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
      dots++;
    } else {
      const digit = byte - ZERO;
      if (digit < 0 || digit > 9 || digits === 3 || (digits > 0 && octet === 0)) return NOT_PLAIN;
      octet = octet * 10 + digit;
      digits++;
    }
  }
  return dots !== 3 || digits === 0 || octet > 255 ? NOT_PLAIN : value * 256 + octet;
}

function two(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NOT_PLAIN;
}

/**
 * Reads `2026-04-20 11:22:33` with blank or T, a fraction and a zone (Z, +07, +0700, +07:00) or none. Remembers the last day, which
 * most rows share.
 */
export class PlainTimes {
  /** Beyond the second that `read` gave. @unit milliseconds */
  milli = 0;
  readonly #offset: number;
  #date = NOT_PLAIN;
  #day = 0;
  #shownDay = Number.NaN;
  #shown = Buffer.alloc(10);

  /** `offset`: the zone of a time that names none. @unit minutes east of UTC */
  constructor(offset: number) {
    this.#offset = offset;
  }

  /** Seconds since 1970 where the bytes are such a time; else `NOT_PLAIN`. */
  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < 19) return NOT_PLAIN;
    const between = bytes[start + 10];
    if (bytes[start + 4] !== HYPHEN || bytes[start + 7] !== HYPHEN || (between !== 0x20 && between !== T)) return NOT_PLAIN;
    if (bytes[start + 13] !== COLON || bytes[start + 16] !== COLON) return NOT_PLAIN;
    const hour = two(bytes, start + 11);
    const minute = two(bytes, start + 14);
    const second = two(bytes, start + 17);
    if (hour < 0 || minute < 0 || second < 0 || hour > 23 || minute > 59 || second > 59) return NOT_PLAIN;
    const century = two(bytes, start);
    const year = two(bytes, start + 2);
    const month = two(bytes, start + 5);
    const day = two(bytes, start + 8);
    if (century < 19 || year < 0 || month < 1 || day < 1) return NOT_PLAIN;
    const date = ((century * 100 + year) * 100 + month) * 100 + day;
    if (date !== this.#date) {
      const found = dayNumber(century * 100 + year, month, day);
      if (found === null) return NOT_PLAIN;
      this.#date = date;
      this.#day = found;
    }
    const rest = this.#fraction(bytes, start + 19, end);
    const zone = rest < 0 ? NO_ZONE : this.#zone(bytes, rest, end);
    return zone === NO_ZONE ? NOT_PLAIN : this.#day * 86_400 + hour * 3600 + minute * 60 + second - zone * 60;
  }

  /** Takes `.123456`; gives the place behind it. */
  #fraction(bytes: Uint8Array, at: number, end: number): number {
    this.milli = 0;
    if (at >= end || bytes[at] !== DOT) return at;
    let digits = 0;
    let place = at + 1;
    for (; place < end; place++) {
      const digit = bytes[place]! - ZERO;
      if (digit < 0 || digit > 9) break;
      if (digits < 3) this.milli = this.milli * 10 + digit;
      digits++;
    }
    if (digits === 0 || digits > 9) return NOT_PLAIN;
    for (; digits < 3; digits++) this.milli *= 10;
    return place;
  }

  /** What stands at the end, as minutes east of UTC. */
  #zone(bytes: Uint8Array, at: number, end: number): number {
    if (at === end) return this.#offset;
    const sign = bytes[at];
    if (sign === Z) return at + 1 === end ? 0 : NO_ZONE;
    if (sign !== PLUS && sign !== HYPHEN) return NO_ZONE;
    const hours = two(bytes, at + 1);
    const colon = bytes[at + 3] === COLON ? 1 : 0;
    const length = end - at;
    if (hours < 0 || hours > 14 || (length !== 3 && length !== 5 + colon)) return NO_ZONE;
    const minutes = length === 3 ? 0 : two(bytes, at + 3 + colon);
    if (minutes < 0 || minutes > 59) return NO_ZONE;
    return sign === PLUS ? hours * 60 + minutes : -(hours * 60 + minutes);
  }

  /** Writes `2026-04-20T11:22:33Z`, with milliseconds where there are some. Gives the place behind it. */
  write(out: Uint8Array, to: number, second: number): number {
    const day = Math.floor(second / 86_400);
    if (day !== this.#shownDay) {
      this.#shownDay = day;
      this.#shown = Buffer.from(new Date(day * 86_400_000).toISOString().slice(0, 10));
    }
    let at = to;
    for (let i = 0; i < 10; i++) out[at++] = this.#shown[i]!;
    const rest = second - day * 86_400;
    out[at++] = T;
    at = writeTwo(out, at, Math.floor(rest / 3600));
    out[at++] = COLON;
    at = writeTwo(out, at, Math.floor(rest / 60) % 60);
    out[at++] = COLON;
    at = writeTwo(out, at, rest % 60);
    if (this.milli > 0) {
      out[at++] = DOT;
      out[at++] = ZERO + Math.floor(this.milli / 100);
      at = writeTwo(out, at, this.milli % 100);
    }
    out[at++] = Z;
    return at;
  }
}

function writeTwo(out: Uint8Array, at: number, value: number): number {
  out[at] = ZERO + Math.floor(value / 10);
  out[at + 1] = ZERO + (value % 10);
  return at + 2;
}

function hexOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : NOT_PLAIN;
}

/** Reads IPv6 in hexadecimal groups, one `::` allowed, without an embedded IPv4 address; keeps the last one. */
export class PlainAddress6 {
  readonly #groups = new Uint16Array(8);

  /** Whether the bytes from `start` to `end` are such an address, and none that stands for an IPv4 address. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < 2 || end - start > 39) return false;
    const groups = this.#groups;
    let count = 0;
    let gap = -1;
    let digits = 0;
    let value = 0;
    let at = start;
    if (bytes[at] === COLON) {
      if (bytes[at + 1] !== COLON) return false;
      gap = 0;
      at += 2;
    }
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte !== COLON) {
        const digit = hexOf(byte);
        if (digit < 0 || digits === 4 || count === 8) return false;
        value = value * 16 + digit;
        digits++;
        continue;
      }
      if (digits === 0) return false;
      groups[count++] = value;
      [value, digits] = [0, 0];
      if (at + 1 === end) return false;
      if (bytes[at + 1] === COLON) {
        if (gap >= 0) return false;
        gap = count;
        at++;
      }
    }
    if (digits > 0) groups[count++] = value;
    return this.#spread(count, gap);
  }

  /** Puts the zeros in that `::` stands for. */
  #spread(count: number, gap: number): boolean {
    const groups = this.#groups;
    if (gap < 0 ? count !== 8 : count > 7) return false;
    if (gap >= 0) {
      const missing = 8 - count;
      for (let at = 7; at >= gap + missing; at--) groups[at] = groups[at - missing]!;
      groups.fill(0, gap, gap + missing);
    }
    return groups[5] !== 0xffff || (groups[0]! | groups[1]! | groups[2]! | groups[3]! | groups[4]!) !== 0;
  }

  get value(): bigint {
    const groups = this.#groups;
    const high = BigInt(groups[0]! * 65_536 + groups[1]!) * 0x1_0000_0000n + BigInt(groups[2]! * 65_536 + groups[3]!);
    const low = BigInt(groups[4]! * 65_536 + groups[5]!) * 0x1_0000_0000n + BigInt(groups[6]! * 65_536 + groups[7]!);
    return (high << 64n) | low;
  }

  /** Writes it as RFC 5952 has it. Gives the place behind it. */
  write(out: Uint8Array, to: number): number {
    const groups = this.#groups;
    let start = -1;
    let longest = 1;
    for (let at = 0; at < 8; at++) {
      let run = 0;
      while (at + run < 8 && groups[at + run] === 0) run++;
      if (run > longest) [start, longest] = [at, run];
      at += run;
    }
    let place = to;
    for (let at = 0; at < 8; at++) {
      if (at === start) {
        out[place++] = COLON;
        if (at + longest === 8) out[place++] = COLON;
        at += longest - 1;
        continue;
      }
      if (at > 0) out[place++] = COLON;
      const group = groups[at]!;
      for (let shift = group > 0xfff ? 12 : group > 0xff ? 8 : group > 0xf ? 4 : 0; shift >= 0; shift -= 4) {
        const digit = (group >> shift) & 15;
        out[place++] = digit < 10 ? ZERO + digit : 0x57 + digit;
      }
    }
    return place;
  }
}
