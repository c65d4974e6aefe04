import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { directiveLine, readDirective, SecretDocument, secretLine, summaryOf, TextTooLong, unreadLine } from '@vonggac/congvan';
import type { DirectiveLine, ReadWarning } from '@vonggac/congvan';
import { endIdleChildren } from '@vonggac/outside';
import { defineCommand } from 'citty';

const EXIT_UNREAD = 1;
const EXIT_USAGE = 2;

interface Outcome {
  line: DirectiveLine;
  /** Why the document was not read, in Vietnamese and English; null where it was. */
  failure: { vi: string; en: string } | null;
}

/** `vonggac directive read FILE… [--json]`: offline; exit code 1 when one of the files could not be read, 2 without files. */
export const directiveRead = defineCommand({
  meta: { name: 'read', description: 'Đọc văn bản chỉ đạo từ tệp .edxml, .docx, .pdf, .txt hoặc ảnh quét / read directives from files' },
  args: {
    files: { type: 'positional', description: 'các tệp cần đọc / files to read', required: false, valueHint: 'FILE…' },
    json: { type: 'boolean', description: 'mỗi tệp một dòng JSON / one JSON object a line' },
  },
  async run({ args }) {
    const files = args._;
    if (files.length === 0) {
      process.stderr.write('Chưa nêu tệp cần đọc.\nNo file was named.\n');
      process.exitCode = EXIT_USAGE;
      return;
    }
    for (const file of files) {
      const outcome = await readOne(file);
      if (outcome.failure) {
        process.stderr.write(`${file}: ${outcome.failure.vi}\n${file}: ${outcome.failure.en}\n`);
        process.exitCode = EXIT_UNREAD;
      }
      if (args.json) process.stdout.write(`${JSON.stringify(outcome.line)}\n`);
      else if (!outcome.failure) process.stdout.write(`${summaryOf(outcome.line)}\n`);
    }
    endIdleChildren();
  },
});

async function readOne(file: string): Promise<Outcome> {
  const { extractText, EXTRACT_LIMITS, UnreadableFile } = await import('@vonggac/congvan/extract');
  try {
    const { size } = await stat(file);
    if (size > EXTRACT_LIMITS.fileBytes) return tooBig(file, size, EXTRACT_LIMITS.fileBytes);
    const bytes = await readFile(file);
    const { looksLikeEdxml } = await import('@vonggac/congvan/edxml');
    if (looksLikeEdxml(bytes)) return await readMessage(file, bytes);
    const extracted = await extractText(bytes, basename(file));
    const warnings = extracted.warnings.map((one) => warning(one.code, one.messages.vi));
    return { line: directiveLine(file, readDirective(extracted.text), warnings), failure: null };
  } catch (error) {
    if (error instanceof SecretDocument) return { line: secretLine(file, error), failure: error.messages };
    if (error instanceof UnreadableFile || error instanceof TextTooLong) return failed(file, error.code, error.messages);
    const code = systemCode(error);
    if (code === null) throw error;
    return failed(file, 'file-not-readable', { vi: `Không mở được tệp (${code}).`, en: `The file could not be opened (${code}).` });
  }
}

/** An edXML message: the head from its metadata, the rest from its first file that can be read. */
async function readMessage(file: string, bytes: Uint8Array): Promise<Outcome> {
  const { readEdxmlPackage, withMetadata } = await import('@vonggac/congvan/edxml');
  const opened = await readEdxmlPackage(bytes, basename(file));
  if (opened.kind === 'status') {
    return failed(file, 'edxml-status', {
      vi: `Tệp là thông điệp trạng thái (mã ${opened.status.code}), không phải văn bản.`,
      en: `The file is a status message (code ${opened.status.code}), not a document.`,
    });
  }
  const read = withMetadata(readDirective(opened.extracted?.text ?? ''), opened.document);
  const ofText = opened.extracted === null ? [] : read.document.warnings;
  const doubts = read.doubts.map(({ message, ...one }) => ({ ...one, message: message.vi }));
  const warnings = [...opened.warnings.map((one) => warning(one.code, one.messages.vi)), ...doubts];
  return { line: directiveLine(file, { ...read.document, warnings: ofText }, warnings), failure: null };
}

function tooBig(file: string, size: number, limit: number): Outcome {
  const mb = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
  return failed(file, 'too-big', {
    vi: `Tệp lớn ${mb(size)} MB, quá giới hạn ${mb(limit)} MB; hãy tách phần phụ lục và đọc lại.`,
    en: `The file has ${mb(size)} MB, more than the limit of ${mb(limit)} MB; take the appendices out and try again.`,
  });
}

function failed(file: string, code: string, messages: { vi: string; en: string }): Outcome {
  return { line: unreadLine(file, warning(code, messages.vi)), failure: messages };
}

function warning(code: string, message: string): ReadWarning {
  return { code, message, start: 0, end: 0 };
}

function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code) ? error.code : null;
}
