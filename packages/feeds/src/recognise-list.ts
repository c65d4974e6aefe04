import type { OutsideWarning } from '@vonggac/outside';
import { damagedText, reasonsOf } from './because.ts';
import { DateWitness } from './date-evidence.ts';
import type { DateEvidence } from './date-evidence.ts';
import { zoneOfHeader } from './instant.ts';
import type { Report } from './meanings.ts';
import { LIST_LIMITS } from './model.ts';
import type { ListKind, ListMapping, ListRefusal, ListRow, Meaning, Text } from './model.ts';
import { openList } from './open-list.ts';
import type { ListSource, OpenedList } from './open-list.ts';
import { proposeColumns } from './propose.ts';
import type { Because, Proposal } from './propose.ts';
import type { RawRow } from './raw-rows.ts';
import type { ReadOptions } from './read-list.ts';
import { emptyList, fromOutside } from './refusals.ts';
import { RowReader } from './row-reader.ts';
import { isDefanged } from './values.ts';

export type RecognisedColumn = {
  readonly header: string;
  readonly at: number;
  readonly meaning: Meaning | null;
  readonly because: Because;
  /** Up to five different cells that are not empty. */
  readonly samples: readonly string[];
};

/** What was recognised, to be shown to the officer before anything is read in. */
export type Recognition = {
  readonly kind: ListKind;
  /** What was recognised and by what, in a sentence each. */
  readonly why: readonly Text[];
  /** utf-8, utf-16le, tcvn3, …; null for workbooks and documents. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly report: Report | null;
  readonly sheets: OpenedList['sheets'];
  readonly columns: readonly RecognisedColumn[];
  /** The proposal; `readList` takes it as it is, or with other meanings, order or zone. */
  readonly mapping: ListMapping;
  /** Where the zone comes from: the cells, the header, the report, what was kept, or nothing (then UTC). */
  readonly zoneFrom: 'cells' | 'header' | 'report' | 'kept' | 'assumed';
  readonly dates: DateEvidence | null;
  /** Of a long text `looked` of them were read and the others counted by their lines: then it is near, not exact. */
  readonly rows: number;
  /** How many rows were looked at: all of them, or the head, the tail and places between. What follows is about these. */
  readonly looked: number;
  /** Rows that would be refused by the proposal. */
  readonly refused: number;
  /** Cells written as 1.2.3[.]4 or hxxp://. */
  readonly defanged: number;
  readonly first: readonly (ListRow | ListRefusal)[];
  /** Rows that stand out: refused ones, of each code the first few. */
  readonly odd: readonly ListRefusal[];
  readonly warnings: readonly OutsideWarning[];
};

const SAMPLE = 200;
const FIRST = 5;
const SAMPLES = 5;
const ODD = 20;
const ODD_OF_A_CODE = 5;

/** Counts what a reading by one order of dates would give. */
class Trial {
  readonly #reader: RowReader;
  refused = 0;
  readonly first: (ListRow | ListRefusal)[] = [];
  readonly odd: ListRefusal[] = [];
  readonly #codes = new Map<string, number>();

  constructor(list: OpenedList, mapping: ListMapping) {
    this.#reader = new RowReader(list, mapping);
  }

  read(raw: RawRow): ListRow | ListRefusal {
    return this.#reader.read(raw);
  }

