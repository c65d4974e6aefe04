import type { Shape, SigmaEvent, Value } from '@vonggac/sigma';
import type { Place } from './shown-hit.ts';

/** What a log calls them, the likeliest first. */
const NAMES = {
  recordId: ['EventRecordID', 'winlog.record_id', 'RecordNumber', 'record_id', 'RecordID'],
  computer: [
    'Computer',
    'winlog.computer_name',
    'ComputerName',
    'host.name',
    'host.hostname',
    'Hostname',
    'hostname',
    'host',
    'agent.name',
  ],
  channel: ['Channel', 'winlog.channel', 'LogName', 'event.dataset', '_path', 'eventSource'],
} as const;

type Slots = Record<keyof typeof NAMES, number>;

/** Finds out where an event stands, from its own fields. */
export class Placing {
  readonly #slots = new WeakMap<Shape, Slots>();

  /** `position`: the how-manieth event of its file it is, from 1. */
  of(event: SigmaEvent, file: string, position: number): Place {
    const { recordId, computer, channel } = this.#slotsOf(event.shape);
    const id = scalar(event, recordId);
    return {
      file,
      recordId: id === null ? position : /^\d{1,15}$/u.test(id) ? Number(id) : id,
      time: isoOf(event.time()),
      computer: scalar(event, computer),
      channel: scalar(event, channel),
    };
  }

  #slotsOf(shape: Shape): Slots {
    let slots = this.#slots.get(shape);
    if (slots === undefined) {
      const find = (names: readonly string[]): number => {
        const found = names.map((name) => shape.names.findIndex((all) => all.includes(name)));
        return found.find((slot) => slot >= 0) ?? -1;
      };
      slots = { recordId: find(NAMES.recordId), computer: find(NAMES.computer), channel: find(NAMES.channel) };
      this.#slots.set(shape, slots);
    }
    return slots;
  }
}

function scalar(event: SigmaEvent, slot: number): string | null {
  const value: Value = slot < 0 ? null : event.value(slot);
  return value === null || typeof value === 'object' || value === '' ? null : String(value);
}

export function isoOf(time: number | null): string | null {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
