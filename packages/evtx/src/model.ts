/**
 * A value of an event: what `evtx_dump -o jsonl` prints for it. Whole numbers past `Number.MAX_SAFE_INTEGER` are bigint; an array that
 * does not repeat its element is a list.
 */
export type EvtxValue = string | number | bigint | boolean | null | readonly EvtxValue[];

/** An event as a plain object: `{ Event: { '#attributes': …, System: …, EventData: … } }`. */
export type EvtxObject = { [name: string]: EvtxValue | EvtxObject };

/** A leaf of an event: the text of an element, or one of its attributes. */
export type EvtxField = {
  /** The element right below `Event` it lies in: `System`, `EventData`, `UserData` … */
  readonly section: string;
  /** The elements below `Event` down to the leaf; an attribute is a last part with `@` before it: `['System', 'Execution', '@ProcessID']`. */
  readonly path: readonly string[];
  /** The `Name` of a `Data`, else the element's name; an attribute is `Element_Attribute`: `Provider_Name`, `TimeCreated_SystemTime`. */
  readonly name: string;
};

/** The leaves of an event in document order. Events of one layout share one object, across chunks and files. */
export type EvtxShape = { readonly fields: readonly EvtxField[] };

/** Something that is damaged and was read past. */
export type EvtxWarning = {
  /**
   * `file-header`, `file-truncated`, `chunk-magic`, `chunk-header`, `chunk-checksum`, `records-beyond-header`, `record-header`,
   * `record-content`
   */
  readonly code: string;
  /** The number of the chunk in the file, from 0; null where it is the file's own header. */
  readonly chunk: number | null;
  /** Where in the file. @unit bytes */
  readonly offset: number;
  readonly message: string;
};

/** No event log, or one that cannot be read at all. `code`: `not-evtx`, `unreadable`. */
export class EvtxError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EvtxError';
    this.code = code;
  }
}

/** A view on one record, valid until the next one is asked for: the same object is moved on. */
export interface EvtxRecord {
  /** EventRecordID as the record's own header has it. */
  readonly id: number;
  /** When it was written. @unit milliseconds since 1970-01-01 UTC */
  readonly writtenAt: number;
  readonly shape: EvtxShape;
  /** The value of a slot of the shape, decoded now. An element without text is null, a `Data` of `EventData` or `UserData` without is `''`. */
  value(slot: number): EvtxValue;
  /**
   * Points `units`, `from` and `to` at the UTF-16 code units of a slot, without making a string.
   * @returns false where the slot is no UTF-16 string or is empty: then `value` says what it is
   */
  text(slot: number): boolean;
  readonly units: Uint16Array;
  readonly from: number;
  readonly to: number;
  /** The whole event as a plain object of its own, in the form of `evtx_dump -o jsonl`. */
  toObject(): EvtxObject;
}

/** Bytes that do not say what they should: the record is left out with a warning. */
export class Damage extends Error {}