  note(read: ListRow | ListRefusal): void {
    if (this.first.length < FIRST) this.first.push(read);
    if (read.kind === 'row') return;
    this.refused++;
    const seen = (this.#codes.get(read.code) ?? 0) + 1;
    this.#codes.set(read.code, seen);
    if (seen <= ODD_OF_A_CODE && this.odd.length < ODD) this.odd.push(read);
  }
}

type Zone = { offset: number; zoneFrom: Recognition['zoneFrom'] };

function zoneOf(list: OpenedList, proposals: readonly Proposal[], kept: ListMapping | null): Zone {
  const time = proposals.findIndex(({ meaning }) => meaning === 'time');
  const named = list.hasHeader ? zoneOfHeader(list.columns[time] ?? '') : null;
  if (named !== null) return { offset: named, zoneFrom: 'header' };
  if (kept !== null) return { offset: kept.offset, zoneFrom: 'kept' };
  return { offset: 0, zoneFrom: list.report ? 'report' : 'assumed' };
}

async function sampleOf(list: OpenedList): Promise<string[][]> {
  const sample: string[][] = [];
  for await (const batch of list.rows()) {
    for (const raw of batch) if (raw.broken === null && sample.length < SAMPLE) sample.push([...raw.cells]);
    if (sample.length >= SAMPLE) break;
  }
  return sample;
}

/** The mapping that was kept for lists of this form, by what is proposed without it. */
type Kept = ListMapping | ((proposed: ListMapping) => Promise<ListMapping | null>);

/**
 * Looks through a list (a long text by its head, its tail and places between) and says what it is: form, encoding, delimiter, known
 * report, what each column means and why, which way round its dates are (decided from all that was looked at), which rows would be
 * refused. Nothing is assumed silently: what is a guess is named as one. `kept` is the mapping of the sender's last list.
 *
 * @throws DomainError `feeds.empty`, `feeds.list_too_big`, `feeds.…` of what cannot be opened
 */
export async function recogniseList(
  source: ListSource,
  name: string,
  options: ReadOptions & { readonly kept?: Kept; readonly sheet?: string } = {},
): Promise<Recognition> {
  const limits = { ...LIST_LIMITS, ...options.limits };
  const list = await openList(source, name, { limits, sheet: options.sheet ?? null, signal: options.signal });
  try {
    const sample = await sampleOf(list);
    if (sample.length === 0) throw emptyList();
    const fresh = proposeColumns(list, sample, null);
    const kept = typeof options.kept === 'function' ? await options.kept(baseOf(list, fresh, null).mapping) : (options.kept ?? null);
    const proposals = kept === null ? fresh : proposeColumns(list, sample, kept);
    return await look(list, { sample, proposals, kept, ...(options.signal ? { signal: options.signal } : {}) });
  } catch (error) {
    throw fromOutside(error);
  }
}

/** The mapping by what is proposed, before its times were looked at. */
function baseOf(list: OpenedList, proposals: readonly Proposal[], kept: ListMapping | null) {
  const { kind, report, sheet, hasHeader } = list;
  const zone = zoneOf(list, proposals, kept);
  const columns = list.columns.map((header, at) => ({ header, at, meaning: proposals[at]?.meaning ?? null }));
  const order = kept?.order ?? ('dmy' as const);
  const mapping: ListMapping = { version: 1, kind, sheet, hasHeader, columns, order, offset: zone.offset, report: report?.id ?? null };
  return { mapping, zoneFrom: zone.zoneFrom };
}

type Look = { sample: readonly string[][]; proposals: readonly Proposal[]; kept: ListMapping | null; signal?: AbortSignal };

async function look(list: OpenedList, { sample, proposals, kept, signal }: Look): Promise<Recognition> {
  const { kind, encoding, delimiter, report, sheets } = list;
  const { mapping: base, zoneFrom: zoned } = baseOf(list, proposals, kept);
  const { columns } = base;
  const trials = { dmy: new Trial(list, { ...base, order: 'dmy' }), mdy: new Trial(list, { ...base, order: 'mdy' }) };
  const witness = new DateWitness();
  const time = columns.find(({ meaning }) => meaning === 'time')?.at ?? -1;
  const named = columns
    .filter(({ meaning }) => meaning === 'address' || meaning === 'destination' || meaning === 'domain')
    .map(({ at }) => at);
  let [rows, looked, defanged, damaged] = [0, 0, 0, 0];
  const see = (raw: RawRow): void => {
    rows = raw.row;
    looked++;
    if (time >= 0) witness.see(raw.cells[time] ?? '');
    for (const at of named) if (isDefanged(raw.cells[at] ?? '')) defanged++;
    if (raw.cells.some((cell) => cell.includes('\uFFFD'))) damaged++;
    const read = trials.dmy.read(raw);
    trials.dmy.note(read);
    // Dates with the year first read the same both ways.
    const isEither = time >= 0 && /\d{1,2}[-/.]\d{1,2}[-/.]\d{4}/u.test(raw.cells[time] ?? '');
    trials.mdy.note(isEither ? trials.mdy.read(raw) : read);
  };
  for await (const batch of list.rows(true)) {
    signal?.throwIfAborted();
    batch.forEach(see);
  }
  const dates = time < 0 ? null : witness.result();
  const order = kept?.order ?? dates?.order ?? 'dmy';
  const zoneFrom = dates !== null && dates.zoned > 0 && dates.zoned >= looked / 2 ? 'cells' : zoned;
  const { refused, first, odd } = order === 'dmy' ? trials.dmy : trials.mdy;
  return {
    kind,
    why: reasonsOf(list, dates),
    encoding,
    delimiter,
    report,
    sheets,
    columns: columns.map((column) => ({
      ...column,
      because: proposals[column.at]?.because ?? null,
      samples: samplesOf(sample, column.at),
    })),
    mapping: { ...base, order },
    zoneFrom,
    dates,
    rows,
    looked,
    refused,
    defanged,
    first,
    odd,
    warnings: [...list.warnings, ...(damaged > 0 ? [damagedText(damaged)] : [])],
  };
}

function samplesOf(sample: readonly string[][], at: number): string[] {
  const cells = new Set<string>();
  for (const row of sample) {
    const cell = (row[at] ?? '').trim();
    if (cell !== '') cells.add(cell.slice(0, 120).toWellFormed());
    if (cells.size === SAMPLES) break;
  }
  return [...cells];
}
