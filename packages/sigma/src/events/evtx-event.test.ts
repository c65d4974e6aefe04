import { expect, it } from 'vitest';
import type { Value } from '../event.ts';
import type { EvtxEvent, RecordShape, RecordView } from './evtx-event.ts';
import { EventReader } from './reader.ts';

/** A record whose texts are asked for as code units, as a reader of logs gives them. */
class Record implements RecordView {
  readonly shape: RecordShape;
  readonly #values: readonly Value[];
  units = new Uint16Array();
  from = 0;
  to = 0;
  readonly writtenAt = 1_700_000_000_000;
  readonly id = 1;

  constructor(shape: RecordShape, values: readonly Value[]) {
    this.shape = shape;
    this.#values = values;
  }

  value(slot: number): Value {
    return this.#values[slot] ?? null;
  }

  text(slot: number): boolean {
    const value = this.#values[slot];
    if (typeof value !== 'string') return false;
    this.units = Uint16Array.from(`--${value}-`, (unit) => unit.charCodeAt(0));
    this.from = 2;
    this.to = 2 + value.length;
    return true;
  }
}

function shapeOf(...names: string[]): RecordShape {
  return { fields: names.map((name) => ({ section: 'EventData', path: [name], name })) };
}

function sources(event: EvtxEvent): string[] {
  return event.class.sources.flatMap(({ category }) => category ?? []).toSorted();
}

const SHAPE = shapeOf('Channel', 'EventID', 'EventType', 'Threat Name', 'TimeCreated_SystemTime');
const SYSMON = 'Microsoft-Windows-Sysmon/Operational';

it('tells records of one layout apart by the values that decide', () => {
  const view = new EventReader().evtx();
  const of = (...values: Value[]) => view.of(new Record(SHAPE, values));
  for (let round = 0; round < 3; round++) {
    expect(sources(of(SYSMON, 12, 'CreateKey'))).toEqual(['registry_add', 'registry_event']);
    expect(sources(of(SYSMON, 12, 'DeleteKey'))).toEqual(['registry_delete', 'registry_event']);
    expect(sources(of(SYSMON, 13, 'DeleteKey'))).toEqual(['registry_event', 'registry_set']);
    expect(sources(of('Security', 13, 'DeleteKey'))).toEqual([]);
    expect(sources(of(SYSMON, 12, null))).toEqual(['registry_event']);
    for (let id = 1000; id < 1100; id++) expect(sources(of('System', id, 'x'))).toEqual([]);
  }
});

it('shares class and shape between records, and gives the text of a slot as code units', () => {
  const view = new EventReader().evtx();
  const first = view.of(new Record(SHAPE, ['Security', 1, null, 'Một', '2024-01-02T03:04:05Z']));
  const { class: seen, shape } = first;
  expect(first.text(3)).toBe(true);
  expect(String.fromCharCode(...first.units.slice(first.from, first.to))).toBe('Một');
  expect(first.text(1)).toBe(false);
  expect(first.time()).toBe(Date.UTC(2024, 0, 2, 3, 4, 5));
  const second = view.of(new Record(SHAPE, ['security', 1, null, 'x', null]));
  expect(second).toBe(first);
  expect(second.class).toBe(seen);
  expect(second.shape).toBe(shape);
  expect(shape.names[3]).toEqual(['Threat Name', 'ThreatName', 'Threat_Name']);
  expect(second.time()).toBe(1_700_000_000_000);
});

it('has the fields that are made of others after its own', () => {
  const view = new EventReader().evtx();
  const event = view.of(new Record(shapeOf('Channel', 'EventID', 'SubcategoryGuid'), ['Security', 4719, 'ABC']));
  expect(event.shape.names[3]).toEqual(['SubcategoryGuid']);
  expect(event.value(3)).toBe('{ABC}');
  expect(event.text(3)).toBe(false);
});
