import { EXERCISE_MARK } from '@vonggac/kernel';
import { labelText, subjectMark, type TlpLabel } from '../tlp/index.ts';

type Mail = { ticket: string; open: number; link: string; exercise: boolean; label: TlpLabel };

const EXERCISE = `${EXERCISE_MARK} Đây là thư diễn tập, không phải đôn đốc thật. / This is an exercise, not a real reminder.`;

/** What a reminder says by mail: its label in subject and body (TLP 2.0), ticket number, count and link. Nothing of the document, no address, no name. */
export function mailText({ ticket, open, link, exercise, label }: Mail): { subject: string; text: string } {
  return {
    subject: `${exercise ? `${EXERCISE_MARK} ` : ''}${subjectMark(label)} [Vọng Gác] ${ticket}: ${open} nội dung chưa hoàn thành`,
    text: [
      labelText(label),
      '',
      ...(exercise ? [EXERCISE, ''] : []),
      `Phiếu đôn đốc ${ticket}: đơn vị còn ${open} nội dung chưa hoàn thành.`,
      `Đăng nhập để xem và cập nhật kết quả: ${link}`,
      'Thư gửi tự động, đề nghị không trả lời thư này.',
      '',
      `Reminder ${ticket}: ${open} ${open === 1 ? 'item is' : 'items are'} still open at your organisation.`,
      `Sign in to see and complete them: ${link}`,
      'This message was sent automatically; please do not reply.',
      '',
    ].join('\r\n'),
  };
}
