import { OutsideError } from '@vonggac/outside';
import type { Bilingual } from '@vonggac/outside';

/** Every refusal of this folder: what is wrong and what the person at the desk can do. */
const REFUSALS = {
  empty: {
    vi: 'Tệp rỗng, không có nội dung. Hãy kiểm tra lại tệp.',
    en: 'The file is empty. Check the file.',
  },
  'too-big': {
    vi: 'Tệp lớn hơn mức cho phép (50 MB). Hãy tách phụ lục hoặc giảm dung lượng ảnh rồi thử lại.',
    en: 'The file is larger than allowed (50 MB). Split off annexes or reduce its images, then retry.',
  },
  'text-too-long': {
    vi: 'Văn bản quá dài so với một văn bản hành chính. Hãy tách phụ lục rồi thử lại.',
    en: 'The text is too long for an administrative document. Split off its annexes, then retry.',
  },
  'too-many-pages': {
    vi: 'Văn bản có quá nhiều trang. Hãy tách phụ lục rồi thử lại.',
    en: 'The document has too many pages. Split off its annexes, then retry.',
  },
  'old-doc': {
    vi: 'Tệp Word kiểu cũ (.doc) không được hỗ trợ. Hãy mở bằng Word hoặc LibreOffice, lưu lại thành .docx hoặc .pdf rồi thử lại.',
    en: 'Old Word files (.doc) are not supported. Open it in Word or LibreOffice, save it as .docx or .pdf, then retry.',
  },
  rtf: {
    vi: 'Tệp .rtf không được hỗ trợ. Hãy mở bằng Word hoặc LibreOffice, lưu lại thành .docx hoặc .pdf rồi thử lại.',
    en: '.rtf files are not supported. Open it in Word or LibreOffice, save it as .docx or .pdf, then retry.',
  },
  odt: {
    vi: 'Tệp OpenDocument (.odt) không được hỗ trợ. Hãy lưu lại thành .docx hoặc .pdf rồi thử lại.',
    en: 'OpenDocument files (.odt) are not supported. Save it as .docx or .pdf, then retry.',
  },
  spreadsheet: {
    vi: 'Đây là bảng tính, không phải văn bản. Hãy dùng chức năng nhập danh sách, hoặc tải lên văn bản .docx, .pdf.',
    en: 'This is a spreadsheet, not a document. Use the import of lists, or upload a .docx or .pdf document.',
  },
  presentation: {
    vi: 'Đây là tệp trình chiếu, không phải văn bản. Hãy tải lên văn bản .docx, .pdf.',
    en: 'This is a presentation, not a document. Upload a .docx or .pdf document.',
  },
  archive: {
    vi: 'Đây là tệp nén. Hãy giải nén rồi tải lên từng văn bản (.docx, .pdf, .txt).',
    en: 'This is an archive. Unpack it and upload the documents one by one (.docx, .pdf, .txt).',
  },
  markup: {
    vi: 'Tệp XML hoặc HTML không đọc được như văn bản. Hãy tải lên .docx, .pdf, .txt hoặc dán nội dung.',
    en: 'XML and HTML files are not read as documents. Upload .docx, .pdf, .txt or paste the text.',
  },
  'unknown-format': {
    vi: 'Không nhận ra định dạng tệp. Hãy tải lên .docx, .pdf, .txt, hoặc ảnh quét .png, .jpg.',
    en: 'The format of the file was not recognised. Upload .docx, .pdf, .txt, or a scan as .png or .jpg.',
  },
  encrypted: {
    vi: 'Tệp được đặt mật khẩu nên không đọc được. Hãy gỡ mật khẩu rồi tải lại.',
    en: 'The file is protected by a password and cannot be read. Remove the password and upload it again.',
  },
  macro: {
    vi: 'Văn bản có chứa macro hoặc điều khiển ActiveX nên bị từ chối. Hãy lưu lại thành .docx (không macro) hoặc .pdf rồi thử lại.',
    en: 'The document contains macros or ActiveX controls and is refused. Save it as .docx (without macros) or .pdf, then retry.',
  },
  'external-content': {
    vi: 'Văn bản gọi nội dung từ bên ngoài (mẫu hoặc đối tượng liên kết) nên bị từ chối. Hãy lưu lại thành .pdf hoặc bỏ liên kết rồi thử lại.',
    en: 'The document calls content from elsewhere (a linked template or object) and is refused. Save it as .pdf or remove the link, then retry.',
  },
  'docx-broken': {
    vi: 'Tệp .docx bị hỏng hoặc thiếu phần nội dung. Hãy mở bằng Word hoặc LibreOffice rồi lưu lại.',
    en: 'The .docx is damaged or lacks its content. Open it in Word or LibreOffice and save it again.',
  },
  'pdf-broken': {
    vi: 'Tệp PDF bị hỏng hoặc bị cắt cụt. Hãy xuất lại PDF từ phần mềm gốc hoặc xin bản khác.',
    en: 'The PDF is damaged or cut short. Export it again from its program or ask for another copy.',
  },
  'image-too-big': {
    vi: 'Ảnh quét có kích thước quá lớn. Hãy quét lại ở 300 dpi, khổ A4.',
    en: 'The scanned image is too large. Scan it again at 300 dpi, A4.',
  },
  'too-many-scanned-pages': {
    vi: 'Bản quét có quá nhiều trang để nhận dạng chữ. Hãy tách phụ lục, hoặc dùng bản .docx hay PDF có lớp chữ.',
    en: 'The scan has too many pages for text recognition. Split off annexes, or use a .docx or a PDF with a text layer.',
  },
  'scan-needs-ocr': {
    vi: 'Đây là bản quét, chưa có lớp chữ. Để đọc được, máy chủ cần cài tesseract với tiếng Việt (gói tesseract-ocr, tesseract-ocr-vie) và, với PDF, pdftoppm (gói poppler-utils); hoặc hãy dùng bản .docx hay PDF có lớp chữ.',
    en: 'This is a scan without a text layer. To read it the server needs tesseract with Vietnamese (packages tesseract-ocr, tesseract-ocr-vie) and, for PDF, pdftoppm (package poppler-utils); or use a .docx or a PDF with a text layer.',
  },
  'scan-unreadable': {
    vi: 'Không nhận dạng được chữ trong bản quét. Hãy quét lại rõ hơn (300 dpi), hoặc dùng bản .docx hay PDF có lớp chữ.',
    en: 'No text was recognised in the scan. Scan it again more clearly (300 dpi), or use a .docx or a PDF with a text layer.',
  },
} as const satisfies Record<string, Bilingual>;

export type RefusalCode = keyof typeof REFUSALS;

/** A refusal, to be thrown; it crosses from the child to the parent as it is. */
export function refuse(code: RefusalCode, place: string): OutsideError {
  return new OutsideError({ code, place, messages: REFUSALS[code] });
}
