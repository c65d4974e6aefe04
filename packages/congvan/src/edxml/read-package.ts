import { extname } from 'node:path';
import { OutsideError, runInChild } from '@vonggac/outside';
import { EXTRACT_LIMITS, type ExtractedText, extractText, UnreadableFile } from '../extract/index.ts';
import { SecretDocument } from '../model.ts';
import type * as Job from './edxml-job.ts';
import type { EdxmlAttachment, EdxmlDocument, EdxmlStatus, EdxmlWarning } from './model.ts';

/** A doubt about a message or one of its files; `place` is an element or a file's name. */
export type PackageWarning = Pick<EdxmlWarning, 'place' | 'messages'> & { readonly code: string };

/** A message that was opened: a document with the text of its first readable file, or a status. */
export type EdxmlPackage =
  | {
      readonly kind: 'document';
      readonly document: EdxmlDocument;
      /** The text of the document itself, and which of the attachments it is; null where none can be read. */
      readonly extracted: ExtractedText | null;
      readonly textOf: number | null;
      readonly warnings: readonly PackageWarning[];
    }
  | { readonly kind: 'status'; readonly status: EdxmlStatus; readonly warnings: readonly PackageWarning[] };

export interface PackageOptions {
  /** Stops the reading; it then fails with `cancelled`. */
  readonly signal?: AbortSignal;
}

const JOB = new URL(`./edxml-job${extname(import.meta.url)}`, import.meta.url);
const LIMITS = { memoryMb: 1024, timeMs: 20_000, outputBytes: 160 * 2 ** 20 };
const MARK_LIMITS = { memoryMb: 512, timeMs: 5000, outputBytes: 2 ** 16 };
const READ_FILES = 20;
const SCANNED = /^(?:too-many-scanned-pages|scan-)/u;

type Found = { at: number; extracted: ExtractedText };

/**
 * Opens an edXML message in the child process: its metadata, and the text of its files. A mark of state secrecy in the
 * metadata or in any file that can be read stops it; nothing is written anywhere.
 *
 * @throws SecretDocument | UnreadableFile and nothing else
 */
export async function readEdxmlPackage(bytes: Uint8Array, name: string, options: PackageOptions = {}): Promise<EdxmlPackage> {
  const message = await openEdxml(bytes, name, options);
  if (message.kind === 'status') return message;
  const { found, warnings } = await readFiles(message.document.attachments, options);
  return {
    kind: 'document',
    document: message.document,
    extracted: found?.extracted ?? null,
    textOf: found?.at ?? null,
    warnings: [...message.warnings, ...warnings, ...(found ? [] : [NO_TEXT])],
  };
}

/** The metadata and files alone, without reading the files. @throws SecretDocument | UnreadableFile */
export async function openEdxml(bytes: Uint8Array, name: string, options: PackageOptions = {}) {
  if (bytes.byteLength > EXTRACT_LIMITS.fileBytes)
    throw unreadable(new OutsideError({ code: 'edxml-too-big', place: name, messages: TOO_BIG }), name);
  const result = await inChild<ReturnType<typeof Job.edxmlJob>>('edxmlJob', bytes, { name, ...options });
  if (result.kind === 'secret') throw new SecretDocument(result.mark.secrecy, result.mark.span);
  return result.message;
}

const TOO_BIG = {
  vi: 'Gói tin edXML vượt quá 50 MB. Hãy đề nghị nơi gửi gửi tệp đính kèm riêng.',
  en: 'The edXML message is larger than 50 MB. Ask the sender to send the files separately.',
};

async function inChild<T>(job: keyof typeof Job, input: unknown, { name, signal }: PackageOptions & { name: string }): Promise<T> {
  try {
    const limits = job === 'edxmlJob' ? LIMITS : MARK_LIMITS;
    return await runInChild<T>({ module: JOB, export: job, input, limits, ...(signal ? { signal } : {}) });
  } catch (error) {
    throw error instanceof OutsideError ? unreadable(error, name) : error;
  }
}

const unreadable = (error: OutsideError, name: string) =>
  new UnreadableFile({ code: error.code, place: error.place ?? name, messages: error.messages });

async function readFiles(files: readonly EdxmlAttachment[], options: PackageOptions) {
  const warnings: PackageWarning[] = [];
  const scans: number[] = [];
  let found: Found | null = null;
  for (const [at, file] of files.entries()) {
    const read = at < READ_FILES ? await textOf(file, options, 0) : 'unread';
    if (typeof read === 'string') {
      if (SCANNED.test(read)) scans.push(at);
      else warnings.push(unread(file.name));
    } else found ??= { at, extracted: read };
  }
  for (const at of scans) {
    const file = files[at]!;
    const read = found === null ? await textOf(file, options, EXTRACT_LIMITS.scannedPages) : 'unread';
    if (typeof read === 'string') warnings.push(unread(file.name));
    else found = { at, extracted: read };
  }
  for (const { place, code, messages } of found?.extracted.warnings ?? []) warnings.push({ place: place ?? '', code, messages });
  return { found, warnings };
}

/** The text of a file, or the code of why it has none. @throws SecretDocument, and UnreadableFile when it was cancelled */
async function textOf(file: EdxmlAttachment, options: PackageOptions, scannedPages: number): Promise<ExtractedText | string> {
  let extracted: ExtractedText;
  try {
    extracted = await extractText(file.bytes, file.name, { ...options, limits: { scannedPages } });
  } catch (error) {
    if (!(error instanceof UnreadableFile) || error.code === 'cancelled') throw error;
    return error.code;
  }
  const mark = await inChild<Job.FoundMark | null>('markJob', extracted.text, { name: file.name, ...options });
  if (mark !== null) throw new SecretDocument(mark.secrecy, mark.span);
  return extracted;
}

const unread = (name: string): PackageWarning => ({
  code: 'attachment-unread',
  place: name,
  messages: {
    vi: `Tệp đính kèm “${name}” không đọc được nên chưa kiểm tra dấu chỉ độ mật. Mở tệp để kiểm tra trước khi dùng.`,
    en: `The attached file “${name}” could not be read, so it was not checked for a secrecy mark. Open it and look before using it.`,
  },
});

const NO_TEXT: PackageWarning = {
  code: 'edxml-no-text',
  place: 'AttachmentEncoded',
  messages: {
    vi: 'Gói tin không kèm văn bản nào đọc được; dự thảo chỉ có phần đầu lấy từ gói tin. Bổ sung nội dung yêu cầu và nơi nhận, hoặc tải lên tệp .docx, .pdf.',
    en: 'The message carries no document that can be read; the draft has only the head taken from the message. Add requirements and recipients, or upload the .docx or .pdf.',
  },
};
