import type { SigmaEvent } from '../event.ts';
import { Recogniser } from '../logsources.ts';
import { mappingOf } from '../mapping/clauses.ts';
import type { MappingFile } from '../mapping/form.ts';
import { STANDARD } from '../mapping/standard.ts';
import type { Logsource } from '../model.ts';
import { EvtxEvent } from './evtx-event.ts';
import { Flattener } from './flatten.ts';
import { JsonEvent, recognisedOf } from './json-event.ts';

export type EventOptions = {
  /** Mapping files besides the standard ones; they add to them. */
  readonly mappings?: readonly MappingFile[];
  /** Log sources that all events belong to, for logs that do not say what they are. */
  readonly logsources?: readonly Logsource[];
};

/** Makes events of what was decoded, with shapes and classes shared between equal ones. */
export class EventReader {
  readonly #recogniser: Recogniser;
  readonly #flattener: Flattener;
  #cut = 0;

  constructor(options: EventOptions = {}) {
    this.#recogniser = new Recogniser(mappingOf([...STANDARD, ...(options.mappings ?? [])]), options.logsources);
    this.#flattener = new Flattener(this.#recogniser);
  }

  /** How many events had more than LIMITS lets through, and were read as far as that. */
  get cut(): number {
    return this.#cut;
  }

  /**
   * An event of decoded JSON in any of the known forms. Where its log is not recognised, its class has only the declared log sources.
   * @returns null where it is no object
   */
  of(decoded: unknown): SigmaEvent | null {
    if (typeof decoded !== 'object' || decoded === null || Array.isArray(decoded)) return null;
    const { layout, values } = this.#flattener.flatten(unwrapped(decoded as Record<string, unknown>));
    if (values.length === 0) return null;
    if (this.#flattener.cut) this.#cut++;
    return new JsonEvent(recognisedOf(this.#recogniser, layout, values), values, layout.timeSlots);
  }

  /** A view for the records of a Windows event log. */
  evtx(): EvtxEvent {
    return new EvtxEvent(this.#recogniser);
  }
}

/** Exports of Elasticsearch and Splunk have the event in a field of its own. */
function unwrapped(decoded: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  for (const key of ['_source', 'result']) {
    const inner = decoded[key];
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && ('_index' in decoded || Object.keys(decoded).length <= 4)) {
      return inner as Record<string, unknown>;
    }
  }
  return decoded;
}

let shared: EventReader | null = null;

/** An event of decoded JSON by the standard mapping: see EventReader. */
export function eventOf(decoded: unknown): SigmaEvent | null {
  shared ??= new EventReader();
  return shared.of(decoded);
}
