import { notFound, type Text } from '@vonggac/kernel';
import { writeTable, type WriteCell, XLSX_TYPE } from '@vonggac/outside';
import { type Ctx, inTransaction } from '@vonggac/store';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import type { FileOut } from './issue.ts';
import type { RowState } from './model.ts';
import { ANSWER_NAMES, STATE_NAMES } from '../words.ts';
import { fetchFile, type PlannedRow, viewOf } from './view.ts';

/** The file as it came. @throws DomainError `answer-file.not_found` */
export async function downloadSheetFile(ctx: Ctx, id: string): Promise<FileOut> {
  may(ctx, 'findings:answer');
  const file = await inTransaction(ctx, async (tx) => {
    const found = await fetchFile(tx, ctx, id);
    await record(tx, ctx, {
      action: 'finding-sheets.downloaded',
      subject: { kind: 'finding-sheet-file', id },
      concerns: found.organisation,
      after: { name: found.name, sha256: found.sha256 },
    });
    return found;
  });
  if (!ctx.stores.files.has(file.sha256)) throw notFound('answer-file');
  return { name: file.name, type: XLSX_TYPE, content: await ctx.stores.files.bytes(file.sha256) };
}

const WHY: Readonly<Partial<Record<RowState, Text>>> = {
  changed: {
    vi: 'Đã có câu trả lời khác sau khi lập phiếu; trả lời trên hệ thống hoặc bằng phiếu mới.',
    en: 'Another answer was given since the sheet was made; answer on screen or by a new sheet.',
  },
  closed: {
    vi: 'Điểm cần xử lý đã khép lại, đã chuyển đơn vị hoặc đang chờ quyết định.',
    en: 'The finding is closed, went to another organisation, or waits for a decision.',
  },
};

/** What of a file cannot be taken in, with the cell and the cure, to be sent back. @throws DomainError `answer-file.not_found` */
export async function refusedSheetRows(ctx: Ctx, id: string): Promise<FileOut> {
  may(ctx, 'findings:answer');
  const view = await inTransaction(ctx, async (tx) => {
    const found = await viewOf(tx, ctx, id);
    await record(tx, ctx, {
      action: 'finding-sheets.refusals_downloaded',
      subject: { kind: 'finding-sheet-file', id },
      concerns: found.organisation.id,
      after: { name: found.name, rows: found.rows.filter(isLeft).length },
    });
    return found;
  });
  const pick = ({ vi, en }: Text): string => (ctx.language === 'vi' ? vi : en);
  const word = (vi: string, en: string): string => pick({ vi, en });
  const cells = (row: PlannedRow): WriteCell[] => [
    row.refused?.cell ?? row.line,
    row.name,
    row.answer === null ? null : pick(ANSWER_NAMES[row.answer]),
    row.refused === null ? pick(WHY[row.state] ?? WHY.closed!) : pick(row.refused.text),
    row.now === null
      ? null
      : [pick(STATE_NAMES[row.now.state]), row.now.answer === null ? null : pick(ANSWER_NAMES[row.now.answer])].filter(Boolean).join(', '),
  ];
  const title = word('Dòng chưa nhập được', 'Rows not taken in');
  const columns = [
    { title: word('Ô, dòng', 'Cell, line'), width: 10 },
    { title: word('Máy', 'Machine'), width: 24 },
    { title: word('Trả lời trong phiếu', 'Answer in the sheet'), width: 24 },
    { title: word('Lý do, cách sửa', 'Reason and cure'), width: 70 },
    { title: word('Hiện trạng', 'As it stands'), width: 30 },
  ];
  const content = await writeTable([
    {
      name: title,
      lines: [title, `${view.organisation.name} · ${view.name}`],
      columns,
      rows: view.rows.filter(isLeft).map(cells),
      landscape: true,
    },
  ]);
  return { name: `${title} - ${view.name.replace(/\.xlsx$/iu, '')}.xlsx`, type: XLSX_TYPE, content };
}

const isLeft = ({ state }: PlannedRow): boolean => state === 'refused' || state === 'changed' || state === 'closed';
