import type { ListLimits } from './model.ts';
import { LONGEST_RECORD } from './named-table.ts';
import { Budget } from './raw-rows.ts';
import type { RawRow } from './raw-rows.ts';
import { Records } from './records.ts';
import { counted } from './sampled.ts';
import { tooManyColumns } from './refusals.ts';

export type TextForm = {
  readonly delimiter: string;
  readonly endsWithCr: boolean;
  /** Which record names the columns, from 0; what stands before it is passed over. -1: none does. */
  readonly headerAt: number;
  /** Look only at the head, the tail and what lies at places between; the others are counted. */
  readonly isSample?: boolean;
};

/** All cells of a record. Those of a record in ASCII are cut out of one string. */
function cellsOf(records: Records): string[] {
  const { starts, ends, doubled, from, to, bytes } = records;
  const count = Math.min(records.count, starts.length);
  const cells: string[] = [];
  const whole = bytes.toString('utf8', from, to);
  const isAscii = whole.length === to - from;
  for (let at = 0; at < count; at++) {
    const start = starts[at]!;
    const end = ends[at]!;
    if (start === end) cells.push('');
    else cells.push(isAscii && doubled[at] === 0 ? whole.slice(start - from, end - from) : records.text(at));
  }
  return cells;
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** The first records of a text, to look at. Broken ones are left out. */
export function firstRecords(head: Buffer, form: Pick<TextForm, 'delimiter' | 'endsWithCr'>, most: number): string[][] {
  const found: string[][] = [];
  const records = new Records({
    delimiter: form.delimiter.charCodeAt(0),
    longest: LONGEST_RECORD,
    fields: 4096,
    onRecord() {
      if (found.length < most) found.push(cellsOf(records));
    },
    onBroken() {},
  });
  if (form.endsWithCr) records.endLinesWithCr();
  const whole = withoutMark(head);
  records.push(whole);
  if (found.length === 0 || whole.length < 65_536) records.end();
  return found;
}

function isSame(cells: readonly string[], header: readonly string[]): boolean {
  return cells.length === header.length && cells.every((cell, at) => cell.trim() === header[at]!.trim());
}

/**
 * The rows behind the header, a piece of the text at a time; a header that is repeated (on each page of a document) is passed over.
 *
 * @throws DomainError `feeds.list_too_big`, `feeds.too_many_columns`
 */
export async function* textRows(pieces: AsyncIterable<Buffer>, form: TextForm, limits: ListLimits): AsyncGenerator<readonly RawRow[]> {
  const budget = new Budget(limits);
  let waiting: RawRow[] = [];
  let record = -1;
  let header: readonly string[] | null = null;
  const records = new Records({
    delimiter: form.delimiter.charCodeAt(0),
    longest: LONGEST_RECORD,
    fields: limits.columns,
    onRecord() {
      record++;
      if (record <= form.headerAt) {
        if (records.count > limits.columns) throw tooManyColumns(limits.columns);
        if (record === form.headerAt) header = cellsOf(records);
        return;
      }
      if (records.count > limits.columns) waiting.push({ row: budget.next(), cells: [], broken: 'too-many-columns' });
      else {
        const cells = cellsOf(records);
        if (!cells.every((cell) => cell.trim() === '') && (header === null || !isSame(cells, header)))
          waiting.push({ row: budget.next(), cells, broken: null });
      }
    },
    onBroken() {
      if (record >= form.headerAt) waiting.push({ row: budget.next(), cells: [], broken: 'bad-row' });
    },
  });
  if (form.endsWithCr) records.endLinesWithCr();
  let isFirst = true;
  const { isSample = false, ...text } = form;
  for await (const piece of counted(pieces, isSample, { ...text, budget, longest: LONGEST_RECORD })) {
    records.push(isFirst ? withoutMark(piece) : piece);
    isFirst = false;
    if (waiting.length === 0) continue;
    yield waiting;
    waiting = [];
  }
  records.end();
  if (waiting.length > 0) yield waiting;
}
