import type { XmlElement } from './xml.ts';

/** How a number of a cell is meant. */
export type NumberMeaning = 'number' | 'date' | 'time';

// ECMA-376 Part 1 §18.8.30: built-in formats; 27–36 and 50–58 are dates of the East Asian editions.
function builtIn(id: number): NumberMeaning {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return 'time';
  return 'number';
}

/** What a number format code shows, judged by its first section without quoted text, escapes and colours. */
export function meaningOfFormat(code: string): NumberMeaning {
  const bare = (code.split(';')[0] ?? '')
    .replace(/"[^"]*"|\\.|_.|\*./gu, '')
    .replace(/\[(h+|m+|s+)\]/giu, '$1')
    .replace(/\[[^\]]*\]/gu, '')
    .toLowerCase();
  if (/general|[#0?]\s*[.,%#0?]|@/u.test(bare)) return /[dy]/u.test(bare) && !bare.includes('general') ? 'date' : 'number';
  if (/[dy]/u.test(bare)) return 'date';
  if (/[hs]/u.test(bare)) return 'time';
  return /m{1,5}/u.test(bare) ? 'date' : 'number';
}

function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return (element?.children ?? []).filter((child): child is XmlElement => typeof child !== 'string' && child.name === name);
}

/** The meaning of each cell style, by its index (attribute `s` of a cell). */
export function readStyles(styles: XmlElement): NumberMeaning[] {
  const own = new Map<number, NumberMeaning>();
  for (const format of childrenOf(childrenOf(styles, 'numFmts')[0], 'numFmt')) {
    own.set(Number(format.attributes.get('numFmtId')), meaningOfFormat(format.attributes.get('formatCode') ?? ''));
  }
  return childrenOf(childrenOf(styles, 'cellXfs')[0], 'xf').map((style) => {
    const id = Number(style.attributes.get('numFmtId') ?? 0);
    return own.get(id) ?? builtIn(id);
  });
}

const DAY_MS = 86_400_000;

/**
 * A serial number of a spreadsheet as ISO local date, date and time, or time of day. Days count from 1899-12-30, or from
 * 1904-01-01; serials below 61 of the first system are one less, since it has a 29 February 1900. null: out of range.
 */
export function isoOfSerial(serial: number, meaning: 'date' | 'time', from1904: boolean): string | null {
  if (!(serial >= 0) || serial > 2_958_466) return null;
  const seconds = Math.round((serial % 1) * 86_400);
  const time = new Date(seconds * 1000).toISOString().slice(11, 19);
  if (meaning === 'time' && serial < 1) return time;
  const days = Math.floor(serial) + (seconds === 86_400 ? 1 : 0);
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 61 ? 31 : 30);
  const day = new Date(epoch + days * DAY_MS).toISOString().slice(0, 10);
  return seconds % 86_400 === 0 ? day : `${day}T${time}`;
}
