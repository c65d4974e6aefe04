import { refusal } from './errors.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { TABLE_LIMITS } from './table.ts';
import type { Table, TableLimits } from './table.ts';
import { openZip } from './zip.ts';

function startsWith(bytes: Uint8Array, ...start: number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

/**
 * Reads a table by its content, whatever its name says: .xlsx, .csv, .tsv, pasted cells. Runs in this process; for
 * what people upload use `readTableSafely`.
 *
 * @throws OutsideError `table-format` (.xls and others), `table-…`, `zip-…`, `xml-…`, `binary`, `unknown-encoding`
 */
export function readTable(bytes: Uint8Array, name: string, limits: TableLimits = TABLE_LIMITS): Table {
  if (startsWith(bytes, 0x50, 0x4b)) return readXlsx(openZip(bytes), limits);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw refusal('table-format', name, {
      vi: 'Tệp .xls cũ hoặc bảng tính có mật khẩu không được hỗ trợ. Hãy gỡ mật khẩu, lưu lại thành .xlsx rồi thử lại.',
      en: 'Old .xls files and workbooks with a password are not supported. Remove the password, save as .xlsx, then retry.',
    });
  }
  return readCsv(bytes, limits);
}

/** The job of the child process behind `readTableSafely`. */
export function readTableJob(input: { bytes: Uint8Array; name: string; limits: TableLimits }): Table {
  return readTable(input.bytes, input.name, input.limits);
}
