import { extname } from 'node:path';
import { runInChild } from '@vonggac/outside';
import type { OutsideWarning } from '@vonggac/outside';
import { knownHeaders, findHeader } from './header-row.ts';
import type { ListKind, ListLimits } from './model.ts';
import type * as Job from './office-job.ts';
import type { OfficeTable, OfficeTables } from './office-job.ts';
import type { openText, OpenedList } from './open-list.ts';
import { emptyList, noSuchSheet } from './refusals.ts';
import { firstRecords } from './text-rows.ts';

/** Which of several tables of a file is read. */
export type Choices = {
  /** Name of the sheet, number of the table from 1; null for text. */
  readonly sheet: string | null;
  readonly sheets: readonly { readonly name: string; readonly rows: number; readonly isHidden: boolean }[];
  readonly from1904: boolean;
};

type Options = {
  readonly name: string;
  readonly limits: ListLimits;
  readonly sheet: string | null;
  readonly signal?: AbortSignal | undefined;
  readonly text: typeof openText;
};

const MODULE = new URL(`./office-job${extname(import.meta.url)}`, import.meta.url);
const CELLS = 8_000_000;
/** Processor time. 200,000 rows of five columns take 6 s, however small they are packed. @unit ms */
const TIME = 60_000;
const HEAD = 65_536;

function readTables(bytes: Uint8Array, { name, limits, signal }: Options): Promise<OfficeTables> {
  const table = { rows: 1_048_576, columns: limits.columns, cells: CELLS, cellText: 32_767 };
  return runInChild<OfficeTables>({
    module: MODULE,
    export: 'officeJob' satisfies keyof typeof Job,
    input: { bytes, name, limits: table },
    limits: { memoryMb: 1024, timeMs: TIME, outputBytes: 160 * 2 ** 20 },
    ...(signal ? { signal } : {}),
  });
}

/** How much a table looks like a list: known headers first, then rows; what is hidden comes last. */
function likeness({ text, rows, isHidden }: OfficeTable): number {
  const first = firstRecords(Buffer.from(text.subarray(0, HEAD)), { delimiter: ',', endsWithCr: false }, 30);
  const header = findHeader(first);
  return (header < 0 ? 0 : knownHeaders(first[header]!) * 1e7) + Math.min(rows, 1e6) - (isHidden ? 1e12 : 0);
}

function fromTables(
  tables: readonly OfficeTable[],
  options: Options,
  more: { kind: ListKind; from1904: boolean; warnings: readonly OutsideWarning[] },
): OpenedList {
  const { sheet, limits, name } = options;
  const filled = tables.filter(({ rows }) => rows > 0);
  if (filled.length === 0) throw emptyList();
  const chosen = sheet === null ? filled.toSorted((a, b) => likeness(b) - likeness(a))[0]! : filled.find((table) => table.name === sheet);
  if (chosen === undefined) throw noSuchSheet(sheet ?? '');
  const choices = {
    sheet: chosen.name,
    sheets: tables.map(({ name, rows, isHidden }) => ({ name, rows, isHidden })),
    from1904: more.from1904,
  };
  const bytes = Buffer.from(chosen.text.buffer, chosen.text.byteOffset, chosen.text.byteLength);
  return {
    ...options.text(bytes, bytes.subarray(0, HEAD), { name, kind: more.kind, encoding: '', limits, warnings: more.warnings, choices }),
    encoding: null,
  };
}

const BETWEEN_PAGES = 6;

/**
 * Ruled tables of a text of `@vonggac/congvan/extract`: runs of lines with bars. A table goes on behind the few lines at the foot
 * and head of a page where it has as many columns and repeats its first row, or has no header of its own.
 */
function tablesOfText(text: string): OfficeTable[] {
  const tables: string[][][] = [];
  let between = 0;
  for (const line of text.split('\n')) {
    const cells = line.split(/\s\|(?:\s|$)/u).map((cell) => cell.trim());
    if (cells.length < 2) {
      if (line.trim() !== '') between++;
      continue;
    }
    const last = tables.at(-1);
    const goesOn = between === 0 || (between <= BETWEEN_PAGES && (knownHeaders(cells) === 0 || cells.join('|') === last?.[0]?.join('|')));
    if (last !== undefined && last[0]!.length === cells.length && goesOn) last.push(cells);
    else tables.push([cells]);
    between = 0;
  }
  const quoted = (cells: readonly string[]): string => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
  return tables.map((rows, at) => ({
    name: `${at + 1}`,
    isHidden: false,
    rows: rows.length,
    text: Buffer.from(rows.map(quoted).join('')),
  }));
}

async function fromDocumentText(bytes: Uint8Array, kind: 'docx' | 'pdf', options: Options): Promise<OpenedList> {
  const { extractText } = await import('@vonggac/congvan/extract');
  const { text, warnings } = await extractText(bytes, options.name, options.signal ? { signal: options.signal } : {});
  const tables = tablesOfText(text);
  if (tables.length > 0) return fromTables(tables, options, { kind, from1904: false, warnings });
  const plain = Buffer.from(text);
  const choices = { sheet: null, sheets: [], from1904: false };
  return {
    ...options.text(plain, plain.subarray(0, HEAD), { name: options.name, kind, encoding: '', limits: options.limits, warnings, choices }),
    encoding: null,
  };
}

/** Workbooks and documents: taken apart in a child process, then read like text. */
export async function openOffice(bytes: Uint8Array, options: Options): Promise<OpenedList> {
  if (Buffer.from(bytes.buffer, bytes.byteOffset, 2).toString('latin1') !== 'PK' && bytes[0] !== 0xd0)
    return fromDocumentText(bytes, 'pdf', options);
  const { format, from1904, tables, warnings } = await readTables(bytes, options);
  if (format === 'docx' && tables.length === 0) return fromDocumentText(bytes, 'docx', options);
  return fromTables(tables, options, { kind: format, from1904, warnings });
}
