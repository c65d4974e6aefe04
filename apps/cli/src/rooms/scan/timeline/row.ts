import type { Hit, Rule, SigmaEvent, Value } from '@vonggac/sigma';
import type { Matched, Place } from '../shown-hit.ts';

/**
 * An event of the timeline with its hits: file, record, time in milliseconds, computer, channel, its fields, and per hit the number of
 * the rule with the positions of the fields that matched.
 */
export type Row = readonly [
  file: string,
  record: number | string,
  time: number | null,
  computer: string | null,
  channel: string | null,
  fields: readonly (readonly [name: string, value: string])[],
  hits: readonly (readonly [rule: number, fields: readonly number[]])[],
];

const MOST = { fields: 100, characters: 4000 };

type Found = {
  readonly event: SigmaEvent;
  readonly place: Place;
  readonly hits: readonly Hit[];
  readonly numberOf: (rule: Rule) => number;
};

/** The row as a line of JSON. Fields that matched come first where there are more than a page shows. */
export function rowOf({ event, place, hits, numberOf }: Found): string {
  const matched = new Set(hits.flatMap((hit) => hit.matched.map(({ field }) => field)));
  const named = event.shape.names.map((names, slot) => ({ names, slot, isMatched: names.some((name) => matched.has(name)) }));
  const chosen = named.length > MOST.fields ? named.toSorted((a, b) => Number(b.isMatched) - Number(a.isMatched)) : named;
  const fields: [string, string][] = [];
  const positions = new Map<string, number[]>();
  for (const { names, slot } of chosen.slice(0, MOST.fields)) {
    const text = textOf(event.value(slot));
    if (text === '') continue;
    for (const name of names) positions.set(name, [...(positions.get(name) ?? []), fields.length]);
    fields.push([names[0] ?? '', text]);
  }
  return line(place, fields, hits.map((hit) => [numberOf(hit.rule), hit.matched.flatMap(({ field }) => positions.get(field) ?? [])])); // prettier-ignore
}

/** A correlation's row: its fields are what it was grouped by. */
export function correlationRow(place: Place, rule: number, matched: Matched): string {
  const fields = matched.map(({ field, value }) => [field, textOf(value)] as const);
  return line(place, fields, [[rule, fields.map((_field, position) => position)]]);
}

function line({ file, recordId, time, computer, channel }: Place, fields: Row[5], hits: Row[6]): string {
  const row: Row = [file, recordId, time === null ? null : Date.parse(time), computer, channel, fields, hits];
  return `${JSON.stringify(row)}\n`;
}

function textOf(value: Value): string {
  const text = value === null ? '' : typeof value === 'object' ? value.map(textOf).join(', ') : String(value);
  return text.length > MOST.characters ? `${text.slice(0, MOST.characters)}…` : text;
}
