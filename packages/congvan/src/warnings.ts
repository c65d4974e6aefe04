import type { ReadContacts } from './contacts.ts';
import type { Head } from './head.ts';
import type { Range, Source } from './lines.ts';
import type { ReadDocument, ReadWarning } from './model.ts';
import { foldText, spanOf } from './normalise.ts';
import type { Outline } from './outline.ts';
import type { Tail } from './tail.ts';

/** All that the parts of the reader know about what they could not read. */
export interface Evidence {
  document: ReadDocument;
  head: Head;
  tail: Tail;
  outline: Outline;
  contacts: ReadContacts;
  issuerFromText: boolean;
  subjectFromText: boolean;
}

const DEMAND = /(?:^|\s)(?:de nghi|yeu cau|giao|chiu trach nhiem|co trach nhiem|bao cao|truoc ngay|cham nhat)(?:\s|$)/;

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
  const { document, outline, contacts, tail, head } = evidence;
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
  const loose = outline.items.length > 0 ? outline.closing : unnumbered(source, head.bodyFrom, tail.bodyTo);
  for (const range of loose) {
    if (DEMAND.test(foldText(source.text.slice(range.start, range.end)).replace(/\n/g, ' '))) {
      add('requirement-without-number', 'Đoạn này có yêu cầu hoặc thời hạn nhưng không đánh số; cần người đọc xác định.', range);
    }
  }
  for (const requirement of document.requirements) {
    for (const deadline of requirement.deadlines) {
      if (
        deadline.due !== null ||
        deadline.recurrence !== null ||
        !/\d\s?(?:\/|tháng|thang)/.test(deadline.phrase) ||
        /giờ|ngày làm|kể|trong|không quá/.test(deadline.phrase)
      )
        continue;
      out(add, deadline.phrase, deadline.span);
    }
  }
}

function out(add: Add, phrase: string, span: Range): void {
  add('deadline-incomplete', `Thời hạn “${phrase}” không ghi đủ ngày, tháng, năm.`, span);
}

/** Paragraphs of a body that has no numbered item at all. */
function unnumbered(source: Source, from: number, to: number): Range[] {
  const out: Range[] = [];
  for (const line of source.lines.slice(from, Math.min(to, from + 300))) {
    const last = out.at(-1);
    if (last && !line.gap) last.end = line.end;
    else out.push({ start: line.start, end: line.end });
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
