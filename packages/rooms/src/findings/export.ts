import { shownInstant } from '@vonggac/kernel';
import { writeTable, type WriteCell, XLSX_TYPE } from '@vonggac/outside';
import { type Ctx, inTransaction } from '@vonggac/store';
import { mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { rowsOf } from './list.ts';
import type { FindingQuery } from './query.ts';
import type { FindingView } from './view.ts';
import { ANSWER_NAMES, STATE_NAMES, VERDICT_NAMES } from './words.ts';

const MOST = 50_000;

/** The list as it is shown: same filters, same order, all pages up to 50,000 rows. */
export async function exportFindings(ctx: Ctx, query: FindingQuery): Promise<{ name: string; type: string; content: Uint8Array }> {
  mustReach(ctx, ctx.actor.organisation);
  const pick = (vi: string, en: string): string => (ctx.language === 'vi' ? vi : en);
  const title = pick('Danh sách điểm cần xử lý', 'Findings');
  const items = await inTransaction(ctx, async (tx) => {
    const rows = await rowsOf(tx, ctx, query, MOST);
    await record(tx, ctx, {
      action: 'findings.exported',
      subject: { kind: 'organisation', id: ctx.actor.organisation },
      after: { file: title, rows: rows.length },
    });
    return rows;
  });
  const instant = (at: string): string => shownInstant(Temporal.Instant.from(at));
  const cells = (item: FindingView): WriteCell[] => [
    item.organisation.name,
    item.address,
    item.privateAddress,
    item.port,
    item.domain,
    item.machine,
    item.family,
    STATE_NAMES[item.state][ctx.language],
    item.answer === null ? null : ANSWER_NAMES[item.answer][ctx.language],
    item.machinesDone,
    item.machinesTotal,
    item.verdict === null ? null : VERDICT_NAMES[item.verdict][ctx.language],
    instant(item.firstSeen),
    instant(item.lastSeen),
    item.sightings,
    item.relapses,
    item.level,
    item.due === null ? null : { day: item.due },
    item.list?.title ?? null,
    item.note,
  ];
  const heads: readonly (readonly [string, string, number?])[] = [
    ['Đơn vị', 'Organisation', 40],
    ['Địa chỉ IP', 'Address', 20],
    ['Địa chỉ nội bộ', 'Private address', 18],
    ['Cổng', 'Port'],
    ['Tên miền', 'Domain', 24],
    ['Máy', 'Machine', 20],
    ['Họ mã độc', 'Family', 22],
    ['Trạng thái', 'State', 18],
    ['Trả lời', 'Answer', 18],
    ['Số máy đã xử lý', 'Machines done'],
    ['Tổng số máy', 'Machines in all'],
    ['Kết quả đối chiếu', 'Verdict', 20],
    ['Ghi nhận đầu tiên', 'First seen', 18],
    ['Ghi nhận gần nhất', 'Last seen', 18],
    ['Số lần ghi nhận', 'Sightings'],
    ['Số lần tái nhiễm', 'Relapses'],
    ['Cấp độ', 'Level'],
    ['Hạn', 'Due'],
    ['Danh sách gần nhất', 'Newest list', 32],
    ['Ghi chú', 'Note', 32],
  ];
  const columns = heads.map(([vi, en, width]) => ({ title: pick(vi, en), ...(width === undefined ? {} : { width }) }));
  const lines = [title, `${pick('Thời điểm lấy số liệu', 'Figures taken at')}: ${shownInstant(ctx.clock.now())}`];
  const content = await writeTable([{ name: title, lines, columns, rows: items.map(cells), landscape: true }]);
  return { name: `${title}.xlsx`, type: XLSX_TYPE, content };
}
