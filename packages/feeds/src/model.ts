import type { Text } from '@vonggac/kernel';

export type { Text };

/** What a column of a list says. What has no meaning is kept as it is in `extra`. */
export const MEANINGS = [
  'address',
  'port',
  'destination',
  'destination-port',
  'time',
  'family',
  'tag',
  'severity',
  'domain',
  'machine',
  'private-address',
  'mac',
  'unit',
  'asn',
  'count',
  'protocol',
  'event',
] as const;
export type Meaning = (typeof MEANINGS)[number];

/** In what form a list came. `plain`: addresses in running text or one a line. */
export type ListKind = 'xlsx' | 'csv' | 'tsv' | 'plain' | 'docx' | 'pdf' | 'jsonl';

/** How the columns of a sender's lists are read; plain JSON, kept for the next list of the same sender. */
export type ListMapping = {
  readonly version: 1;
  readonly kind: ListKind;
  /** Name of the sheet (.xlsx), number of the table from 1 (.docx, .pdf); null for text. */
  readonly sheet: string | null;
  /** Whether a row names the columns; without one they are told apart by their place. */
  readonly hasHeader: boolean;
  readonly columns: readonly { readonly header: string; readonly at: number; readonly meaning: Meaning | null }[];
  /** Whether 04/03/2026 is the fourth of March (`dmy`) or the third of April (`mdy`). */
  readonly order: 'dmy' | 'mdy';
  /** The zone of times that name none. @unit minutes east of UTC */
  readonly offset: number;
  /** The known report that it is, such as `shadowserver:event4_sinkhole`. */
  readonly report: string | null;
};

/** One line of a list. `address` and its kin in the one canonical form, `time` in ISO 8601 UTC. */
export type ListRow = {
  readonly kind: 'row';
  /** From 1; the header and what stands before it are not counted. */
  readonly row: number;
  /** The same for the same content, in whatever file and order: 32 hexadecimal digits. */
  readonly key: string;
  readonly address: string | null;
  readonly port: number | null;
  readonly destination: string | null;
  readonly destinationPort: number | null;
  readonly time: string | null;
  readonly family: string | null;
  readonly tag: string | null;
  readonly severity: string | null;
  readonly domain: string | null;
  readonly machine: string | null;
  readonly privateAddress: string | null;
  /** aa:bb:cc:dd:ee:ff */
  readonly mac: string | null;
  readonly unit: string | null;
  readonly asn: number | null;
  readonly count: number | null;
  readonly protocol: string | null;
  readonly event: string | null;
  /** The cells of columns without a meaning, in the order of `extraNames`, with U+001F between; '' where all are empty. `extraOf` takes it apart. */
  readonly extra: string;
  /** The headers of these columns, one array for all rows of a list; those of JSON lines grow while they are read. */
  readonly extraNames: readonly string[];
};

/** Stands between the cells of `ListRow.extra`; in a cell it becomes a blank. */
export const CELL_END = '\u001f';

/** What columns without a meaning say that are not empty, by their header. */
export function extraOf(extra: string, names: readonly string[]): Record<string, string> {
  const cells = extra === '' ? [] : extra.split(CELL_END);
  return Object.fromEntries(cells.map((cell, at) => [names[at] ?? `#${at + 1}`, cell]).filter(([, cell]) => cell !== ''));
}

export type RefusalCode =
  | 'no-address'
  | 'bad-address'
  | 'several-addresses'
  | 'no-time'
  | 'bad-time'
  | 'bad-port'
  | 'bad-mac'
  | 'bad-number'
  | 'bad-row'
  | 'bad-json'
  | 'too-many-columns';

/** A line that was not taken, with the column and the cure. `cells` are those of the line as written, cut to 200 characters each. */
export type ListRefusal = {
  readonly kind: 'refusal';
  readonly row: number;
  readonly column: string | null;
  readonly code: RefusalCode;
  readonly reason: Text;
  readonly cells: readonly string[];
};

export type ListLimits = {
  /** Bytes of text, after unpacking. */
  readonly textBytes: number;
  /** Bytes of a workbook, document or of a text in an old encoding. */
  readonly fileBytes: number;
  readonly columns: number;
  readonly rows: number;
};

export const LIST_LIMITS: ListLimits = { textBytes: 2 ** 30, fileBytes: 50 * 2 ** 20, columns: 1024, rows: 20_000_000 };
