import { randomBytes } from 'node:crypto';

let last = 0;
let counter = 0;

/**
 * A UUIDv7 (RFC 9562 §5.7): the first 48 bits are the milliseconds, so ids sort by time of making. Those of one process
 * also sort where the clock stands still or goes back: the time of the last one is kept and twelve bits count on (§6.2,
 * method 1). With a given `at` it is of that millisecond and in no order with others of it.
 */
export function newId(at?: number): string {
  const bytes = randomBytes(16);
  if (at === undefined) {
    step(Date.now());
    bytes.writeUInt16BE(counter, 6);
  }
  bytes.writeUIntBE(at ?? last, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Half of the counter's room is left at the start of a millisecond; when it is used up, the next one is borrowed. */
function step(now: number): void {
  if (now > last) {
    last = now;
    counter = randomBytes(2).readUInt16BE() & 0x07ff;
  } else if (++counter > 0x0fff) {
    last += 1;
    counter = 0;
  }
}

/** Every later id sorts after this one, whatever the clock says: called at start with the newest id on record. */
export function idsAfter(id: string): void {
  const at = millisecondsOf(id);
  if (at >= last) {
    last = at + 1;
    counter = 0;
  }
}

/** When a UUIDv7 was made. @unit milliseconds since 1970 */
export function millisecondsOf(id: string): number {
  return Number.parseInt(id.slice(0, 13).replace('-', ''), 16);
}

/** The organisation of what belongs to the installation itself (first run, restarts): no row bears it. */
export const HOUSE = '00000000-0000-0000-0000-000000000000';

/** Points at any noun of any room without importing that room. */
export type SubjectRef = { kind: string; id: string };
