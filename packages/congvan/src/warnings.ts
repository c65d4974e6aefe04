import type { ReadContacts } from './contacts.ts';
import type { Head } from './head.ts';
import type { Range, Source } from './lines.ts';
import type { ReadDocument, ReadWarning } from './model.ts';
import { foldText, spanOf } from './normalise.ts';
import type { Outline } from './outline.ts';
import type { Tail } from './tail.ts';
import { demands, unnumberedDemands } from './unnumbered.ts';

/** All that the parts of the reader know about what they could not read. */
export interface Evidence {
  document: ReadDocument;
  head: Head;
  tail: Tail;
  outline: Outline;
  contacts: ReadContacts;
  /** First line after the recipients. */
  bodyFrom: number;
  issuerFromText: boolean;
  subjectFromText: boolean;
}

/** Warnings in the order of their places. Messages are Vietnamese, codes are stable. */
export function collectWarnings(source: Source, evidence: Evidence): ReadWarning[] {
  const out: ReadWarning[] = [];
  const add = (code: string, message: string, range: Range | null): void => {
    const span = range ? spanOf(source, range.start, range.end) : { start: 0, end: 0 };
    out.push({ code, message, ...span });
  };
  headWarnings(evidence, add);
  bodyWarnings(source, evidence, add);
  tailWarnings(source, evidence, add);
  out.push(...readingWarnings(source, evidence.document));
  return out.sort((a, b) => a.start - b.start);
}

type Add = (code: string, message: string, range: Range | null) => void;

function headWarnings(evidence: Evidence, add: Add): void {
  const { document, head } = evidence;
  if (document.kind === null) add('kind-missing', 'Không xác định được tên loại văn bản.', null);
  if (head.symbol === null) add('code-missing', 'Không tìm thấy số, ký hiệu văn bản.', null);
  else {
    if (document.number === null) add('number-missing', 'Số văn bản còn để trống.', head.symbol.range);
    if (head.symbol.printed !== null)
      add('code-corrected', `Ký hiệu in là “${head.symbol.printed}”, đã đọc là “${head.symbol.code}”.`, head.symbol.range);
  }
  if (head.date === null) add('date-missing', 'Không tìm thấy ngày, tháng, năm ban hành.', null);
  else if (document.date.year === null || document.date.month === null || document.date.day === null) {
    add('date-incomplete', 'Ngày, tháng, năm ban hành chưa ghi đủ.', head.date.range);
  }
  if (document.issuer.name === null) add('issuer-missing', 'Không tìm thấy cơ quan ban hành.', null);
  if (document.subject === null) add('subject-missing', 'Không tìm thấy trích yếu nội dung văn bản.', null);
}

function bodyWarnings(source: Source, evidence: Evidence, add: Add): void {
  const { document, outline, contacts, tail } = evidence;
  if (evidence.issuerFromText)
    add('issuer-from-text', 'Văn bản không in tên cơ quan ban hành ở đầu trang; tên được lấy từ nội dung.', null);
  if (evidence.subjectFromText)
    add('subject-from-text', 'Văn bản không in trích yếu dưới tên loại; trích yếu được lấy từ câu ban hành.', null);
  if (document.kind === 'cong-van' && document.recipients.length === 0) add('recipients-missing', 'Không tìm thấy phần “Kính gửi”.', null);
  for (const gap of outline.gaps) add('numbering', `Thứ tự đánh số tại mục “${gap.label}” không liền mạch; cần kiểm tra lại.`, gap);
  if (outline.unclosedQuote)
    add('quote-unclosed', 'Đoạn trích dẫn không có dấu đóng; các mục sau đó có thể là nội dung được trích.', outline.unclosedQuote);
  for (const phone of contacts.invalid)
    add('phone-not-e164', `Số điện thoại “${phone.printed}” không đúng dạng hiện hành, giữ nguyên như văn bản.`, phone);
  const closing = outline.closing.filter((range) => demands(foldText(source.text.slice(range.start, range.end)).replace(/\n/g, ' ')));
  for (const range of outline.items.length > 0 ? closing : unnumberedDemands(source, evidence.bodyFrom, tail.bodyTo))
    add('requirement-without-number', 'Đoạn này có yêu cầu hoặc thời hạn nhưng không đánh số; cần người đọc xác định.', range);
}

/** What was read otherwise than printed, or not in full; these know their place in the given text. */
function readingWarnings(source: Source, document: ReadDocument): ReadWarning[] {
  const out: ReadWarning[] = [];
  for (const basis of document.bases) {
    const printed = source.raw
      .slice(basis.span.start, basis.span.end)
      .normalize('NFC')
      .replace(/[\s*\\|]+/g, '');
    if (basis.code !== null && !printed.includes(basis.code))
      out.push({ code: 'code-corrected', message: `Ký hiệu của căn cứ được đọc là “${basis.code}”, khác với bản in.`, ...basis.span });
  }
  for (const deadline of document.requirements.flatMap((requirement) => requirement.deadlines)) {
    const { phrase, due, recurrence, span } = deadline;
    if (due !== null || recurrence !== null || !/\d\s?(?:\/|tháng|thang)/.test(phrase)) continue;
    if (/giờ|ngày làm|kể|trong|không quá|nhận/.test(phrase)) continue;
    out.push({ code: 'deadline-incomplete', message: `Thời hạn “${phrase}” không ghi đủ ngày, tháng, năm.`, ...span });
  }
  return out;
}

function tailWarnings(source: Source, evidence: Evidence, add: Add): void {
  const { document, tail } = evidence;
  const { signer } = document;
  if (tail.signer === null) add('signer-missing', 'Không tìm thấy người ký.', null);
  else if (signer.name === null) add('signer-name-missing', 'Không đọc được họ tên người ký.', null);
  const rest = source.lines.slice(tail.tailTo, tail.attachmentsFrom);
  const length = rest.reduce((sum, line) => sum + line.text.length, 0);
  const first = rest[0];
  const last = rest.at(-1);
  if (length > 200 && first && last)
    add('text-after-signature', 'Phần sau chữ ký không phải danh sách kèm theo, không được đọc.', { start: first.start, end: last.end });
}
