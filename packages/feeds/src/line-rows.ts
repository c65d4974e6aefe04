import { parseAddress } from './address.ts';
import { parseInstant, UTC_DAY_FIRST } from './instant.ts';
import type { ListLimits } from './model.ts';
import { Budget } from './raw-rows.ts';
import type { RawRow } from './raw-rows.ts';
import { counted } from './sampled.ts';
import { plainText } from './values.ts';

const LONGEST_LINE = 2 ** 20;
const SPLIT = /[\s,;|"'<>]+/u;
const DATE =
  /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?(?:Z|UTC|[+-]\d{2}:?\d{2}))?)?|(?:\d{1,2}[:h]\d{2}(?::\d{2})?\s(?:ngày\s)?)?\d{1,2}[-/]\d{1,2}[-/]\d{4}(?:\s\d{1,2}[:h]\d{2}(?::\d{2})?)?/u;

export const PLAIN_COLUMNS = ['Địa chỉ', 'Thời gian', 'Nội dung'] as const;

/** Lines of a text while it streams in; of one that is too long, a little more than is allowed. */
async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true });
    if (!/[\r\n]/u.test(text)) {
      if (rest.length <= LONGEST_LINE) rest += text;
      continue;
    }
    const lines = (rest + text).split(/\r\n?|\n/u);
    rest = lines.pop()!;
    yield lines;
  }
  yield [rest + decoder.decode()];
}

/**
 * Addresses in running text or one a line: a row for each address of a line, with the time and the text beside it. A line with
 * something that is nearly an address is a row without one; a line of words alone is passed over.
 *
 * @throws DomainError `feeds.list_too_big`
 */
export async function* plainRows(
  pieces: AsyncIterable<Buffer>,
  limits: ListLimits,
  { endsWithCr, isSample }: { endsWithCr: boolean; isSample: boolean },
): AsyncGenerator<readonly RawRow[]> {
  const budget = new Budget(limits);
  let [seen, made] = [0, 0];
  const rowsOf = (lines: number): number => (seen === 0 ? lines : Math.round((lines * made) / seen));
  const text = { delimiter: null, endsWithCr, budget, longest: LONGEST_LINE, rowsOf };
  for await (const lines of linesOf(counted(pieces, isSample, text))) {
    const rows = lines.flatMap((line) => rowsOfLine(line.trim(), budget));
    made += rows.length;
    for (const line of lines) if (line.trim() !== '') seen++;
    yield rows;
  }
}

/** 1.2.3, 1[.]2, 300.1.1.1, a::b or a.example: what may have been meant as an address. */
const LIKE_ADDRESS = /\d\s?[.[({]\S{0,40}\d|[\da-f]{0,4}:[\da-f]{0,4}:|[a-z\d-]\[?\.\]?[a-z]{2}/iu;

function rowsOfLine(text: string, budget: Budget): RawRow[] {
  // Titles, salutations, the rest of a sentence.
  if (text === '' || !LIKE_ADDRESS.test(text)) return [];
  if (text.length > LONGEST_LINE) return [{ row: budget.next(), cells: [text.slice(0, 200)], broken: 'bad-row' }];
  const time = DATE.exec(text)?.[0] ?? '';
  const when = time !== '' && parseInstant(time, UTC_DAY_FIRST) !== null ? time : '';
  const found: string[] = [];
  const others: string[] = [];
  for (const token of (when === '' ? text : text.replace(when, ' ')).split(SPLIT)) {
    const bare = token.replace(/[.)]+$/u, '').replace(/^\(+/u, '');
    if (bare !== '' && /[.:]/u.test(bare) && /\d|::/u.test(bare) && typeof parseAddress(bare) !== 'string') found.push(bare);
    else if (token !== '') others.push(token);
  }
  const note = others.join(' ');
  return (found.length === 0 ? [''] : found).map((address) => ({ row: budget.next(), cells: [address, when, note], broken: null }));
}

function flat(value: unknown, path: string, into: Map<string, string>): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) into.set(path, value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(';'));
  else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) flat(inner, path === '' ? key : `${path}.${key}`, into);
  } else into.set(path, String(value));
}

/** The fields of a JSON object by dotted path; null where the line is none. */
export function fieldsOf(line: string): Map<string, string> | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const found = new Map<string, string>();
    flat(value, '', found);
    return new Map([...found].map(([field, text]) => [plainText(field), text]));
  } catch {
    // Also what is nested too deeply to be walked.
    return null;
  }
}

/**
 * JSON objects, one a line. `columns` grows by the fields that come up.
 *
 * @throws DomainError `feeds.list_too_big`
 */
export async function* jsonRows(
  pieces: AsyncIterable<Buffer>,
  columns: string[],
  { limits, isSample }: { limits: ListLimits; isSample: boolean },
): AsyncGenerator<readonly RawRow[]> {
  const budget = new Budget(limits);
  const text = { delimiter: null, endsWithCr: false, budget, longest: LONGEST_LINE };
  const places = new Map(columns.map((column, at) => [column, at]));
  for await (const lines of linesOf(counted(pieces, isSample, text))) {
    yield lines
      .filter((line) => line.trim() !== '')
      .map((line) => rowOfJson(line, budget.next(), { columns, places, most: limits.columns }));
  }
}

function rowOfJson(
  line: string,
  row: number,
  { columns, places, most }: { columns: string[]; places: Map<string, number>; most: number },
): RawRow {
  const fields = line.length > LONGEST_LINE ? null : fieldsOf(line);
  if (fields === null) return { row, cells: [line.slice(0, 200)], broken: 'bad-json' };
  const cells: string[] = [];
  for (const [field, value] of fields) {
    let at = places.get(field);
    if (at === undefined) {
      if (columns.length >= most) return { row, cells: [], broken: 'too-many-columns' };
      at = columns.push(field) - 1;
      places.set(field, at);
    }
    cells[at] = value;
  }
  for (let at = 0; at < cells.length; at++) cells[at] ??= '';
  return { row, cells, broken: null };
}
