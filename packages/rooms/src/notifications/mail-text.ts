import { EXERCISE_MARK } from '@vonggac/kernel';

type Mail = { ticket: string; open: number; link: string; exercise: boolean };

const EXERCISE = `${EXERCISE_MARK} Đây là thư diễn tập, không phải đôn đốc thật. / This is an exercise, not a real reminder.`;

/** What a reminder says by mail: ticket number, count and link. Nothing of the document, no address, no name. */
export function mailText({ ticket, open, link, exercise }: Mail): { subject: string; text: string } {
  return {
    subject: `${exercise ? `${EXERCISE_MARK} ` : ''}[Vọng Gác] ${ticket}: ${open} nội dung chưa hoàn thành`,
    text: [
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
