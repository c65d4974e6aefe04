import { readFile, stat } from 'node:fs/promises';
import { decodeText } from '@vonggac/outside';
import type { OutsideWarning } from '@vonggac/outside';
import { findHeader, isAddress, knownHeaders } from './header-row.ts';
import { fieldsOf, jsonRows, PLAIN_COLUMNS, plainRows } from './line-rows.ts';
import { INTELMQ, isIntelmq, shadowserverReport } from './meanings.ts';
import type { Report } from './meanings.ts';
import type { ListKind, ListLimits } from './model.ts';
import { openOffice } from './open-office.ts';
import type { Choices } from './open-office.ts';
import { isProse } from './prose.ts';
import type { RawRow } from './raw-rows.ts';
import { emptyList, fromOutside, listTooBig, tooManyColumns } from './refusals.ts';
import { piecesOf } from './source.ts';
import { firstRecords, textRows } from './text-rows.ts';
import { plainText } from './values.ts';

/** A file by its path, or its bytes. */
export type ListSource = string | Uint8Array;

/** A list that was opened and looked at, not yet read. */
export type OpenedList = Choices & {
  readonly kind: ListKind;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly report: Report | null;
  readonly hasHeader: boolean;
  /** Names of the columns; those of JSON lines grow while they are read. */
  readonly columns: string[];
  readonly warnings: readonly OutsideWarning[];
  /** The rows from the first one on, each time anew, in batches; of a long text only a sample where that is asked for. */
  rows(isSample?: boolean): AsyncGenerator<readonly RawRow[]>;
};

const HEAD = 131_072;
const DELIMITERS = ['\t', ';', '|', ','];
const TRIED = 60;

async function headOf(source: ListSource): Promise<{ head: Buffer; encoding: string; isWhole: boolean }> {
  const pieces: Buffer[] = [];
  let encoding = 'utf-8';
  let size = 0;
  for await (const piece of piecesOf(source, (found) => (encoding = found))) {
    pieces.push(piece);
    size += piece.length;
    if (size >= HEAD) break;
  }
  return { head: Buffer.concat(pieces).subarray(0, HEAD), encoding, isWhole: size < HEAD };
}

async function wholeOf(source: ListSource, limits: ListLimits): Promise<Uint8Array> {
  const size = typeof source === 'string' ? (await stat(source)).size : source.byteLength;
  if (size > limits.fileBytes) throw listTooBig(`${Math.round(limits.fileBytes / 2 ** 20)} MB`);
  return typeof source === 'string' ? readFile(source) : source;
}

/** Up to the end of its last line: what is cut in the middle of a letter looks damaged. */
function wholeLines(head: Buffer, isWhole: boolean): Buffer {
  const end = head.lastIndexOf(0x0a);
  if (isWhole) return head;
  if (end >= 0) return head.subarray(0, end + 1);
  let last = head.length;
  while (last > 0 && head[last - 1]! > 0x7f) last--;
  return head.subarray(0, last);
}

const holdsOnlyAddresses = (cell: string): boolean =>
  cell
    .trim()
    .split(/[\s,;|]+/u)
    .every((part) => part === '' || isAddress(part));

type TextLook = { delimiter: string; headerAt: number; columns: string[]; hasHeader: boolean };

/** How even the rows are that a delimiter makes: the share that has the most usual width; 0 for a single column. */
function evenness(rows: readonly (readonly string[])[]): number {
  const widths = new Map<number, number>();
  for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
  const usual = [...widths].filter(([width]) => width > 1).toSorted((a, b) => b[1] - a[1])[0];
  return usual === undefined || rows.length === 0 ? 0 : usual[1] / rows.length;
}

/** Looks at a text as a table; null where it is better read line by line. */
export function lookAtText(head: Buffer, endsWithCr: boolean): TextLook | null {
  const tried = DELIMITERS.map((delimiter) => {
    const rows = firstRecords(head, { delimiter, endsWithCr }, TRIED);
    const headerAt = findHeader(rows);
    const known = headerAt < 0 ? 0 : knownHeaders(rows[headerAt]!);
    return { delimiter, rows, headerAt, known, even: evenness(rows.slice(Math.max(0, headerAt))) };
  });
  const best = tried.reduce((a, b) => (b.known > a.known || (b.known === a.known && b.even > a.even) ? b : a));
  const { delimiter, rows, headerAt, known, even } = best;
  if (isProse(head.toString('utf8', 0, HEAD / 4), { delimiter, rows, header: headerAt })) return null;
  if (headerAt >= 0 && (known > 0 || even >= 0.5)) {
    const columns = rows[headerAt]!.map((cell) => plainText(cell).trim());
    return { delimiter, headerAt, columns, hasHeader: true };
  }
  const width = Math.max(0, ...rows.map(({ length }) => length));
  if (even < 0.5 || width < 2) return null;
  const filled = rows.flatMap((row) => row.filter((cell) => cell.trim() !== ''));
  const holds = Array.from({ length: width }, (_, at) => rows.filter((row) => isAddress(row[at] ?? '')).length);
  // 1.1.1.1, 2.2.2.2 is a line of addresses, not a table of two columns.
  if (filled.every(holdsOnlyAddresses) || Math.max(...holds) < rows.length / 2) return null;
  return { delimiter, headerAt: -1, columns: holds.map((_, at) => `${at + 1}`), hasHeader: false };
}

