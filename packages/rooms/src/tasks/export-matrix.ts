import { type Language, shownDay, shownInstant, type Text } from '@vonggac/kernel';
import { writeTable, type WriteCell, type WriteColumn } from '@vonggac/outside';
import { type Ctx, inTransaction } from '@vonggac/store';
import { reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { labelLine } from '../tlp/index.ts';
import { type Loaded, loadMatrix } from './matrix-load.ts';
import { type Lit, litAt, type MatrixQuery, type Row, selectRows, taskAt, timeAt } from './matrix-model.ts';

const LIT: Record<Lit, Text> = {
  met: { vi: 'Đạt', en: 'Met' },
  'at-risk': { vi: 'Có nguy cơ', en: 'At risk' },
  missed: { vi: 'Chưa đạt', en: 'Missed' },
  reported: { vi: 'Đơn vị báo cáo', en: 'Reported' },
  'no-data': { vi: 'Chưa có số liệu', en: 'No data' },
  'not-concerned': { vi: '–', en: '–' },
};
const RECEIPT: Record<Row['receipt'], Text> = {
  waiting: { vi: 'Chưa tiếp nhận', en: 'Not received' },
  'in-day': { vi: 'Trong ngày', en: 'Within the day' },
  later: { vi: 'Sau ngày đến', en: 'Later' },
  refused: { vi: 'Trả lại', en: 'Refused' },
};
const HEADS: Record<
  'organisation' | 'context' | 'group' | 'opened' | 'received' | 'number' | 'day' | 'answered' | 'inTime' | 'overdue' | 'next',
  Text
> = {
  organisation: { vi: 'Đơn vị', en: 'Organisation' },
  context: { vi: 'Thuộc', en: 'Of' },
  group: { vi: 'Nhóm', en: 'Group' },
  opened: { vi: 'Mở trên hệ thống', en: 'Opened' },
  received: { vi: 'Tiếp nhận', en: 'Received' },
  number: { vi: 'Số đến', en: 'Arrival no.' },
  day: { vi: 'Ngày đến', en: 'Arrival day' },
  answered: { vi: 'Đã trả lời / nhiệm vụ', en: 'Answered / tasks' },
  inTime: { vi: 'Đúng hạn / đã đến hạn', en: 'In time / come due' },
  overdue: { vi: 'Quá hạn', en: 'Overdue' },
  next: { vi: 'Hạn gần nhất', en: 'Next date' },
};

/**
 * The matrix as it is shown, as .xlsx: the same filter and order, a head with its TLP label that says which document, from where and when the
 * figures are, measures and paperwork in columns of their own. Leaves an audit row.
 * @throws DomainError `directive.not_found`, `directive.draft`
 */
export async function exportMatrix(ctx: Ctx, directive: string, query: MatrixQuery): Promise<{ name: string; content: Uint8Array }> {
  const loaded = await inTransaction(ctx, async (tx) => {
    const found = await loadMatrix(tx, ctx, directive);
    const { overseer } = found.head;
    await record(tx, ctx, {
      action: 'standing.exported',
      subject: { kind: 'directive', id: directive },
      after: { ...query },
      concerns: reaches(ctx, overseer) ? undefined : overseer,
    });
    return found;
  });
  const rows = selectRows(loaded.rows, loaded.columns, query);
  const content = await writeTable([
    {
      name: ctx.language === 'vi' ? 'Tình hình thực hiện' : 'Standing',
      landscape: true,
      lines: [await labelLine(ctx, 'sheet'), ...linesOf(loaded, rows.length, ctx.language)],
      columns: headsOf(loaded, ctx.language),
      rows: rows.map((row) => cellsOf(row, loaded, ctx.language)),
    },
  ]);
  const code = (loaded.head.code ?? loaded.head.symbol ?? 'van-ban').replace(/[^\p{L}\d-]+/gu, '-').replace(/^-|-$/g, '');
  return { name: `${code}-${loaded.at.slice(0, 10)}.xlsx`, content };
}

function linesOf({ head, rows, at }: Loaded, shown: number, language: Language): string[] {
  const named = [head.code ?? head.symbol, head.day === null ? null : shownDay(head.day), head.issuerName]
    .filter((part) => part !== null)
    .join(' · ');
  const moment = shownInstant(Temporal.Instant.from(at));
  return language === 'vi'
    ? [
        `${named}: ${head.subject}`,
        `Nguồn: số liệu trên hệ thống Vọng Gác lúc ${moment}; ${shown}/${rows.length} đơn vị. "Đạt", "Có nguy cơ", "Chưa đạt" là kết quả đo; "Đơn vị báo cáo" chưa được đo.`,
      ]
    : [
        `${named}: ${head.subject}`,
        `Source: figures of Vọng Gác at ${moment}; ${shown}/${rows.length} organisations. "Met", "At risk", "Missed" are measured; "Reported" is not.`,
      ];
}

function headsOf({ columns }: Loaded, language: Language): WriteColumn[] {
  const head = (key: keyof typeof HEADS, width?: number) => ({ title: HEADS[key][language], ...(width === undefined ? {} : { width }) });
  const measured = columns.map(({ path, measures }) => ({
    title: [path, ...measures.map(({ name }) => name[language])].join(' · '),
    width: 16,
  }));
  return [
    head('organisation', 34),
    head('context', 20),
    head('group', 24),
    ...measured,
    head('opened', 18),
    head('received'),
    head('number'),
    head('day', 12),
    head('answered'),
    head('inTime'),
    head('overdue'),
    head('next', 12),
  ];
}

function cellsOf(row: Row, { columns, groups }: Loaded, language: Language): WriteCell[] {
  const lit = columns.map((_, at) => {
    const [, value, of] = row.values.find(([column]) => column === at) ?? [at, null, null];
    const figure = value === null ? '' : ` ${value}${of === null ? '' : `/${of}`}`;
    const late =
      taskAt(row, at) !== 'c' && taskAt(row, at) !== 's' && timeAt(row, at) === 'v'
        ? language === 'vi'
          ? ' · quá hạn trả lời'
          : ' · answer overdue'
        : '';
    return LIT[litAt(row, at)][language] + figure + late;
  });
  return [
    row.name,
    row.context,
    groups.find(({ position }) => position === row.group)?.label || null,
    ...lit,
    row.opened === null ? null : shownInstant(Temporal.Instant.from(row.opened)),
    RECEIPT[row.receipt][language],
    row.number,
    row.day === null ? null : { day: row.day },
    // A hyphen would be read as a date, a slash too: the denominator is written out.
    of(row.answered, language),
    of(row.inTime, language),
    row.overdue,
    row.next === null ? null : { day: dayIn(row.next) },
  ];
}

const of = ([n, all]: readonly [number, number], language: Language) =>
  all === 0 ? '–' : `${n} ${language === 'vi' ? 'trên' : 'of'} ${all}`;
const dayIn = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate().toString();
