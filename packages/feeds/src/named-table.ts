import { Records } from './records.ts';

export type WantedColumn = { readonly key: string; readonly names: readonly string[]; readonly isRequired: boolean };

export type NamedTableOptions = {
  readonly columns: readonly WantedColumn[];
  /** The header was read: where each wanted column stands, -1 for absent. `headers` are as written. */
  onHeader(at: readonly number[], headers: readonly string[], records: Records): void;
  onRecord(): void;
  onBroken(problem: 'too-long' | 'quotes'): void;
};

/** The table has no header that names the wanted columns. */
export class NoSuchColumns extends Error {
  override readonly name = 'NoSuchColumns';
  readonly missing: readonly string[];
  readonly headers: readonly string[];

  constructor(missing: readonly string[], headers: readonly string[]) {
    super(missing.join(', '));
    this.missing = missing;
    this.headers = headers;
  }
}

export const LONGEST_RECORD = 2 ** 20;
const HEAD = 65_536;
const MOST_FIELDS = 4096;
const DELIMITERS = [',', ';', '\t', '|'];
const REMARK = /^(?:#|sep=.\r?$)/iu;

/** A header for comparison: without marks, quotation marks and case; a zone in brackets does not count. */
export function foldHeader(header: string): string {
  return header
    .normalize('NFD')
    .replace(/\p{M}|[\u200b-\u200d\ufeff"'*]/gu, '')
    .replace(/[đĐ]/gu, 'd')
    .toLowerCase()
    .replace(/[\s\u00a0]+/gu, ' ')
    .replace(/\s?\([^)]*\)\s?$/u, '')
    .trim();
}

/** The fields of the first record. */
function firstRecord(head: Buffer, delimiter: string, isMac: boolean): string[] {
  let fields: string[] | null = null;
  const records = new Records({
    delimiter: delimiter.charCodeAt(0),
    longest: LONGEST_RECORD,
    fields: MOST_FIELDS,
    onRecord: () => (fields ??= Array.from({ length: Math.min(records.count, MOST_FIELDS) }, (_, at) => records.text(at))),
    onBroken: () => (fields ??= []),
  });
  if (isMac) records.endLinesWithCr();
  records.push(head);
  if (fields === null) records.end();
  return fields ?? [];
}

function placesOf(headers: readonly string[], columns: readonly WantedColumn[]): number[] {
  const folded = headers.map(foldHeader);
  return columns.map(({ names }) => names.map((name) => folded.indexOf(name)).find((at) => at >= 0) ?? -1);
}

/**
 * Delimited UTF-8 text whose first line names its columns, in any order and among others, taken apart while it streams in.
 * The delimiter (, ; TAB |) is the one with which the header holds most of the wanted names. A mark of byte order, `sep=;`
 * and lines with # before the header are passed over.
 *
 * @throws NoSuchColumns
 */
export class NamedTable {
  readonly #options: NamedTableOptions;
  #head: Buffer = Buffer.alloc(0);
  #records: Records | null = null;
  /** Lines before the header. */
  #passed = 0;

  constructor(options: NamedTableOptions) {
    this.#options = options;
  }

  /** Line of the file, from 1, that the record begins in. */
  get line(): number {
    return (this.#records?.line ?? 1) + this.#passed;
  }

  push(piece: Buffer): void {
    if (this.#records) return this.#records.push(piece);
    this.#head = this.#head.length === 0 ? piece : Buffer.concat([this.#head, piece]);
    if (this.#head.length >= HEAD) this.#open();
  }

  end(): void {
    if (!this.#records) this.#open();
    this.#records!.end();
  }

  #open(): void {
    let head = this.#head;
    if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) head = head.subarray(3);
    const sample = head.subarray(0, HEAD);
    const isMac = !sample.includes(0x0a) && sample.includes(0x0d);
    head = this.#passRemarks(head, isMac ? 0x0d : 0x0a);
    const { columns } = this.#options;
    const tried = DELIMITERS.map((delimiter) => {
      const headers = firstRecord(head.subarray(0, HEAD), delimiter, isMac);
      const at = placesOf(headers, columns);
      return { delimiter, headers, at, found: at.filter((place) => place >= 0).length };
    });
    const best = tried.reduce((a, b) => (b.found > a.found || (b.found === a.found && b.headers.length > a.headers.length) ? b : a));
    const missing = columns.filter(({ isRequired }, at) => isRequired && best.at[at]! < 0);
    if (missing.length > 0)
      throw new NoSuchColumns(
        missing.map(({ key }) => key),
        best.headers.slice(0, 50),
      );
    let isHeader = true;
    const records = new Records({
      delimiter: best.delimiter.charCodeAt(0),
      longest: LONGEST_RECORD,
      fields: Math.max(...best.at) + 1,
      onRecord: () => {
        if (isHeader) isHeader = false;
        else this.#options.onRecord();
      },
      onBroken: (problem) => this.#options.onBroken(problem),
    });
    if (isMac) records.endLinesWithCr();
    this.#records = records;
    this.#head = Buffer.alloc(0);
    this.#options.onHeader(best.at, best.headers, records);
    records.push(head);
  }

  #passRemarks(head: Buffer, lineEnd: number): Buffer {
    let rest = head;
    for (;;) {
      const end = rest.indexOf(lineEnd);
      const line = rest.toString('utf8', 0, end < 0 ? Math.min(rest.length, 200) : end).trim();
      if (end < 0 || !(line === '' || REMARK.test(line)) || placesOf(line.split(','), this.#options.columns).some((at) => at >= 0))
        return rest;
      this.#passed++;
      rest = rest.subarray(end + 1);
    }
  }
}
