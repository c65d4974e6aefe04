import { DomainError } from '@vonggac/kernel';
import { OutsideError, readTableSafely, type Table } from '@vonggac/outside';
import { secret, wrongFormat } from './errors.ts';

/** Largest file that is taken. @unit bytes */
export const SHEET_LIMIT = 10 * 1024 * 1024;
const SECRET = /^(?:tuyệt mật|tối mật|mật)$/iu;

/**
 * Opens a sheet that came back, in a process apart.
 * @throws DomainError `file.too_large` | `answer-file.…` that says what is wrong with the file and what to do
 */
export async function openSheet(content: Uint8Array, name: string): Promise<Table> {
  if (content.byteLength > SHEET_LIMIT)
    throw new DomainError('too-large', 'file.too_large', {
      vi: `Tệp lớn hơn ${SHEET_LIMIT / 1_048_576} MB. Phiếu báo cáo chỉ chứa chữ; bỏ ảnh và tệp đính kèm trong phiếu rồi gửi lại.`,
      en: `The file is larger than ${SHEET_LIMIT / 1_048_576} MB. A sheet holds only text; remove pictures and attachments and send it again.`,
    });
  const start = Buffer.from(content.buffer, content.byteOffset, Math.min(content.byteLength, 2000)).toString('latin1');
  if (start.includes('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')) throw wrongFormat('ods');
  const table = await readTableSafely(content, name).catch((error: unknown) => {
    if (!(error instanceof OutsideError)) throw error;
    throw new DomainError('invalid', `answer-file.${error.code}`, error.messages, { place: 'file' });
  });
  if (table.format !== 'xlsx') throw wrongFormat('csv');
  const marked = table.sheets.some((sheet) => sheet.rows.some((row) => row.some((cell) => SECRET.test(cell.normalize('NFC').trim()))));
  if (marked) throw secret();
  return table;
}
