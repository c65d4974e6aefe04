import { conflict, DomainError, invalid, shownInstant, type Text } from '@vonggac/kernel';

const refused = (code: string, text: Text): DomainError => invalid(`answer-file.${code}`, 'file', text);

export const notOurs = (): DomainError =>
  new DomainError(
    'not-found',
    'answer-file.not_ours',
    {
      vi: 'Phiếu này không do đơn vị đang đăng nhập phát hành, hoặc thuộc đơn vị ngoài phạm vi theo dõi.',
      en: 'This sheet was not issued here, or belongs to an organisation that you do not follow.',
    },
    { place: 'file' },
  );

export const otherDirective = (code: string | null): DomainError =>
  refused('other_directive', {
    vi: `Phiếu này thuộc văn bản khác (${code ?? 'chưa có số'}). Mở văn bản đó để nhập.`,
    en: `This sheet belongs to another directive (${code ?? 'without number'}). Open that one to take it in.`,
  });

export const otherAgency = (name: string): DomainError =>
  refused('other_agency', {
    vi: `Phiếu này là của ${name}, không phải của đơn vị đã chọn.`,
    en: `This sheet is that of ${name}, not of the chosen organisation.`,
  });

export function used(by: { at: string | null; name: string | null; file: string }): DomainError {
  const at = by.at === null ? '' : shownInstant(Temporal.Instant.from(by.at));
  return conflict('answer-file.used', {
    vi: `Phiếu này đã nhập lúc ${at} (tệp “${by.file}”, ${by.name ?? ''}). Mỗi phiếu chỉ nhập một lần; lập phiếu mới nếu đơn vị bổ sung.`,
    en: `This sheet was taken in at ${at} (file “${by.file}”, ${by.name ?? ''}). Each sheet is used once; make a new one if there is more.`,
  });
}

export const outdated = (): DomainError =>
  conflict('answer-file.outdated', {
    vi: 'Văn bản đã được sửa đổi, bổ sung sau khi lập phiếu này, nên nội dung hoặc thời hạn trong phiếu không còn đúng. Lập phiếu mới và đề nghị đơn vị trả lời theo phiếu mới.',
    en: 'The directive was amended after this sheet was made, so what it asks or its deadlines are no longer right. Make a new sheet and ask the agency to answer that one.',
  });

export const decided = (state: string): DomainError =>
  conflict('answer-file.decided', {
    vi: state === 'imported' ? 'Phiếu này đã được xác nhận nhập.' : 'Phiếu này đã bỏ hoặc đã hoàn tác, không nhập được nữa.',
    en:
      state === 'imported' ? 'This sheet has been confirmed already.' : 'This sheet was dropped or undone and cannot be taken in any more.',
  });

export const receiptMissing = (): DomainError =>
  invalid('answer-file.receipt_missing', 'number', {
    vi: 'Đơn vị chưa tiếp nhận văn bản và phiếu không ghi số đến, ngày đến. Hỏi đơn vị rồi nhập số đến, ngày đến trước khi xác nhận.',
    en: 'The agency has not received the document yet and the sheet gives no incoming number and day. Ask the agency and enter them before confirming.',
  });

export const nothingToTake = (): DomainError =>
  conflict('answer-file.nothing', {
    vi: 'Phiếu không có câu trả lời nào nhập được. Xem lý do ở từng dòng.',
    en: 'The sheet has no answer that can be taken in. See the reason at each row.',
  });

export const leaderFirst = (): DomainError =>
  conflict('answer-file.leader_first', {
    vi: 'Đơn vị yêu cầu lãnh đạo duyệt trước khi gửi, nên phiếu của chính đơn vị không nhập thẳng được. Ghi kết quả ở trang “Việc của tôi” rồi trình lãnh đạo.',
    en: 'Your organisation’s leader approves before results are sent, so its own sheet cannot be taken in directly. Enter the results in “My work” and put them before the leader.',
  });
