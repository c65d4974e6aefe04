import type { Text } from '@vonggac/kernel';

export type ReportKind = 'quick' | 'result';
export type ReportStatus = 'draft' | 'proposed' | 'approved' | 'issued' | 'discarded';

/** What a receiving authority's own report counts: of its addressed units how many received, reported fully, partly, not yet. */
export type RollupFigures = { organisations: number; received: number; reported: number; partly: number; silent: number };

/** A row behind a figure. `key` is the same for the same row in every report: organisation, or organisation and item. */
export type CountedRow = {
  key: string;
  organisation: { id: string; name: string };
  path: string | null;
  text: Text;
  /** What a printed list has beside the name. */
  cells?: string[];
  /** The file that the row is about. */
  file?: { kind: 'evidence' | 'rollup'; id: string; name: string };
};

/** A figure with its denominator: `value` null where nothing is measured, which is not zero. */
export type Counted = { id: string; name: Text; value: number | null; of: number | null; rows: CountedRow[] };

/** A figure that is another than in the report before, with the rows that came and went. */
export type Change = { figure: string; name: Text; before: number | null; now: number | null; came: string[]; went: string[] };

/** The edited part of a report: Vietnamese, printed as it is. A section left empty is printed as nothing to report. */
export type ReportText = {
  subject: string;
  place: string;
  recipients: string[];
  opening: string;
  /** What was done; only in the report of results. */
  measures: string;
  incidents: string;
  difficulties: string;
  proposals: string;
  closing: string;
  copies: string[];
  signer: { authority: string[]; title: string; name: string };
};

/** Who may make what of a report in which state. Four eyes: whoever wrote it does not approve it. */
export const ACTS = {
  edit: { from: ['draft'], to: 'draft' },
  propose: { from: ['draft'], to: 'proposed' },
  return: { from: ['proposed', 'approved'], to: 'draft' },
  approve: { from: ['proposed'], to: 'approved' },
  issue: { from: ['approved'], to: 'issued' },
  discard: { from: ['draft', 'proposed'], to: 'discarded' },
} as const satisfies Record<string, { from: readonly ReportStatus[]; to: ReportStatus }>;
export type ReportAct = keyof typeof ACTS;

/** `97,8%`; an en dash where there is nothing to divide by. */
export function shareOf(value: number | null, of: number | null): string {
  if (value === null || of === null || of === 0) return '–';
  const share = Math.round((value / of) * 1000) / 10;
  return `${String(share).replace('.', ',')}%`;
}

/** `44/45 (97,8%)`, or that nobody measures it. */
export function fractionOf({ value, of }: Pick<Counted, 'value' | 'of'>): string {
  if (value === null) return 'chưa có số liệu';
  return of === null ? String(value).replace('.', ',') : `${value}/${of} (${shareOf(value, of)})`;
}

/** What changed between two reports, figure by figure; figures that stayed the same are left out. */
export function changesBetween(before: readonly Counted[], now: readonly Counted[]): Change[] {
  const known = new Map(before.map((figure) => [figure.id, figure]));
  return now.flatMap((figure) => {
    const old = known.get(figure.id);
    if (old === undefined) return [];
    const keys = (rows: readonly CountedRow[]) => new Set(rows.map(({ key }) => key));
    const [had, has] = [keys(old.rows), keys(figure.rows)];
    const labels = (rows: readonly CountedRow[], other: ReadonlySet<string>) =>
      rows
        .filter(({ key }) => !other.has(key))
        .map(({ organisation, path }) => (path === null ? organisation.name : `${organisation.name} (mục ${path})`));
    const [came, went] = [labels(figure.rows, had), labels(old.rows, has)];
    if (old.value === figure.value && came.length === 0 && went.length === 0) return [];
    return [{ figure: figure.id, name: figure.name, before: old.value, now: figure.value, came, went }];
  });
}
