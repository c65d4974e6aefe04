import { CsvError, parse } from 'csv-parse/sync';
import { decodeText } from './decode-text.ts';
import { refusal } from './errors.ts';
import type { OutsideWarning } from './errors.ts';
import { tableBroken, tableTooBig } from './table.ts';
import type { Table, TableLimits } from './table.ts';

// What is least usual inside of a cell comes first: it wins where two split a sample equally well.
const DELIMITERS = ['\t', ';', '|', ','] as const;
const SAMPLE = 32_768;
const TRY_ROWS = 50;

interface ParseChoice {
  readonly delimiter: string;
  readonly rows: number;
  readonly record: number;
  readonly strict: boolean;
}

function parseRows(text: string, choice: ParseChoice): string[][] {
  return parse(text, {
    delimiter: choice.delimiter,
    to: choice.rows,
    max_record_size: choice.record,
    relax_column_count: true,
    relax_quotes: !choice.strict,
    skip_empty_lines: false,
  });
}

/** Rows that agree with the most usual width, times that width; 0 where a delimiter never occurs. */
function fitness(text: string, delimiter: string): number {
  try {
    const rows = parseRows(text, { delimiter, rows: TRY_ROWS, record: SAMPLE, strict: false });
    const widths = new Map<number, number>();
    for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
    const [width, count] = [...widths].filter(([w]) => w > 1).toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
    return (count / rows.length) * 100 + Math.min(width, 50) / 100;
  } catch {
    return 0;
  }
}

/** The delimiter that splits the first lines most evenly; a comma for a single column. */
export function findDelimiter(text: string): string {
  const cut = text.slice(0, SAMPLE);
  // A cut line in the middle would look like a short row.
  const sample = text.length > SAMPLE ? cut.slice(0, cut.lastIndexOf('\n') + 1) || cut : cut;
  let best = { delimiter: ',', fit: 0 };
  for (const delimiter of DELIMITERS) {
    const fit = sample.includes(delimiter) ? fitness(sample, delimiter) : 0;
    if (fit > best.fit) best = { delimiter, fit };
  }
  return best.delimiter;
}

function looseQuotes(line: number): OutsideWarning {
  return {
    code: 'loose-quotes',
    place: `${line}`,
    messages: {
      vi: `Dấu nháy kép ở dòng ${line} không đúng quy tắc CSV và được giữ như chữ thường. Hãy kiểm tra lại dòng này.`,
      en: `The quotation marks in line ${line} break the rules of CSV and were kept as text. Check this line.`,
    },
  };
}

function parseAll(text: string, delimiter: string, limits: TableLimits): { rows: string[][]; warnings: OutsideWarning[] } {
  const choice = { delimiter, rows: limits.rows + 1, record: limits.cellText * 32 };
  try {
    return { rows: parseRows(text, { ...choice, strict: true }), warnings: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw tableTooBig(`${error['lines']}`);
    try {
      const line = Number(error['lines']);
      return { rows: parseRows(text, { ...choice, strict: false }), warnings: [looseQuotes(line)] };
    } catch (again) {
      if (!(again instanceof CsvError)) throw again;
      throw again.code === 'CSV_MAX_RECORD_SIZE' ? tableTooBig(`${again['lines']}`) : tableBroken(`${again['lines']}`);
    }
  }
}

function checkSize(rows: readonly string[][], limits: TableLimits): void {
  let cells = 0;
  for (const [at, row] of rows.entries()) {
    cells += row.length;
    const long = row.some((cell) => cell.length > limits.cellText);
    if (at >= limits.rows || row.length > limits.columns || cells > limits.cells || long) throw tableTooBig(`${at + 1}`);
  }
}

/**
 * Reads delimited text (.csv, .tsv, pasted cells; RFC 4180 with any of , ; TAB |). Encoding and delimiter are recognised
 * and reported. A row is a record: line breaks inside quotes do not count.
 *
 * @throws OutsideError `table-broken`, `table-too-big`, `table-format`, `binary`, `unknown-encoding`
 */
export function readCsv(bytes: Uint8Array, limits: TableLimits): Table {
  const { text, encoding, warnings } = decodeText(bytes);
  if (text.trim() === '') {
    throw refusal('table-format', undefined, { vi: 'Bảng không có dữ liệu.', en: 'The table is empty.' });
  }
  const delimiter = findDelimiter(text);
  const read = parseAll(text, delimiter, limits);
  checkSize(read.rows, limits);
  const empty = (row: readonly string[]): boolean => row.every((cell) => cell === '');
  const first = read.rows.findIndex((row) => !empty(row));
  const rows = read.rows.slice(Math.max(0, first)).map((row) => (empty(row) ? [] : row));
  while (rows.at(-1)?.length === 0) rows.pop();
  const sheet = { name: '', rows, firstRow: Math.max(0, first) + 1, hidden: false, merged: [] };
  return { format: delimiter === '\t' ? 'tsv' : 'csv', encoding, delimiter, sheets: [sheet], warnings: [...warnings, ...read.warnings] };
}
