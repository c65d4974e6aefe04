import { type Claims, writeSheetOf } from '../../sheets/index.ts';
import { ANSWER_FORM, DONE_WORDS, type Fact } from './layout.ts';
import { ANSWER_LIMIT } from './model.ts';

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
  claims: Claims<Fact>;
};

const HOW_TO = [
  'Cách điền: ghi vào các ô trắng. Mỗi dòng là một nội dung yêu cầu; chọn trạng thái “đã thực hiện”, “đang thực hiện” hoặc “không phát sinh”.',
  'Có thể sắp xếp, xóa dòng không báo cáo, thêm cột ghi chú. Không gộp ô, không dùng công thức, không sửa cột và trang đang ẩn. Lưu đúng định dạng .xlsx rồi gửi lại.',
];

/** The .xlsx of one organisation: what is asked, cells for the answers, and the signed keys in a hidden sheet. */
export function writeSheet(keys: string, content: SheetContent): Uint8Array {
  const { organisation, overseer, label, document, subject, issued, receipt, items, claims } = content;
  const body = {
    tab: 'Báo cáo',
    title: 'PHIẾU BÁO CÁO KẾT QUẢ THỰC HIỆN',
    lines: [
      `Đơn vị: ${organisation}`,
      `Văn bản: ${document}. ${subject}`,
      `${label}. Đơn vị theo dõi, tổng hợp: ${overseer}. Phiếu lập ngày ${issued}, nhập một lần.`,
    ],
    howTo: HOW_TO,
    head: { number: receipt.number ?? '', day: receipt.day ?? '' },
    rows: items.map(({ key, text, ...cells }) => ({ key, cells: { ...cells, text: text.slice(0, ANSWER_LIMIT) } })),
    choices: { done: Object.values(DONE_WORDS) },
  };
  return writeSheetOf(keys, ANSWER_FORM, { body, claims });
}
