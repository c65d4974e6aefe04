/** How Windows writes the values that are not plain numbers. Every function takes the bytes and where the value starts in them. */

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const TWO = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));
const GUID_ORDER = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];

/** Windows-1252 of the bytes 0x80 to 0x9f; the others are their own code points. Bytes without a character stay as they are. */
const ANSI_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** `{54849625-5478-4994-a5ba-3e3b0328c30d}` @param at of its 16 bytes */
export function guid(bytes: Uint8Array, at: number): string {
  let text = '{';
  for (const index of GUID_ORDER) text += index < 0 ? '-' : HEX[bytes[at + index] ?? 0];
  return `${text}}`;
}

/** Upper-case digits without a prefix, as `Binary` values are written. */
export function hexBytes(bytes: Uint8Array, at: number, size: number): string {
  let text = '';
  for (let index = at; index < at + size; index += 1) text += HEX[bytes[index] ?? 0];
  return text.toUpperCase();
}

/** `S-1-5-21-…` @returns `S-?` where the bytes are too few */
export function sid(bytes: Uint8Array, at: number, size: number): string {
  if (size < 8) return 'S-?';
  let authority = 0;
  for (let index = 2; index < 8; index += 1) authority = authority * 256 + (bytes[at + index] ?? 0);
  let text = `S-${bytes[at] ?? 0}-${authority}`;
  const subs = Math.min(bytes[at + 1] ?? 0, (size - 8) >> 2);
  for (let index = 0; index < subs; index += 1) text += `-${uint32(bytes, at + 8 + index * 4)}`;
  return text;
}

/** Windows-1252 text; NUL bytes are left out. */
export function ansi(bytes: Uint8Array, at: number, size: number): string {
  let text = '';
  for (let index = at; index < at + size; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === 0) continue;
    text += byte >= 0x80 && byte < 0xa0 ? ANSI_HIGH[byte - 0x80] : String.fromCharCode(byte);
  }
  return text;
}

let lastDay = -1;
let lastDayText = '';

/** The date `days` after 1601-01-01: `2019-08-14`. Years past 9999 keep their last four digits, as Windows does. */
function dayText(days: number): string {
  if (days === lastDay) return lastDayText;
  // Counted from 0000-03-01, so that the leap day is the last of its year.
  const since = days + 584_694;
  const era = Math.floor(since / 146_097);
  const dayOfEra = since - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = (era * 400 + yearOfEra + (month <= 2 ? 1 : 0)) % 10_000;
  lastDay = days;
  lastDayText = `${String(year).padStart(4, '0')}-${TWO[month]}-${TWO[day]}`;
  return lastDayText;
}

function clock(secondOfDay: number, ticks: number): string {
  const minute = Math.floor(secondOfDay / 60);
  return `T${TWO[Math.floor(minute / 60)]}:${TWO[minute % 60]}:${TWO[secondOfDay % 60]}.${String(ticks).padStart(7, '0')}Z`;
}

/** A FILETIME, all seven digits of it: `2019-08-14T14:06:44.4956748Z`. Past the end of its range it is all zeros. */
export function fileTime(bytes: Uint8Array, at: number): string {
  const low = uint32(bytes, at);
  const high = uint32(bytes, at + 4);
  if (high >= 0x8000_0000) return '0000-00-00T00:00:00.0000000Z';
  // 2^32 ticks are 429 s and 4,967,296 ticks; the upper half is taken in two parts to stay below 2^53.
  const upper = Math.floor(high / 65_536);
  const upperTicks = upper * 4_967_296;
  const carried = (upperTicks % 10_000_000) * 65_536 + (high % 65_536) * 4_967_296 + low;
  const seconds = high * 429 + Math.floor(upperTicks / 10_000_000) * 65_536 + Math.floor(carried / 10_000_000);
  return dayText(Math.floor(seconds / 86_400)) + clock(seconds % 86_400, carried % 10_000_000);
}

/** A SYSTEMTIME; one that is no time is 1601-01-01, as Windows has it. */
export function systemTime(bytes: Uint8Array, at: number): string {
  const field = (index: number): number => (bytes[at + index * 2] ?? 0) | ((bytes[at + index * 2 + 1] ?? 0) << 8);
  const [year, month, day, hour, minute, second, millisecond] = [field(0), field(1), field(3), field(4), field(5), field(6), field(7)];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  const valid = year >= 1601 && year <= 30_827 && month >= 1 && month <= 12 && day >= 1 && day <= days;
  if (!valid || hour > 23 || minute > 59 || second > 59 || millisecond > 999) return '1601-01-01T00:00:00.0000000Z';
  return `${String(year % 10_000).padStart(4, '0')}-${TWO[month]}-${TWO[day]}${clock(hour * 3600 + minute * 60 + second, millisecond * 10_000)}`;
}

/** Unsigned 32 bits, little-endian. */
export function uint32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)) >>> 0
  );
}

/** Unsigned 16 bits, little-endian. */
export function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}
