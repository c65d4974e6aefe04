import { type FormCell, type FormSheet, writeForm } from '@vonggac/outside';
import { ANSWER_LIMIT } from './model.ts';
import { COLUMN_KEYS, COLUMNS, columnMark, DONE_WORDS, HEAD_LINES } from './layout.ts';
import { type Claims, FORMAT, signClaims } from './sign.ts';

/** What a sheet says. Days and times as shown. */
export type SheetContent = {
  organisation: string;
  overseer: string;
  /** Its TLP label. */
  label: string;
  document: string;
  subject: string;
  issued: string;
  receipt: { number: string | null; day: string | null };
  items: readonly { key: string; path: string; text: string; due: string; answer: string }[];
  claims: Claims;
};

const HOW_TO = [
  'Cách điền: ghi vào các ô trắng. Mỗi dòng là một nội dung yêu cầu; chọn trạng thái “đã thực hiện”, “đang thực hiện” hoặc “không phát sinh”.',
  'Có thể sắp xếp, xóa dòng không báo cáo, thêm cột ghi chú. Không gộp ô, không dùng công thức, không sửa cột và trang đang ẩn. Lưu đúng định dạng .xlsx rồi gửi lại.',
];
const KEYS_IN_A_CELL = 1000;

/** The .xlsx of one organisation: what is asked, cells for the answers, and the signed keys in a hidden sheet. */
export function writeSheet(keys: string, content: SheetContent): Uint8Array {
  return writeForm([answersOf(content), keysOf(keys, content.claims)]);
}

function answersOf({ organisation, overseer, label, document, subject, issued, receipt, items }: SheetContent): FormSheet {
  const wide = (text: string, style: 'title' | 'note' | 'plain'): FormCell[] => [{ text: '' }, { text, style }];
  const lines = [
    wide('PHIẾU BÁO CÁO KẾT QUẢ THỰC HIỆN', 'title'),
    wide(`Đơn vị: ${organisation}`, 'plain'),
    wide(`Văn bản: ${document}. ${subject}`, 'plain'),
    wide(`${label}. Đơn vị theo dõi, tổng hợp: ${overseer}. Phiếu lập ngày ${issued}, nhập một lần.`, 'plain'),
    ...HOW_TO.map((text) => wide(text, 'note')),
  ];
  const fields = (['number', 'day', 'who'] as const).map((name): (FormCell | null)[] => [
    { text: HEAD_LINES[name].key },
    { text: HEAD_LINES[name].title, style: 'strong' },
    null,
    null,
    { text: (name === 'number' ? receipt.number : name === 'day' ? receipt.day : null) ?? '', style: 'open' },
  ]);
  const marks = [{ text: 'VG:key' }, ...COLUMN_KEYS.map((key) => ({ text: columnMark(key) }))];
  const heads = [
    { text: 'Mã dòng', style: 'head' as const },
    ...COLUMN_KEYS.map((key) => ({ text: COLUMNS[key].title, style: 'head' as const })),
  ];
  const rows = items.map(({ key, path, text, due, answer }): FormCell[] => [
    { text: key, style: 'locked' },
    { text: path, style: 'locked' },
    { text: text.slice(0, ANSWER_LIMIT), style: 'locked' },
    { text: due, style: 'locked' },
    { text: answer, style: 'open' },
    ...[0, 1, 2, 3].map(() => ({ text: '', style: 'open' as const })),
  ]);
  const above = lines.length + fields.length;
  return {
    name: 'Báo cáo',
    columns: [{ width: 18, hidden: true }, ...COLUMN_KEYS.map((key) => ({ width: COLUMNS[key].width }))],
    rows: [...lines, ...fields, marks, heads, ...rows],
    hiddenRows: [above],
    merged: [
      ...lines.map((_, at) => `B${at + 1}:I${at + 1}`),
      ...fields.map((_, at) => `B${lines.length + at + 1}:D${lines.length + at + 1}`),
    ],
    lists: [{ area: `F${above + 3}:F${above + 2 + items.length}`, values: Object.values(DONE_WORDS) }],
    head: above + 1,
    protect: true,
  };
}

function keysOf(keys: string, claims: Claims): FormSheet {
  const { key, signature } = signClaims(keys, claims);
  const chunks = Array.from({ length: Math.ceil(claims.keys.length / KEYS_IN_A_CELL) }, (_, at) =>
    claims.keys.slice(at * KEYS_IN_A_CELL, (at + 1) * KEYS_IN_A_CELL).join(' '),
  );
  const lines: [string, string][] = [
    [FORMAT, '1'],
    ['directive', claims.directive],
    ['organisation', claims.organisation],
    ['sheet', claims.sheet],
    ['nonce', claims.nonce],
    ['fingerprint', claims.fingerprint],
    ...chunks.map((chunk): [string, string] => ['rows', chunk]),
    ['key', key],
    ['signature', signature],
  ];
  return {
    name: 'VongGac',
    hidden: true,
    columns: [{ width: 18 }, { width: 70 }],
    rows: lines.map((cells) => cells.map((text) => ({ text }))),
    protect: true,
  };
}
