import { type DomainError, invalid, type Text } from '@vonggac/kernel';

const refused = (code: string, text: Text): DomainError => invalid(`answer-file.${code}`, 'file', text);

/** Not an .xlsx: what to do with what it is. */
export function wrongFormat(kind: 'ods' | 'csv'): DomainError {
  const name = { ods: { vi: '.ods', en: '.ods' }, csv: { vi: 'văn bản thuần, như .csv', en: 'plain text, such as .csv' } }[kind];
  return refused('format', {
    vi: `Tệp này không phải phiếu .xlsx (nội dung là ${name.vi}). Mở phiếu gốc, chọn Lưu thành, kiểu “Excel 2007-365 (.xlsx)”, rồi gửi lại.`,
    en: `This is not an .xlsx sheet (it holds ${name.en}). Open the original sheet, choose Save As, type “Excel 2007-365 (.xlsx)”, and send it again.`,
  });
}

export const noKeySheet = (): DomainError =>
  refused('no_key', {
    vi: 'Tệp không có trang khóa ẩn của phiếu (có thể đã chép sang tệp khác, xóa trang ẩn, hoặc là phiếu của nội dung khác). Tải phiếu mới rồi chép câu trả lời vào.',
    en: 'The file lacks the hidden key sheet of this kind of sheet (it was copied to another file, the hidden sheet was deleted, or it is a sheet for something else). Download a new sheet and copy the answers into it.',
  });

export const altered = (): DomainError =>
  refused('altered', {
    vi: 'Trang khóa ẩn của phiếu đã bị sửa: chữ ký không khớp. Tải phiếu mới rồi chép câu trả lời vào; không sửa trang ẩn.',
    en: 'The hidden key sheet was changed: its signature does not match. Download a new sheet and copy the answers into it; leave the hidden sheet alone.',
  });

export const noColumns = (): DomainError =>
  refused('no_columns', {
    vi: 'Không tìm thấy bảng trả lời trong tệp: thiếu cột mã dòng hoặc dòng tiêu đề. Tải phiếu mới rồi chép câu trả lời vào.',
    en: 'The table of answers was not found: the column of row keys or the heads are missing. Download a new sheet and copy the answers into it.',
  });

export const secret = (): DomainError =>
  refused('secret', {
    vi: 'Tệp có dấu chỉ độ mật nên không được đọc và không được lưu. Tài liệu bí mật nhà nước không được đưa vào hệ thống này.',
    en: 'The file bears a secrecy mark: it was neither read further nor stored. State secrets must not be put into this system.',
  });
