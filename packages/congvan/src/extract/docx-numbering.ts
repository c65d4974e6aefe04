import type { XmlElement } from '@vonggac/outside';
import { childOf, childrenOf, isOn, valueOf } from './xml-tools.ts';

interface Level {
  readonly start: number;
  readonly format: string;
  readonly pattern: string;
  readonly separator: string;
  readonly legal: boolean;
  /** The level whose step starts this one again, as a count of levels; 0 never. undefined: any higher level. */
  readonly restart: number | undefined;
}

interface List {
  readonly abstract: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Levels that this list starts anew, once. */
  readonly fresh: Map<number, number>;
}

const LEVELS = 9;
const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(value: number): string {
  let left = Math.min(value, 5000);
  let text = '';
  for (const [worth, sign] of ROMAN) {
    for (; left >= worth; left -= worth) text += sign;
  }
  return text;
}

/** a … z, then aa, bb, … as word processors count. */
function letter(value: number): string {
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.min(10, Math.floor((value - 1) / 26) + 1));
}

/** A counter in one of the number formats of ECMA-376 Part 1 §17.18.59; formats of other scripts fall back to digits. */
export function formatCounter(value: number, format: string): string {
  if (value < 1) return String(value);
  if (format === 'lowerLetter') return letter(value);
  if (format === 'upperLetter') return letter(value).toUpperCase();
  if (format === 'lowerRoman') return roman(value);
  if (format === 'upperRoman') return roman(value).toUpperCase();
  if (format === 'decimalZero') return String(value).padStart(2, '0');
  return format === 'none' ? '' : String(value);
}

function readLevel(element: XmlElement): Level {
  const suffix = valueOf(element, 'suff') ?? 'tab';
  const restart = valueOf(element, 'lvlRestart');
  return {
    start: Number(valueOf(element, 'start') ?? 0),
    format: valueOf(element, 'numFmt') ?? 'decimal',
    pattern: valueOf(element, 'lvlText') ?? '',
    separator: suffix === 'nothing' ? '' : ' ',
    legal: isOn(element, 'isLgl'),
    restart: restart === undefined ? undefined : Number(restart),
  };
}

function levelsOf(element: XmlElement): Map<number, Level> {
  return new Map(childrenOf(element, 'lvl').map((level) => [Number(level.attributes.get('ilvl')), readLevel(level)]));
}

function readLists(numbering: XmlElement | undefined): Map<string, List> {
  const abstracts = new Map(childrenOf(numbering, 'abstractNum').map((one) => [one.attributes.get('abstractNumId') ?? '', levelsOf(one)]));
  const lists = new Map<string, List>();
  for (const element of childrenOf(numbering, 'num')) {
    const abstract = valueOf(element, 'abstractNumId') ?? '';
    const levels = new Map(abstracts.get(abstract));
    const fresh = new Map<number, number>();
    for (const change of childrenOf(element, 'lvlOverride')) {
      const at = Number(change.attributes.get('ilvl'));
      const level = childOf(change, 'lvl');
      const start = valueOf(change, 'startOverride');
      if (level !== undefined) levels.set(at, readLevel(level));
      if (start !== undefined) fresh.set(at, Number(start));
    }
    lists.set(element.attributes.get('numId') ?? '', { abstract, levels, fresh });
  }
  return lists;
}

/** The sign of a bullet as it is written by hand; signs of symbol fonts become a hyphen. */
function bullet(pattern: string): string {
  return /^[-–—+•*]$/u.test(pattern.trim()) ? pattern.trim() : '-';
}

/**
 * Gives back the automatic numbers of a word processor ("1." "a)" "II."), which are not in the text but made from
 * numbering.xml. Counts paragraph by paragraph, in document order. ECMA-376 Part 1 §17.9.
 */
export class Numbering {
  readonly #lists: Map<string, List>;
  readonly #counters = new Map<string, (number | undefined)[]>();

  constructor(numbering: XmlElement | undefined) {
    this.#lists = readLists(numbering);
  }

  /** The number of the next paragraph of a list, with the space after it; '' where there is none. */
  next(id: string, at: number): string {
    const list = this.#lists.get(id);
    const level = list?.levels.get(at);
    if (list === undefined || level === undefined || at < 0 || at >= LEVELS) return '';
    const counters = this.#counters.get(list.abstract) ?? [];
    this.#counters.set(list.abstract, counters);
    const fresh = list.fresh.get(at);
    list.fresh.delete(at);
    const before = counters[at];
    counters[at] = fresh ?? (before === undefined ? level.start : before + 1);
    for (let lower = at + 1; lower < LEVELS; lower++) {
      const restart = list.levels.get(lower)?.restart;
      if (restart === undefined || (restart > 0 && at < restart)) counters[lower] = undefined;
    }
    if (level.format === 'bullet') return `${bullet(level.pattern)}${level.separator}`;
    const text = this.#fill(list, level, counters);
    return text === '' ? '' : `${text}${level.separator}`;
  }

  #fill(list: List, level: Level, counters: (number | undefined)[]): string {
    return level.pattern.slice(0, 100).replace(/%([1-9])/gu, (_, digit: string) => {
      const at = Number(digit) - 1;
      const other = list.levels.get(at);
      return formatCounter(counters[at] ?? other?.start ?? 1, level.legal ? 'decimal' : (other?.format ?? 'decimal'));
    });
  }
}
