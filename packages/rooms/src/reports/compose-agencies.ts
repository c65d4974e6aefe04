import type { DraftItem, DraftTable } from '@vonggac/congvan/write';
import { cited, type Composing, figureIn, told } from './composing.ts';

/** The agencies' own signed reports; each number opens its file on the screen. */
export function reportsTable(composing: Composing): DraftTable {
  return {
    kind: 'table',
    columns: [
      { title: 'TT', share: 1, align: 'center' },
      { title: 'Đơn vị', share: 5 },
      { title: 'Số, ký hiệu', share: 3 },
      { title: 'Ngày', share: 2, align: 'center' },
      { title: 'Người ký', share: 4 },
    ],
    rows: (composing.rows.get('agency-reports') ?? []).map(({ organisation, cells = [] }, line) => [
      String(line + 1),
      organisation.name,
      cited(composing, 'agency-reports', cells[0] ?? ''),
      cells[1] ?? '',
      cells[2] ?? '',
    ]),
  };
}

/** What receivers count in their own reports, apart from our counts; the last line sums those that have figures. */
export function belowItems(composing: Composing): DraftItem[] {
  const rows = composing.rows.get('below') ?? [];
  if (rows.length === 0) return [];
  const sum = (id: string) => {
    const { value, of } = figureIn(composing, `below:${id}`);
    return value === null ? '–' : cited(composing, `below:${id}`, of === null ? String(value) : `${value}/${of}`);
  };
  const table: DraftTable = {
    kind: 'table',
    columns: [
      { title: 'Đơn vị', share: 4.5 },
      { title: 'Báo cáo số, ngày', share: 3.5 },
      { title: 'Được giao', share: 1.5, align: 'center' },
      { title: 'Đã tiếp nhận', share: 1.6, align: 'center' },
      { title: 'Đã báo cáo đủ', share: 1.6, align: 'center' },
      { title: 'Chưa báo cáo', share: 1.6, align: 'center' },
    ],
    rows: [
      ...rows.map(({ organisation, cells = [] }) => [organisation.name, ...cells]),
      ['Tổng (theo báo cáo có số liệu)', '', sum('organisations'), sum('received'), sum('reported'), sum('silent')],
    ],
  };
  const text = `Tổng hợp từ báo cáo của đơn vị: ${told(composing, 'below')} đơn vị nhận văn bản có báo cáo kết quả; số liệu do các đơn vị báo cáo, không cộng vào số liệu trên.`;
  return [{ label: '-', text, blocks: [table] }];
}
