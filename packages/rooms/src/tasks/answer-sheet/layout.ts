import { fold } from '@vonggac/kernel';
import type { SheetForm } from '../../sheets/index.ts';
import type { DoneState } from './model.ts';

/** The columns of a sheet, as they stand behind the hidden column of row keys. */
const COLUMNS = {
  path: { title: 'Mục', width: 8 },
  text: { title: 'Nội dung yêu cầu', width: 50 },
  due: { title: 'Thời hạn', width: 16 },
  answer: { title: 'Kết quả thực hiện', width: 50 },
  done: { title: 'Trạng thái', width: 18 },
  day: { title: 'Ngày hoàn thành (ngày/tháng/năm)', width: 18 },
  code: { title: 'Số, ký hiệu báo cáo', width: 20 },
  remark: { title: 'Ghi chú', width: 30 },
} as const;
export type Column = keyof typeof COLUMNS;
export type Fact = 'directive' | 'organisation' | 'sheet' | 'nonce' | 'fingerprint';

/** The sheet of one organisation's answers to one directive. */
export const ANSWER_FORM: SheetForm<Fact, Column> = {
  format: 'vonggac-answers',
  facts: ['directive', 'organisation', 'sheet', 'nonce', 'fingerprint'],
  columns: COLUMNS,
  fills: ['answer', 'done', 'day', 'code', 'remark'],
  answer: 'answer',
  name: 'path',
  noun: { vi: 'mục', en: 'item' },
  heads: {
    number: { key: 'VG+number', title: 'Số đến tại đơn vị' },
    day: { key: 'VG+day', title: 'Ngày đến (ngày/tháng/năm)' },
    who: { key: 'VG+who', title: 'Người điền, chức vụ' },
  },
};

export const DONE_WORDS: Record<DoneState, string> = {
  done: 'đã thực hiện',
  doing: 'đang thực hiện',
  nothing: 'không phát sinh',
};

const OTHER_WORDS: Record<string, DoneState> = {
  'hoan thanh': 'done',
  'da hoan thanh': 'done',
  'da xong': 'done',
  xong: 'done',
  'chua thuc hien xong': 'doing',
  'chua hoan thanh': 'doing',
  khong: 'nothing',
  'khong co': 'nothing',
};

/** What a word of the state column means; undefined: nothing known. */
export function doneOf(word: string): DoneState | null | undefined {
  const bare = fold(word)
    .replace(/[.;,\s]+$/u, '')
    .trim();
  if (bare === '') return null;
  const known = (Object.entries(DONE_WORDS) as [DoneState, string][]).find(([, text]) => fold(text) === bare);
  return known?.[0] ?? OTHER_WORDS[bare];
}
