import type { Level } from '@vonggac/sigma';
import { LEVEL_ORDER } from './data.ts';
import type { Shown } from './data.ts';
import { folded, TEXTS } from './texts.ts';
import type { Language, TextName } from './texts.ts';

export type Filter = {
  levels: Set<Level>;
  /** A rule's id. */
  rule: string;
  computer: string;
  file: string;
  search: string;
  /** @unit milliseconds since 1970-01-01 UTC; `to` exclusive */
  from: number;
  to: number;
};

export type Zone = 'UTC' | '+07:00';

/** What the page shows now; each part draws itself anew when it changes. */
export type State = {
  hits: readonly Shown[];
  readonly filter: Filter;
  passing: readonly Shown[];
  chosen: Shown | null;
  language: Language;
  zone: Zone;
  onlyMatched: boolean;
};

export function openFilter(): Filter {
  return { levels: new Set(LEVEL_ORDER), rule: '', computer: '', file: '', search: '', from: -Infinity, to: Infinity };
}

export function say({ language }: State, name: TextName): string {
  return TEXTS[language][name];
}

export function counted({ language }: State, value: number): string {
  return value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB');
}

/** Whether a hit passes; the span of time is left out for the chart, which shows what lies around it. */
export function passes(hit: Shown, filter: Filter, words: readonly string[]): boolean {
  const [file, , , computer] = hit.row;
  if (!filter.levels.has(hit.card.level)) return false;
  if (filter.rule !== '' && hit.card.id !== filter.rule) return false;
  if (filter.computer !== '' && (computer ?? '') !== filter.computer) return false;
  if (filter.file !== '' && file !== filter.file) return false;
  return words.every((word) => hayOf(hit).includes(word));
}

export function isWithin({ time }: Shown, { from, to }: Filter): boolean {
  if (time === null) return from === -Infinity && to === Infinity;
  return time >= from && time < to;
}

/** All words must be found, in any order. */
export function wordsOf({ search }: Filter): string[] {
  return folded(search).split(/\s+/u).filter(Boolean);
}

const hays = new WeakMap<object, string>();

/** Made when it is first searched in: an event is folded once for all its hits. */
function hayOf({ row, card }: Shown): string {
  let ofRow = hays.get(row);
  if (ofRow === undefined) {
    const [file, record, , computer, channel, fields] = row;
    ofRow = folded([file, record, computer, channel, ...fields.map(([name, value]) => `${name}=${value}`)].join('\n'));
    hays.set(row, ofRow);
  }
  let ofCard = hays.get(card);
  if (ofCard === undefined) hays.set(card, (ofCard = folded([card.title, card.id, card.tags.join(' ')].join('\n'))));
  return `${ofCard}\n${ofRow}`;
}

const HOURS: Record<Zone, number> = { UTC: 0, '+07:00': 7 };

/** `2026-11-23 07:12:03` in the zone that is shown. */
export function clockOf({ zone }: State, time: number): string {
  return new Date(time + HOURS[zone] * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** What an input of date and time says, in the zone that is shown; null where it is empty. */
export function timeFrom({ zone }: State, text: string): number | null {
  const time = Date.parse(`${text}Z`);
  return Number.isNaN(time) ? null : time - HOURS[zone] * 3_600_000;
}
