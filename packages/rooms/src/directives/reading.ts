import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type ReadDocument, SecretDocument, TextTooLong, readDirective } from '@vonggac/congvan';
import { type ExtractLimits, UnreadableFile, extractText } from '@vonggac/congvan/extract';
import { type DomainError, type Text, invalid } from '@vonggac/kernel';
import { OutsideError, runInChild } from '@vonggac/outside';
import type { EdxmlFacts, ReadingWarning } from './model.ts';

/** A document as it was read, with doubts about the file itself. */
export type ReadText = { text: string; document: ReadDocument; warnings: ReadingWarning[]; edxml?: EdxmlOrigin };

/** Of a document that came as an edXML message. */
export type EdxmlOrigin = { documentId: string; organId: string | null; facts: EdxmlFacts };

/** The reader's doubts in English; it speaks Vietnamese itself. */
const ENGLISH: Record<string, string> = {
  'kind-missing': 'The kind of the document could not be told.',
  'code-missing': 'No number and symbol was found.',
  'number-missing': 'The number is still blank.',
  'code-corrected': 'The symbol is misprinted and was read in its right spelling; check it.',
  'date-missing': 'No date of issue was found.',
  'date-incomplete': 'The date of issue is not complete.',
  'issuer-missing': 'No issuer was found.',
  'issuer-from-text': 'No issuer is printed at the head; its name was taken from the text.',
  'subject-missing': 'No subject was found.',
  'subject-from-text': 'No subject is printed below the kind; it was taken from the issuing sentence.',
  'recipients-missing': 'No “Kính gửi” was found.',
  numbering: 'The numbering has a gap here; check it.',
  'quote-unclosed': 'A quotation does not end; what follows may be quoted.',
  'phone-not-e164': 'This phone number is not valid today and is kept as printed.',
  'requirement-without-number': 'This paragraph demands something or sets a time, but has no number; decide what it is.',
  'deadline-incomplete': 'This deadline lacks a day, month or year.',
  'signer-missing': 'No signer was found.',
  'signer-name-missing': 'The name of the signer could not be read.',
  'text-after-signature': 'What follows the signature is no attached list and was not read.',
};

const READER = pathToFileURL(createRequire(import.meta.url).resolve('@vonggac/congvan'));
const READING = { memoryMb: 512, timeMs: 5000, outputBytes: 64 * 2 ** 20 };

/**
 * Reads a file. Nothing of it is written anywhere: a secrecy mark stops it here.
 * @throws DomainError `directives.secret`, `file.…`
 */
export async function readFileText(bytes: Uint8Array, name: string, signal?: AbortSignal): Promise<ReadText> {
  const extracted = await extractText(bytes, name, signal ? { signal } : {}).catch(refuse);
  const doubts = extracted.warnings.map((warning) => ({ code: warning.code, message: warning.messages, start: 0, end: 0 }));
  return readPlainText(extracted.text, doubts, signal);
}

/** The same for text that was pasted. */
export async function readPlainText(text: string, doubts: ReadingWarning[] = [], signal?: AbortSignal): Promise<ReadText> {
  const document = await inChild(text, signal).catch(refuse);
  const warnings = document.warnings.map(({ code, message, start, end }) => ({
    code,
    message: { vi: message, en: ENGLISH[code] ?? message },
    start,
    end,
  }));
  return { text, document, warnings: [...doubts, ...warnings] };
}

/** What makes a signed PDF useless as a record; a scan that is only too large or too slow to read here is not that. */
const UNUSABLE = /^(?:empty|encrypted|pdf-broken|unknown-format|crashed)$/;
const SIGNED: Partial<ExtractLimits> = { scannedPages: 2, scannedPageMs: 15_000 };

/**
 * Whether a signed PDF may be kept: one with a secrecy mark may not. A scan that cannot be read here is taken, since
 * the officer vouches for it; a broken or encrypted one is not.
 * @throws DomainError `directives.signed_not_pdf`, `directives.secret`, `file.…`
 */
export async function checkSigned(bytes: Uint8Array, name: string): Promise<void> {
  if (Buffer.from(bytes.subarray(0, 1024)).indexOf('%PDF-') < 0) {
    throw invalid('directives.signed_not_pdf', 'file', {
      vi: 'Tệp đính kèm không phải PDF. Xuất văn bản đã ký số ra PDF rồi chọn lại.',
      en: 'The attached file is not a PDF. Export the signed document as PDF and choose it again.',
    });
  }
  const extracted = await extractText(bytes, name, { limits: SIGNED }).catch((error: unknown) => {
    if (error instanceof UnreadableFile && !UNUSABLE.test(error.code)) return null;
    return refuse(error);
  });
  if (extracted) await inChild(extracted.text).catch((error: unknown) => (error instanceof SecretDocument ? refuse(error) : null));
}

/** The reader itself runs in a child; what it throws on purpose is thrown again here, where its class is known. */
async function inChild(text: string, signal?: AbortSignal): Promise<ReadDocument> {
  try {
    return await runInChild<ReadDocument>({
      module: READER,
      export: 'readDirective',
      input: text,
      limits: READING,
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof OutsideError && /^(SecretDocument|TextTooLong)\b/.test(error.place ?? '')) return readDirective(text);
    throw error;
  }
}

/** @throws DomainError in place of the reader's own errors; their texts hold nothing of the document */
export async function refuse(error: unknown): Promise<never> {
  if (error instanceof SecretDocument) throw secret(error);
  if (error instanceof UnreadableFile) throw invalid(`file.${error.code.replaceAll('-', '_')}`, error.place, error.messages);
  if (error instanceof TextTooLong) throw invalid('file.text_too_long', 'text', error.messages);
  if (error instanceof OutsideError) throw invalid(`file.${error.code.replaceAll('-', '_')}`, 'text', error.messages);
  throw error;
}

function secret(error: SecretDocument): DomainError {
  const text: Text = {
    vi: `${error.messages.vi} Không có nội dung nào được lưu lại. Xử lý văn bản theo quy định về bảo vệ bí mật nhà nước.`,
    en: `${error.messages.en} Nothing of it was kept. Handle it under the rules on state secrets.`,
  };
  return invalid('directives.secret', 'file', text);
}
