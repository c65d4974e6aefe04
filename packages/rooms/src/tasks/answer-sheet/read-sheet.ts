import type { Text } from '@vonggac/kernel';
import type { Table } from '@vonggac/outside';
import { type KeyedRow, MOST_REMARKS, readDay, type ReadRows, readRows } from '../../sheets/index.ts';
import { ANSWER_FORM, type Column, doneOf, DONE_WORDS } from './layout.ts';
import { ANSWER_LIMIT, type AnswerRow, type SheetRow } from './model.ts';

export type ReadSheet = {
  rows: AnswerRow[];
  head: { number: string | null; day: string | null; who: string | null };
  remarks: Text[];
};
type Context = { today: string; from1904: boolean };

/**
 * The answers of a file that came back. A row that cannot be trusted is refused with the cure; nothing is guessed. null: the file has no
 * sheet of answers that could be told.
 */
export function readSheet(table: Table, { rows, today }: { rows: readonly SheetRow[]; today: string }): ReadSheet | null {
  const read = readRows(
    table,
    ANSWER_FORM,
    rows.map(({ key, path }) => ({ key, name: path })),
  );
  if (read === null) return null;
  const context = { today, from1904: read.from1904 };
  const remarks = [...read.remarks];
  return {
    rows: rows.flatMap((row) => {
      const came = read.rows.get(row.key);
      return came === undefined ? [] : [rowOf(context, row, came)];
    }),
    head: headOf(context, read, remarks),
    remarks: remarks.slice(0, MOST_REMARKS),
  };
}

function rowOf(context: Context, row: SheetRow, came: KeyedRow<Column>): AnswerRow {
  const { cell } = came;
  const answer = cell('answer');
  const done = doneOf(cell('done'));
  const day = readDay(cell('day'), context);
  const remark = cell('remark');
  const code = cell('code');
  return {
    key: row.key,
    task: row.task,
    path: row.path,
    line: came.line,
    answer: answer.slice(0, ANSWER_LIMIT),
    done: done ?? null,
    day: 'day' in day ? day.day : null,
    code: code.slice(0, 100) || null,
    remark: remark.slice(0, 2000) || null,
    extra: came.extra,
    refused: came.refused ?? (came.isEmpty ? null : unsound({ answer, done, day, code, remark, word: cell('done') })),
    doubts: [
      ...('doubt' in day && day.doubt !== null ? [day.doubt] : []),
      ...(done === null && answer !== '' && answer !== row.before ? [noState()] : []),
    ],
  };
}

type Said = {
  answer: string;
  done: ReturnType<typeof doneOf>;
  day: ReturnType<typeof readDay>;
  code: string;
  remark: string;
  word: string;
};

function unsound({ answer, done, day, code, remark, word }: Said): Text | null {
  if (done === undefined) {
    const words = Object.values(DONE_WORDS).join('”, “');
    return {
      vi: `Trạng thái “${word.slice(0, 40)}” không có trong danh sách. Chọn “${words}”.`,
      en: `The state “${word.slice(0, 40)}” is not in the list. Choose “${words}”.`,
    };
  }
  if ('refused' in day) return day.refused;
  if (answer.length > ANSWER_LIMIT || code.length > 100 || remark.length > 2000)
    return {
      vi: `Nội dung quá dài (kết quả tối đa ${ANSWER_LIMIT} ký tự, số hiệu 100, ghi chú 2.000). Rút gọn và gửi phần còn lại kèm báo cáo.`,
      en: `The text is too long (answer at most ${ANSWER_LIMIT} characters, number 100, remark 2,000). Shorten it and send the rest with a report.`,
    };
  if (done === 'done' && answer === '')
    return {
      vi: 'Chọn “đã thực hiện” nhưng chưa ghi kết quả thực hiện.',
      en: 'Marked as done, but the result is not written.',
    };
  return null;
}

function headOf(context: Context, { head }: ReadRows<Column>, remarks: Text[]): ReadSheet['head'] {
  const day = readDay(head('day') ?? '', context);
  if ('refused' in day) remarks.push({ vi: `Ngày đến: ${day.refused.vi}`, en: `Day of arrival: ${day.refused.en}` });
  else if (day.doubt !== null) remarks.push({ vi: `Ngày đến: ${day.doubt.vi}`, en: `Day of arrival: ${day.doubt.en}` });
  return { number: head('number')?.slice(0, 30) ?? null, day: 'day' in day ? day.day : null, who: head('who')?.slice(0, 120) ?? null };
}

const noState = (): Text => ({
  vi: 'Chưa chọn trạng thái: kết quả được giữ là đang thực hiện, chưa tính là đã báo cáo.',
  en: 'No state was chosen: the answer is kept as in progress and does not count as reported.',
});
