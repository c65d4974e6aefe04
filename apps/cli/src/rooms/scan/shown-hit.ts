import type { About, Value } from '@vonggac/sigma';
import type { Form } from './options.ts';

/** Where an event stands. */
export type Place = {
  /** Relative to the path that was given, with forward slashes. */
  readonly file: string;
  /** The record's own number; where it has none, the how-manieth event of its file it is, from 1. */
  readonly recordId: number | string;
  /** ISO 8601, UTC; null where the event says no time. */
  readonly time: string | null;
  readonly computer: string | null;
  readonly channel: string | null;
};

export type Matched = readonly { readonly field: string; readonly value: Value }[];

/** Writes a hit as the command shows it, a line each. */
export type HitWriter = (about: About, place: Place, matched: Matched) => string;

/** `{rule_id, rule, level, file, record_id, time, computer, channel, matched:{field:value…}}` */
export function jsonWriter(): HitWriter {
  const heads = new WeakMap<About, string>();
  return (about, place, matched) => {
    let head = heads.get(about);
    if (head === undefined) {
      head = JSON.stringify({ rule_id: about.id, rule: about.title, level: about.level }).slice(0, -1);
      heads.set(about, head);
    }
    const { file, recordId, time, computer, channel } = place;
    const tail = JSON.stringify({ file, record_id: recordId, time, computer, channel }).slice(1, -1);
    return `${head},${tail},"matched":${jsonOfMatched(matched)}}\n`;
  };
}

/** A field that matched with several values has a list of them. Written by hand: a field may bear any name, `__proto__` too. */
export function jsonOfMatched(matched: Matched): string {
  const values = new Map<string, string[]>();
  for (const { field, value } of matched) {
    const json = JSON.stringify(plainValue(value));
    const all = values.get(field);
    if (all === undefined) values.set(field, [json]);
    else if (!all.includes(json)) all.push(json);
  }
  const members = [...values].map(([field, all]) => `${JSON.stringify(field)}:${all.length === 1 ? all[0] : `[${all.join(',')}]`}`);
  return `{${members.join(',')}}`;
}

/** As JSON can say it: a whole number that its readers would round is a text. */
export function plainValue(value: Value): Exclude<Value, bigint> {
  if (typeof value === 'object' && value !== null) return value.map(plainValue);
  if (typeof value !== 'bigint') return value;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
}

export const CSV_HEADER = 'time,level,rule,rule_id,author,computer,channel,file,record_id,matched\r\n';

/** RFC 4180; a cell that office programs would take for a formula is neutralised. */
export async function csvWriter(): Promise<HitWriter> {
  const { neutraliseCell } = await import('@vonggac/outside');
  const cell = (text: string | number | null): string => {
    const safe = neutraliseCell(String(text ?? ''));
    return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return ({ level, title, id, author }, { time, computer, channel, file, recordId }, matched) =>
    `${[time, level, title, id, author, computer, channel, file, recordId, jsonOfMatched(matched)].map(cell).join(',')}\r\n`;
}

/** For people: time, level, rule, computer, file and record. */
export function tableWriter(): HitWriter {
  return ({ level, title }, { time, computer, file, recordId }) => {
    const when = (time ?? '').slice(0, 19).replace('T', ' ').padEnd(19);
    return `${when}  ${level.padEnd(13)}  ${printable(title)}  [${printable(computer ?? '-')}]  ${printable(file)} #${printable(String(recordId))}\n`;
  };
}

/** Text from outside on a terminal: what would move the cursor or turn the line around is taken out. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
}

/** null where hits are only counted. */
export async function writerOf(form: Form): Promise<HitWriter | null> {
  if (form === 'json') return jsonWriter();
  if (form === 'csv') return csvWriter();
  return form === 'table' ? tableWriter() : null;
}
