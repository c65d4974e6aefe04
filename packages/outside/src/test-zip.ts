// Archives for tests, byte by byte, so that a header can lie.
import { crc32, deflateRawSync } from 'node:zlib';

export interface TestEntry {
  readonly name: string;
  readonly content: Uint8Array | string;
  /** Overrides of what the headers say. */
  readonly declaredSize?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly localName?: string;
  /** Points at the local header of an earlier entry instead of writing one. */
  readonly sharesHeaderOf?: number;
  /** Bytes to add to that place. */
  readonly shift?: number;
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function header(entry: TestEntry, packed: Uint8Array, central: boolean, offset: number): Buffer {
  const content = bytesOf(entry.content);
  const name = Buffer.from(central ? entry.name : (entry.localName ?? entry.name));
  const fixed = Buffer.alloc(central ? 46 : 30);
  const shift = central ? 2 : 0;
  fixed.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0);
  fixed.writeUInt16LE(20, 4 + shift);
  fixed.writeUInt16LE(entry.flags ?? 0, 6 + shift);
  fixed.writeUInt16LE(entry.method ?? 8, 8 + shift);
  fixed.writeUInt32LE(entry.crc ?? crc32(content), 14 + shift);
  fixed.writeUInt32LE(packed.length, 18 + shift);
  fixed.writeUInt32LE(entry.declaredSize ?? content.length, 22 + shift);
  fixed.writeUInt16LE(name.length, 26 + shift);
  if (central) fixed.writeUInt32LE(offset, 42);
  return Buffer.concat([fixed, name]);
}

/** A zip archive; entries are deflated unless `method` is 0. */
export function makeZip(entries: readonly TestEntry[]): Uint8Array {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const entry of entries) {
    const packed = entry.method === 0 ? bytesOf(entry.content) : deflateRawSync(bytesOf(entry.content));
    const offset = entry.sharesHeaderOf === undefined ? at : (offsets[entry.sharesHeaderOf] ?? 0) + (entry.shift ?? 0);
    offsets.push(offset);
    central.push(header(entry, packed, true, offset));
    if (entry.sharesHeaderOf !== undefined) continue;
    const block = Buffer.concat([header(entry, packed, false, 0), packed]);
    local.push(block);
    at += block.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...local, directory, end]));
}
