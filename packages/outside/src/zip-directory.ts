import { refusal } from './errors.ts';
import type { OutsideError } from './errors.ts';

export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; others are refused. */
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  /** Declared size when inflated, in bytes. */
  readonly size: number;
  /** Where the packed data begins. */
  readonly start: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const FOLDERS = 24;

function broken(place: string): OutsideError {
  return refusal('zip-broken', place, {
    vi: 'Tệp bị hỏng hoặc bị cắt cụt (mục lục nén không đọc được). Hãy lưu lại từ phần mềm gốc hoặc xin bản khác.',
    en: 'The file is damaged or cut short (its directory cannot be read). Save it again from its program or ask for another copy.',
  });
}

function unsupported(place: string): OutsideError {
  return refusal('zip-unsupported', place, {
    vi: 'Kiểu nén của tệp không được hỗ trợ. Hãy lưu lại từ phần mềm gốc ở định dạng thông dụng.',
    en: 'The way this file is packed is not supported. Save it again from its program in the usual format.',
  });
}

function encrypted(place: string): OutsideError {
  return refusal('zip-encrypted', place, {
    vi: 'Tệp được đặt mật khẩu nên không đọc được. Hãy gỡ mật khẩu rồi tải lại.',
    en: 'The file is protected by a password and cannot be read. Remove the password and upload it again.',
  });
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - END_BYTES - 0xffff);
  for (let at = view.byteLength - END_BYTES; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw broken('end of directory');
}

function safeName(raw: Uint8Array): string {
  const name = new TextDecoder('utf-8').decode(raw);
  const parts = name.split('/');
  // eslint-disable-next-line no-control-regex
  const strange = /[\u0000-\u001f\\]|^[A-Za-z]:/u.test(name);
  if (name === '' || strange || name.startsWith('/') || parts.includes('..') || parts.length > FOLDERS) {
    throw refusal('zip-unsafe-name', 'directory', {
      vi: 'Tệp nén chứa đường dẫn không an toàn nên bị từ chối. Hãy yêu cầu nơi gửi cung cấp tệp khác.',
      en: 'The archive holds an unsafe path and is refused. Ask the sender for another file.',
    });
  }
  return name;
}

interface Central extends Omit<ZipEntry, 'start'> {
  readonly header: number;
  readonly next: number;
}

function readCentral(bytes: Uint8Array, view: DataView, at: number): Central {
  if (at + CENTRAL_BYTES > view.byteLength || view.getUint32(at, true) !== CENTRAL) throw broken('directory');
  const nameLength = view.getUint16(at + 28, true);
  const next = at + CENTRAL_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > view.byteLength) throw broken('directory');
  const name = safeName(bytes.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength));
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const packedSize = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const header = view.getUint32(at + 42, true);
  if ((flags & 0x2041) !== 0 || method === 99) throw encrypted(name);
  // 0xffffffff announces zip64: no document needs it.
  if (packedSize === 0xffffffff || size === 0xffffffff || header === 0xffffffff) throw unsupported(name);
  if (method !== 0 && method !== 8) throw unsupported(name);
  if (method === 0 && packedSize !== size) throw broken(name);
  return { name, method, crc: view.getUint32(at + 16, true), packedSize, size, header, next };
}

/** Where the data begins; the local header must be where the directory says and carry the same name. */
function dataStart(bytes: Uint8Array, view: DataView, entry: Central): number {
  const at = entry.header;
  if (at + LOCAL_BYTES > view.byteLength || view.getUint32(at, true) !== LOCAL) throw broken(entry.name);
  if ((view.getUint16(at + 6, true) & 0x2041) !== 0) throw encrypted(entry.name);
  const nameEnd = at + LOCAL_BYTES + view.getUint16(at + 26, true);
  const start = nameEnd + view.getUint16(at + 28, true);
  if (start + entry.packedSize > view.byteLength) throw broken(entry.name);
  if (new TextDecoder('utf-8').decode(bytes.subarray(at + LOCAL_BYTES, nameEnd)) !== entry.name) throw broken(entry.name);
  return start;
}

function checkNames(entries: readonly ZipEntry[]): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    // Office programs compare names of parts without case (ISO/IEC 29500-2 §9.1).
    const key = name.toLowerCase();
    if (seen.has(key)) {
      throw refusal('zip-duplicate-name', name, {
        vi: 'Tệp nén chứa hai mục trùng tên nên bị từ chối. Hãy lưu lại từ phần mềm gốc.',
        en: 'The archive holds two entries of the same name and is refused. Save it again from its program.',
      });
    }
    seen.add(key);
  }
}

function checkOverlap(entries: readonly (ZipEntry & { header: number })[], directory: number): void {
  const inOrder = entries.toSorted((a, b) => a.header - b.header);
  for (const [at, entry] of inOrder.entries()) {
    const next = inOrder[at + 1]?.header ?? directory;
    if (entry.start + entry.packedSize > next) {
      throw refusal('zip-overlap', entry.name, {
        vi: 'Các mục trong tệp nén chồng lên nhau: tệp được tạo ra để gây hại hoặc bị hỏng.',
        en: 'Entries of the archive overlap: it was made to do harm or is damaged.',
      });
    }
  }
}

/**
 * Reads the central directory of a zip archive without inflating anything.
 * @throws OutsideError `zip-broken`, `zip-encrypted`, `zip-unsafe-name`, `zip-duplicate-name`, `zip-overlap`, `zip-unsupported`
 */
export function readDirectory(bytes: Uint8Array): ZipEntry[] {
  if (bytes.length < END_BYTES) throw broken('end of directory');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const directory = view.getUint32(end + 16, true);
  if (view.getUint16(end + 4, true) !== 0 || count !== view.getUint16(end + 8, true)) throw unsupported('disks');
  if (count === 0xffff || directory === 0xffffffff) throw unsupported('zip64');
  if (directory + view.getUint32(end + 12, true) !== end) throw broken('directory');
  const entries: (ZipEntry & { header: number })[] = [];
  let at = directory;
  for (let index = 0; index < count; index++) {
    const central = readCentral(bytes, view, at);
    const { next, ...entry } = central;
    entries.push({ ...entry, start: dataStart(bytes, view, central) });
    at = next;
  }
  if (at !== end) throw broken('directory');
  checkNames(entries);
  checkOverlap(entries, directory);
  return entries.map(({ header: _header, ...entry }) => entry);
}
