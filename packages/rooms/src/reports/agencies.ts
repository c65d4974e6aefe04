import { shownDay, type Text } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { and, asc, desc, eq } from 'drizzle-orm';
import { evidence, receipts, reports } from '../tasks/index.ts';
import type { Counted, CountedRow, RollupFigures } from './model.ts';
import { newestOf, type Rollup, rollupsOf } from './rollups.ts';

/** A signed report that an agency handed in, with its file. */
export type AgencyReport = {
  id: string;
  organisation: { id: string; name: string };
  code: string;
  day: string;
  signer: string;
  note: string | null;
  difficulties: string | null;
  proposals: string | null;
  file: { id: string; name: string } | null;
};

/** The agencies' own signed reports on a directive, by name and day; one that was handed in and taken back stays on record. */
export async function agencyReports(tx: Tx, directive: string): Promise<AgencyReport[]> {
  const rows = await tx
    .select({ report: reports, name: receipts.organisationName })
    .from(reports)
    .innerJoin(receipts, and(eq(receipts.directive, reports.directive), eq(receipts.organisation, reports.organisation)))
    .where(eq(reports.directive, directive))
    .orderBy(asc(receipts.organisationName), asc(reports.day), asc(reports.submittedAt));
  const files = await tx
    .select({ id: evidence.id, name: evidence.name, report: evidence.report })
    .from(evidence)
    .where(eq(evidence.directive, directive))
    .orderBy(desc(evidence.addedAt));
  const byReport = new Map(files.flatMap(({ id, name, report }) => (report === null ? [] : [[report, { id, name }] as const])));
  return rows.map(({ report: { id, organisation, code, day, signer, note, difficulties, proposals }, name }) => ({
    id,
    organisation: { id: organisation, name },
    code,
    day,
    signer,
    note,
    difficulties,
    proposals,
    file: byReport.get(id) ?? null,
  }));
}

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** What agencies wrote under a heading, a line each: `- Sở Y tế: …`. */
export function linesOf(list: readonly AgencyReport[], section: 'difficulties' | 'proposals'): string {
  return list
    .flatMap(({ organisation, [section]: text }) => (text === null ? [] : [`- ${organisation.name}: ${oneLine(text)}`]))
    .join('\n');
}

function reportRow({ id, organisation, code, day, signer, file }: AgencyReport): CountedRow {
  const said = `${code}, ${shownDay(day)}, ${signer}`;
  return {
    key: id,
    organisation,
    path: null,
    text: { vi: said, en: said },
    cells: [code, shownDay(day), signer],
    ...(file === null ? {} : { file: { kind: 'evidence' as const, ...file } }),
  };
}

const NONE = '–';

function rollupRow({ id, organisation, organisationName, code, day, figures, fileName }: Rollup): CountedRow {
  const { organisations: of, received, reported, silent } = figures ?? { organisations: 0, received: 0, reported: 0, silent: 0 };
  const said: Text =
    figures === null
      ? { vi: `${code}, ${shownDay(day)}; số liệu nêu trong báo cáo`, en: `${code}, ${shownDay(day)}; figures in its text only` }
      : {
          vi: `${code}, ${shownDay(day)}; được giao ${of}, tiếp nhận ${received}/${of}, báo cáo đủ ${reported}/${of}, chưa báo cáo ${silent}/${of}`,
          en: `${code}, ${shownDay(day)}; ${of} addressed, ${received}/${of} received, ${reported}/${of} reported, ${silent}/${of} not yet`,
        };
  const cells = figures === null ? [NONE, NONE, NONE, NONE] : [String(of), `${received}/${of}`, `${reported}/${of}`, `${silent}/${of}`];
  return {
    key: id,
    organisation: { id: organisation, name: organisationName },
    path: null,
    text: said,
    cells: [`${code}, ${shownDay(day)}`, ...cells],
    file: { kind: 'rollup', id, name: fileName },
  };
}

const SUMS: readonly (readonly [keyof RollupFigures, Text])[] = [
  ['received', { vi: 'đã tiếp nhận', en: 'received' }],
  ['reported', { vi: 'đã báo cáo đủ', en: 'reported' }],
  ['silent', { vi: 'chưa báo cáo', en: 'not reported yet' }],
];

/** Sums over the reports that have figures; what came as a file alone is listed and in no sum. */
function sumsOf(list: readonly Rollup[]): Counted[] {
  const counted = list.filter(({ figures }) => figures !== null);
  if (counted.length === 0) return [];
  const rows = counted.map(rollupRow);
  const sum = (key: keyof RollupFigures) => counted.reduce((all, { figures }) => all + (figures?.[key] ?? 0), 0);
  const of = sum('organisations');
  const what = (text: Text): Text => ({ vi: `Theo báo cáo của đơn vị: ${text.vi}`, en: `By the reports of receivers: ${text.en}` });
  return [
    { id: 'below:organisations', name: what({ vi: 'được giao', en: 'addressed' }), value: of, of: null, rows },
    ...SUMS.map(([key, text]) => ({ id: `below:${key}`, name: what(text), value: sum(key), of, rows })),
  ];
}

/** What agencies reported themselves, apart from what is counted here: their signed reports, and the figures that receivers report. */
export async function agencyFigures(tx: Tx, directive: string): Promise<Counted[]> {
  const signed = (await agencyReports(tx, directive)).map(reportRow);
  const all = await rollupsOf(tx, directive);
  const newest = newestOf(all);
  const receivers = await tx.$count(receipts, eq(receipts.directive, directive));
  return [
    {
      id: 'agency-reports',
      name: { vi: 'Báo cáo đã ký của đơn vị', en: 'Signed reports of agencies' },
      value: signed.length,
      of: null,
      rows: signed,
    },
    ...(newest.length === 0
      ? []
      : [
          {
            id: 'below',
            name: { vi: 'Đơn vị gửi báo cáo kết quả', en: 'Receivers with a report on results' },
            value: newest.length,
            of: receivers,
            rows: newest.map(rollupRow),
          },
          ...sumsOf(newest),
        ]),
  ];
}
