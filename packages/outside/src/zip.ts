import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { refusal } from './errors.ts';
import type { OutsideError } from './errors.ts';
import { readDirectory } from './zip-directory.ts';
import type { ZipEntry } from './zip-directory.ts';

export interface ZipLimits {
  readonly entries: number;
  /** Inflated size of all entries together, in bytes. */
  readonly totalBytes: number;
  /** Inflated size of one entry, in bytes. */
  readonly entryBytes: number;
  /** Inflated : packed, for entries above 1 MiB. */
  readonly ratio: number;
  /** How many archives may lie inside one another; 0 refuses every archive in the archive that is opened. */
  readonly nesting: number;
}

export const ZIP_LIMITS: ZipLimits = {
  entries: 2000,
  totalBytes: 256 * 2 ** 20,
  entryBytes: 96 * 2 ** 20,
  ratio: 250,
  nesting: 0,
};

/** An archive whose directory was checked and of which nothing is inflated yet. */
export interface Zip {
  readonly entries: readonly ZipEntry[];
  has(name: string): boolean;
  /** Inflates one entry. @throws OutsideError `zip-broken` (also for a name that is not there), `zip-bomb` */
  read(name: string): Uint8Array;
  /** Opens an archive that lies in this one, within the limits that are left. @throws OutsideError as `openZip` */
  open(name: string): Zip;
}

const PIECE_BYTES = 4096;

function bomb(place: string): OutsideError {
  return refusal('zip-bomb', place, {
    vi: 'Tệp nén phình to bất thường khi giải nén, có thể được tạo ra để gây hại. Hãy yêu cầu nơi gửi cung cấp tệp khác.',
    en: 'The archive grows abnormally when unpacked and may have been made to do harm. Ask the sender for another file.',
  });
}

function broken(place: string): OutsideError {
  return refusal('zip-broken', place, {
    vi: 'Tệp bị hỏng (phần nén không đúng). Hãy lưu lại từ phần mềm gốc hoặc xin bản khác.',
    en: 'The file is damaged (its packed part is wrong). Save it again from its program or ask for another copy.',
  });
}

function nested(place: string): OutsideError {
  return refusal('zip-too-deep', place, {
    vi: 'Tệp nén lồng nhau quá nhiều lớp. Hãy giải nén trước rồi tải lên từng tệp.',
    en: 'Archives are nested too deeply. Unpack them first and upload the files one by one.',
  });
}

function checkDeclared(entries: readonly ZipEntry[], limits: ZipLimits): void {
  if (entries.length > limits.entries) {
    throw refusal('zip-too-many-entries', `${entries.length} > ${limits.entries}`, {
      vi: `Tệp nén chứa quá nhiều mục (${entries.length}). Hãy chia nhỏ rồi thử lại.`,
      en: `The archive holds too many entries (${entries.length}). Split it, then retry.`,
    });
  }
  let total = 0;
  for (const entry of entries) {
    total += entry.size;
    const swollen = entry.size > 2 ** 20 && entry.size > entry.packedSize * limits.ratio;
    if (entry.size > limits.entryBytes || total > limits.totalBytes || swollen) throw bomb(entry.name);
  }
}

/** Inflates in small pieces and stops at the limit: the declared size may lie. */
function inflate(packed: Uint8Array, entry: ZipEntry, limit: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate((piece) => {
    size += piece.length;
    if (size > limit) throw bomb(entry.name);
    pieces.push(piece);
  });
  for (let at = 0; at < packed.length; at += PIECE_BYTES) {
    stream.push(packed.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= packed.length);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function unpack(bytes: Uint8Array, entry: ZipEntry, left: number): Uint8Array {
  const packed = bytes.subarray(entry.start, entry.start + entry.packedSize);
  if (entry.method === 0) return packed;
  try {
    return inflate(packed, entry, Math.min(entry.size, left));
  } catch (error) {
    if (error instanceof Error && error.name === 'OutsideError') throw error;
    throw broken(entry.name);
  }
}

function looksLikeArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) < 8 && (bytes[3] ?? 0) < 9;
}

/**
 * Opens a zip archive (also .docx, .xlsx). The central directory is read first; number of entries, sizes, ratio,
 * encryption, unsafe and duplicate names and overlapping data are refused before anything is inflated, and while
 * inflating the sum of what really comes out is held against the same limits. Source: PKWARE APPNOTE 6.3.10 §4.3–4.4.
 *
 * @throws OutsideError `zip-…`
 */
export function openZip(bytes: Uint8Array, limits: ZipLimits = ZIP_LIMITS): Zip {
  const entries = readDirectory(bytes);
  checkDeclared(entries, limits);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  let left = limits.totalBytes;

  function read(name: string): Uint8Array {
    const entry = byName.get(name);
    if (entry === undefined) throw broken(name);
    const content = unpack(bytes, entry, left);
    left -= content.length;
    if (left < 0) throw bomb(name);
    if (content.length !== entry.size || crc32(content) !== entry.crc) throw broken(name);
    return content;
  }
  function open(name: string): Zip {
    if (limits.nesting <= 0) throw nested(name);
    const inner = read(name);
    if (!looksLikeArchive(inner)) throw broken(name);
    return openZip(inner, { ...limits, totalBytes: left, nesting: limits.nesting - 1 });
  }
  return { entries, has: (name) => byName.has(name), read, open };
}
