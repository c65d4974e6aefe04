import { fold } from '@vonggac/kernel';
import type { SheetForm } from '../../sheets/index.ts';
import type { SheetAnswer } from './model.ts';

const COLUMNS = {
  machine: { title: 'Máy', width: 22 },
  family: { title: 'Họ mã độc', width: 16 },
  known: { title: 'Nhận biết máy', width: 24 },
  seen: { title: 'Ghi nhận gần nhất', width: 18 },
  times: { title: 'Số lần ghi nhận', width: 16 },
  due: { title: 'Hạn', width: 12 },
  answer: { title: 'Trả lời', width: 24 },
  done: { title: 'Số máy đã xử lý', width: 17 },
  total: { title: 'Tổng số máy', width: 13 },
  until: { title: 'Xin lùi đến ngày', width: 18 },
  note: { title: 'Ghi chú, lý do', width: 36 },
} as const;
export type Column = keyof typeof COLUMNS;
export type Fact = 'organisation' | 'overseer' | 'sheet' | 'nonce';

/** The sheet of the findings of one organisation. */
export const FINDING_FORM: SheetForm<Fact, Column> = {
  format: 'vonggac-findings',
  facts: ['organisation', 'overseer', 'sheet', 'nonce'],
  columns: COLUMNS,
  fills: ['answer', 'done', 'total', 'until', 'note'],
  answer: 'answer',
  name: 'machine',
  noun: { vi: 'máy', en: 'machine' },
  heads: { who: { key: 'VG+who', title: 'Người điền, chức vụ, điện thoại' } },
};

/** Without commas: these divide the choices of a cell. */
export const ANSWER_WORDS: Readonly<Record<SheetAnswer, string>> = {
  cleaned: 'đã bóc gỡ mã độc',
  patched: 'đã vá hoặc khắc phục',
  'not-ours': 'không phải của đơn vị',
  disputed: 'đề nghị xem xét lại',
  postponed: 'xin lùi thời hạn',
};

const OTHER_WORDS: Readonly<Record<string, SheetAnswer>> = {
  'da boc go': 'cleaned',
  'da lam sach': 'cleaned',
  'da xu ly': 'cleaned',
  'da va': 'patched',
  'da khac phuc': 'patched',
  'da va, khac phuc': 'patched',
  'da va, da khac phuc': 'patched',
  'khong phai': 'not-ours',
  'xem xet lai': 'disputed',
  'lui thoi han': 'postponed',
  'xin lui han': 'postponed',
};

/** What a word of the column of answers means; null: nothing was chosen; undefined: nothing known. */
export function answerOf(word: string): SheetAnswer | null | undefined {
  const bare = fold(word)
    .replace(/[.;,\s]+$/u, '')
    .trim();
  if (bare === '') return null;
  const known = (Object.entries(ANSWER_WORDS) as [SheetAnswer, string][]).find(([, text]) => fold(text) === bare);
  return known?.[0] ?? OTHER_WORDS[bare];
}
