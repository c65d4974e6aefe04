import { DomainError, type Text } from '@vonggac/kernel';
import { fileTypeFromBuffer } from 'file-type';

/** @unit bytes */
export const EVIDENCE_LIMIT = 25 * 1024 * 1024;

/** What may prove something, by its content, with the endings that go with it. */
const KINDS: Record<string, { type: string; endings: readonly string[] }> = {
  pdf: { type: 'application/pdf', endings: ['pdf'] },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'] },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'] },
  pptx: { type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', endings: ['pptx'] },
  odt: { type: 'application/vnd.oasis.opendocument.text', endings: ['odt'] },
  ods: { type: 'application/vnd.oasis.opendocument.spreadsheet', endings: ['ods'] },
  odp: { type: 'application/vnd.oasis.opendocument.presentation', endings: ['odp'] },
  cfb: { type: 'application/x-cfb', endings: ['doc', 'xls', 'ppt', 'msg'] },
  jpg: { type: 'image/jpeg', endings: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  png: { type: 'image/png', endings: ['png'] },
  gif: { type: 'image/gif', endings: ['gif'] },
  webp: { type: 'image/webp', endings: ['webp'] },
  heic: { type: 'image/heic', endings: ['heic', 'heif'] },
  tif: { type: 'image/tiff', endings: ['tif', 'tiff'] },
  bmp: { type: 'image/bmp', endings: ['bmp'] },
  mp3: { type: 'audio/mpeg', endings: ['mp3'] },
  m4a: { type: 'audio/x-m4a', endings: ['m4a'] },
  amr: { type: 'audio/amr', endings: ['amr'] },
  mp4: { type: 'video/mp4', endings: ['mp4', 'm4v'] },
  mov: { type: 'video/quicktime', endings: ['mov'] },
  zip: { type: 'application/zip', endings: ['zip'] },
  '7z': { type: 'application/x-7z-compressed', endings: ['7z'] },
  rar: { type: 'application/x-rar-compressed', endings: ['rar'] },
  gz: { type: 'application/gzip', endings: ['gz'] },
  pcap: { type: 'application/vnd.tcpdump.pcap', endings: ['pcap', 'pcapng'] },
};

const TEXT_ENDINGS = ['txt', 'csv', 'tsv', 'log', 'md', 'json', 'xml', 'eml', 'yml', 'yaml'];
const MACRO_MARKS = ['vbaProject.bin', Buffer.from('_VBA_PROJECT', 'utf16le').toString('latin1')];
/** Root class of a Windows installer package: it is built like an old Office file. */
const INSTALLER = Buffer.from('84100c0000000000c000000000000046', 'hex');
const SCRIPT = /^\s*(?:#!|<!doctype\s+html|<html|<script|<svg|<\?php|<%|@echo\b|MZ)/i;

/**
 * The type of a piece of evidence by what it contains; its name must say the same.
 * @returns the media type and the name without a path
 * @throws DomainError `evidence.empty` | `evidence.refused_type` | `evidence.mismatch` | `evidence.macro`, place `file`
 */
export async function evidenceTypeOf(content: Uint8Array, givenName: string): Promise<{ type: string; name: string }> {
  const name = cleanName(givenName);
  const ending = /\.([^.]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (content.length === 0)
    throw refused('evidence.empty', { vi: `Tệp ${name} trống. Chọn lại tệp.`, en: `The file ${name} is empty. Choose another one.` });
  const found = await fileTypeFromBuffer(content);
  // Text in XML's dress is judged as text.
  if (found === undefined || found.ext === 'xml') return { type: textTypeOf(content, { name, ending }), name };
  const kind = KINDS[found.ext];
  if (!kind) throw unwanted(name, found.ext);
  if (!kind.endings.includes(ending)) throw mismatch(name, found.ext);
  mustBeHarmless(Buffer.from(content.buffer, content.byteOffset, content.byteLength), { name, ext: found.ext });
  return { type: kind.type, name };
}

/** A name of a file as it may be kept and offered again: no path, no control or direction characters. */
export function cleanName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const name = last.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();
  return name === '' ? 'minh-chung' : name.slice(-200);
}

function textTypeOf(content: Uint8Array, { name, ending }: { name: string; ending: string }): string {
  const text = decoded(content);
  if (text === null || SCRIPT.test(text.slice(0, 500))) throw unwanted(name, ending || '?');
  if (!TEXT_ENDINGS.includes(ending)) throw mismatch(name, 'txt');
  return ending === 'csv' ? 'text/csv' : 'text/plain';
}

function decoded(content: Uint8Array): string | null {
  try {
    const utf16 = content[0] === 0xff && content[1] === 0xfe;
    const text = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(content);
    return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function mustBeHarmless(content: Buffer, { name, ext }: { name: string; ext: string }): void {
  if (ext === 'cfb' && content.includes(INSTALLER)) throw unwanted(name, 'msi');
  if (!MACRO_MARKS.some((mark) => content.includes(mark, 0, 'latin1'))) return;
  throw refused('evidence.macro', {
    vi: `Tệp ${name} có chứa macro. Lưu lại thành bản không có macro (.docx, .xlsx) hoặc PDF rồi gửi.`,
    en: `The file ${name} contains macros. Save it without them (.docx, .xlsx) or as PDF and send that.`,
  });
}

function unwanted(name: string, ext: string): DomainError {
  return refused('evidence.refused_type', {
    vi: `Tệp ${name} thuộc loại không nhận làm minh chứng (.${ext}). Gửi PDF, ảnh, tài liệu văn phòng, văn bản thuần, âm thanh, video hoặc tệp nén.`,
    en: `The file ${name} is of a kind that is not taken as evidence (.${ext}). Send a PDF, picture, office document, plain text, sound, video or archive.`,
  });
}

function mismatch(name: string, ext: string): DomainError {
  return refused('evidence.mismatch', {
    vi: `Nội dung tệp ${name} là .${ext}, không khớp với tên. Đổi lại phần mở rộng cho đúng hoặc xuất lại tệp.`,
    en: `The file ${name} really contains .${ext}, which is not what its name says. Correct its ending or save it anew.`,
  });
}

function refused(code: string, text: Text): DomainError {
  return new DomainError('invalid', code, text, { place: 'file' });
}
