import { randomBytes } from 'node:crypto';

/** A UUIDv7 (RFC 9562 §5.7): the first 48 bits are the milliseconds, so ids sort by time of making. */
export function newId(at: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The organisation of what belongs to the installation itself (first run, restarts): no row bears it. */
export const HOUSE = '00000000-0000-0000-0000-000000000000';

/** Points at any noun of any room without importing that room. */
export type SubjectRef = { kind: string; id: string };
