import { dayOf, EXERCISE_MARK, type Language, shownDay } from '@vonggac/kernel';
import type { DirectiveHead } from '../directives/index.ts';
import type { OpenWork } from '../tasks/index.ts';
import { subjectMark, type TlpLabel } from '../tlp/index.ts';

/**
 * A reminder to paste into a chat group: the document by its code, agencies and deadlines. Never an address, a finding or a
 * personal number, and nothing of the document's content.
 */
export function pasteText(
  head: Pick<DirectiveHead, 'code' | 'symbol' | 'day' | 'exercise'>,
  work: readonly OpenWork[],
  more: { ticket: string; now: Temporal.Instant; language: Language; label: TlpLabel },
): string {
  const { ticket, now, language, label } = more;
  const vi = language === 'vi';
  const code = head.code ?? head.symbol ?? (vi ? '(chưa có số)' : '(not numbered)');
  const dated = head.day === null ? code : vi ? `${code} ngày ${shownDay(head.day)}` : `${code} of ${shownDay(head.day)}`;
  const lines = work.map((one, at) => `${at + 1}. ${one.name}: ${countText(one, vi)}${dueText(one, now, vi)}`);
  const mark = `${head.exercise === null ? '' : `${EXERCISE_MARK} `}${subjectMark(label)} `;
  return vi
    ? [
        `${mark}[${ticket}] Đôn đốc thực hiện văn bản ${dated}.`,
        'Đề nghị các đơn vị sau thực hiện và cập nhật kết quả trên hệ thống:',
        ...lines,
      ].join('\n')
    : [
        `${mark}[${ticket}] Reminder on directive ${dated}.`,
        'The following organisations are asked to complete their tasks and enter the results in the system:',
        ...lines,
      ].join('\n');
}

function countText({ open }: OpenWork, vi: boolean): string {
  return vi ? `${open} nội dung chưa hoàn thành` : `${open} ${open === 1 ? 'item' : 'items'} open`;
}

function dueText({ next, overdue }: OpenWork, now: Temporal.Instant, vi: boolean): string {
  if (next === null) return '';
  const due = dayOf(Temporal.Instant.from(next));
  if (overdue === 0) return vi ? `, hạn ${shownDay(due)}` : `, due ${shownDay(due)}`;
  const days = Math.max(1, due.until(dayOf(now), { largestUnit: 'day' }).days);
  return vi ? `, hạn ${shownDay(due)} (quá hạn ${days} ngày)` : `, due ${shownDay(due)} (${days} ${days === 1 ? 'day' : 'days'} overdue)`;
}
