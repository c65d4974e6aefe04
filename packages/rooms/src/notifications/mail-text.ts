/** What a reminder says by mail: ticket number, count and link. Nothing of the document, no address, no name. */
export function mailText({ ticket, open, link }: { ticket: string; open: number; link: string }): { subject: string; text: string } {
  return {
    subject: `[Vọng Gác] ${ticket}: ${open} nội dung chưa hoàn thành`,
    text: [
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