const NO_CHOICE: Choices = { sheet: null, sheets: [], from1904: false };

function jsonList(source: ListSource, head: Buffer, more: { encoding: string; limits: ListLimits }): OpenedList {
  const columns: string[] = [];
  for (const line of head.toString().split('\n').slice(0, 200)) {
    for (const field of fieldsOf(line)?.keys() ?? [])
      if (!columns.includes(field) && columns.length < more.limits.columns) columns.push(field);
  }
  return {
    ...NO_CHOICE,
    kind: 'jsonl',
    encoding: more.encoding,
    delimiter: null,
    report: isIntelmq(columns) ? INTELMQ : null,
    hasHeader: true,
    columns,
    warnings: [],
    rows: (isSample = false) => jsonRows(piecesOf(source), columns, { limits: more.limits, isSample }),
  };
}

type TextOrigin = {
  readonly name: string;
  readonly kind: ListKind | null;
  readonly encoding: string;
  readonly limits: ListLimits;
  readonly warnings: readonly OutsideWarning[];
  readonly choices: Choices;
};

/** A list of text in UTF-8 (or what was made so). */
export function openText(source: ListSource, head: Buffer, origin: TextOrigin): OpenedList {
  const { encoding, warnings, limits, choices } = origin;
  const endsWithCr = !head.includes(0x0a) && head.includes(0x0d);
  const look = lookAtText(head, endsWithCr);
  const common = { ...choices, encoding, warnings };
  if (look === null) {
    const rows = (isSample = false): AsyncGenerator<readonly RawRow[]> => plainRows(piecesOf(source), limits, { endsWithCr, isSample });
    return { ...common, kind: origin.kind ?? 'plain', delimiter: null, report: null, hasHeader: false, columns: [...PLAIN_COLUMNS], rows };
  }
  const { delimiter, headerAt, columns, hasHeader } = look;
  if (columns.length > limits.columns) throw tooManyColumns(limits.columns);
  return {
    ...common,
    kind: origin.kind ?? (delimiter === '\t' ? 'tsv' : 'csv'),
    delimiter,
    report: origin.kind === null ? shadowserverReport(origin.name, columns) : null,
    hasHeader,
    columns,
    rows: (isSample = false) => textRows(piecesOf(source), { delimiter, endsWithCr, headerAt, isSample }, limits),
  };
}

export type OpenOptions = { readonly limits: ListLimits; readonly sheet: string | null; readonly signal?: AbortSignal | undefined };

async function open(source: ListSource, name: string, options: OpenOptions): Promise<OpenedList> {
  const { limits } = options;
  const { head, encoding, isWhole } = await headOf(source);
  if (head.length === 0) throw emptyList();
  const isOffice =
    head.subarray(0, 2).toString('latin1') === 'PK' || (head[0] === 0xd0 && head[1] === 0xcf) || head.includes('%PDF-', 0, 'latin1');
  if (isOffice && head.indexOf('%PDF-') < 1024) {
    const bytes = await wholeOf(source, limits);
    return openOffice(bytes, { ...options, name, text: (...text) => openText(...text) });
  }
  if (typeof source === 'string' && (await stat(source)).size > limits.textBytes)
    throw listTooBig(`${Math.round(limits.textBytes / 2 ** 20)} MB`);
  const lines = wholeLines(head, isWhole);
  if (/^(?:\ufeff)?\s*\{/u.test(lines.toString('utf8', 0, 64))) return jsonList(source, lines, { encoding, limits });
  const decoded = decodeText(lines);
  const origin = { name, kind: null, limits, choices: NO_CHOICE };
  if (decoded.encoding === 'utf-8') return openText(source, lines, { ...origin, encoding, warnings: decoded.warnings });
  // Old encodings are told by all of the text, and letters of VNI take two bytes: such files are converted whole.
  const whole = decodeText(await wholeOf(source, limits));
  const bytes = Buffer.from(whole.text);
  return openText(bytes, bytes.subarray(0, HEAD), { ...origin, encoding: whole.encoding, warnings: whole.warnings });
}

/** Opens a list by its content, whatever its name says. @throws DomainError `feeds.…` */
export async function openList(source: ListSource, name: string, options: OpenOptions): Promise<OpenedList> {
  try {
    return await open(source, name, options);
  } catch (error) {
    throw fromOutside(error);
  }
}
