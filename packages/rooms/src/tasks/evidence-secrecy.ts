import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { extractText } from '@vonggac/congvan/extract';
import { invalid } from '@vonggac/kernel';
import { OutsideError, runInChild } from '@vonggac/outside';

const READER = pathToFileURL(createRequire(import.meta.url).resolve('@vonggac/congvan'));
const LIMITS = { memoryMb: 512, timeMs: 5000, outputBytes: 64 * 2 ** 20 };
const READABLE = /pdf|wordprocessingml|^text\/plain/;
/** A mark of secrecy stands in the head; the rest of a long log need not be read for it. */
const READ_LENGTH = 200_000;

/**
 * Stops a document with a mark of state secrecy before anything of it is kept. What has no text to read, a scan or a
 * picture, is taken on the warning that stands before the upload.
 * @throws DomainError `evidence.secret`, place `file`
 */
export async function mustNotBeSecret(content: Uint8Array, { name, type }: { name: string; type: string }): Promise<void> {
  if (!READABLE.test(type)) return;
  const text = await extractText(content, name, { limits: { scannedPages: 0 } }).then(
    (read) => read.text,
    () => '',
  );
  if (text.trim() === '' || !(await hasMark(text.slice(0, READ_LENGTH)))) return;
  throw invalid('evidence.secret', 'file', {
    vi: 'Tệp có dấu mức độ mật. Hệ thống này không nhận tài liệu bí mật nhà nước; không có nội dung nào được lưu lại. Xử lý tài liệu theo quy định về bảo vệ bí mật nhà nước.',
    en: 'The file bears a mark of state secrecy. This system takes no state secrets; nothing of it was kept. Handle it under the rules on state secrets.',
  });
}

async function hasMark(text: string): Promise<boolean> {
  try {
    await runInChild({ module: READER, export: 'readDirective', input: text, limits: LIMITS });
    return false;
  } catch (error) {
    return error instanceof OutsideError && (error.place ?? '').startsWith('SecretDocument');
  }
}
