import { EXERCISE_MARK, shownInstant } from '@vonggac/kernel';
import { labelText, subjectMark, type TlpLabel } from '../tlp/index.ts';

/** Stands at the head of a mail that a rule in test mode sends to its own authority. */
export const TEST_MARK = '[THỬ]';

export type NoticeLetter = {
  ticket: string;
  total: number;
  newest: number;
  again: number;
  /** ISO 8601. */
  frozenAt: string;
  link: string;
  label: TlpLabel;
  exercise: boolean;
  /** To whom it would have gone; null where it really goes. */
  testFor: string | null;
  /** Whether anybody of the organisation can sign in. */
  hasAccount: boolean;
  /** One line a machine, in the order of work; null where the receiver's domain is not allowed any. */
  machines: { lines: readonly string[]; more: number } | null;
};

const EXERCISE = `${EXERCISE_MARK} Đây là thư diễn tập, không phải thông báo thật. / This is an exercise, not a real notice.`;

/** What a list said may hold anything: one line stays one line. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 200);

/**
 * What a notice says by mail, Vietnamese first: its label in subject and body (TLP 2.0), ticket number, counts and link. No address and no
 * name of anybody, unless `machines` are given.
 */
export function noticeText(letter: NoticeLetter): { subject: string; text: string } {
  const { ticket, total, label, exercise, testFor, machines } = letter;
  const marks = [testFor === null ? '' : `${TEST_MARK} `, exercise ? `${EXERCISE_MARK} ` : ''].join('');
  const more = machines === null || machines.more === 0 ? [] : [`… ${machines.more}`];
  return {
    subject: `${marks}${subjectMark(label)} [Vọng Gác] ${ticket}: ${total} điểm cần xử lý`,
    text: [
      labelText(label),
      '',
      ...(exercise ? [EXERCISE, ''] : []),
      ...(testFor === null ? [] : [...testing(testFor), '']),
      ...vietnamese(letter),
      '',
      ...english(letter),
      ...(machines === null ? [] : ['', 'Danh sách / List:', ...machines.lines, ...more]),
      '',
    ].join('\r\n'),
  };
}

function testing(name: string): string[] {
  return [
    `${TEST_MARK} Thư thử: chỉ gửi tới địa chỉ của cơ quan theo dõi. Nếu gửi thật, thư này đến: ${name}.`,
    `${TEST_MARK} A test: it goes to the authority's own address alone. Sent in earnest it would go to: ${name}.`,
  ];
}

function vietnamese({ ticket, total, newest, again, frozenAt, link, hasAccount }: NoticeLetter): string[] {
  const at = shownInstant(Temporal.Instant.from(frozenAt));
  return [
    `Thông báo ${ticket}, số liệu lúc ${at}: đơn vị còn ${total} điểm cần xử lý.`,
    `Trong đó: ${newest} có trong danh sách mới nhất, ${again} được ghi nhận lại sau khi đã trả lời.`,
    hasAccount
      ? `Đăng nhập để xem từng điểm và trả lời: ${link}`
      : 'Đơn vị chưa có tài khoản: phiếu trả lời (.xlsx, có khóa) do bộ phận thường trực của cơ quan theo dõi gửi riêng.',
    'Thư gửi tự động, đề nghị không trả lời thư này.',
  ];
}

function english({ ticket, total, newest, again, frozenAt, link, hasAccount }: NoticeLetter): string[] {
  const at = shownInstant(Temporal.Instant.from(frozenAt));
  return [
    `Notice ${ticket}, figures as of ${at}: your organisation has ${total} ${total === 1 ? 'finding' : 'findings'} to act on.`,
    `Of these: ${newest} in the newest list, ${again} seen again after an answer.`,
    hasAccount
      ? `Sign in to see each of them and to answer: ${link}`
      : "Your organisation has no account: the keyed answer sheet (.xlsx) comes from the authority's desk by itself.",
    'This message was sent automatically; please do not reply.',
  ];
}
