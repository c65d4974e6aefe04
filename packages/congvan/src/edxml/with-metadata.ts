import { kindAtStart, titleOfKind } from '../kinds.ts';
import type { Bilingual, ReadDocument, Span } from '../model.ts';
import { foldText } from '../normalise.ts';
import type { EdxmlDocument } from './model.ts';

/** A field on which a message and its document disagree; the place is the document's. */
export type MetadataDoubt = { code: 'edxml-differs'; message: Bilingual; start: number; end: number };
type Field = { name: Bilingual; message: string | null; document: string | null; span: Span | null };
type Head = Pick<
  ReadDocument,
  'kind' | 'number' | 'code' | 'issuer' | 'place' | 'date' | 'subject' | 'urgency' | 'recipients' | 'bases' | 'signer' | 'copies'
>;

const URGENCIES = [null, 'khan', 'thuong-khan', 'hoa-toc'] as const;
const NOWHERE: Span = { start: 0, end: 0 };

/** Metadata may be written over several lines; a field is one. */
const line = (text: string | null): string | null => text?.replaceAll(/\s+/gu, ' ').trim() || null;
/** Printed under the number it begins with V/v; a field holds what follows. */
const subjectOf = (message: EdxmlDocument): string | null => line(message.subject)?.replace(/^(?:v\/v|về việc)[\s:]+/iu, '') || null;
const same = (a: string, b: string): boolean => wordsOf(a) === wordsOf(b);
const wordsOf = (text: string): string =>
  foldText(text)
    .replace(/^(?:v\/v|ve viec)\s+/u, '')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim();

function partsOf(day: string | null): ReadDocument['date'] {
  const [year = null, month = null, of = null] = day?.split('-').map(Number) ?? [];
  return { year, month, day: of };
}

function dayOf({ year, month, day }: ReadDocument['date']): string | null {
  return year && month && day ? new Temporal.PlainDate(year, month, day).toString() : null;
}

function kindOf(message: EdxmlDocument): string | null {
  const name = foldText(line(message.kind.name) ?? '');
  const kind = kindAtStart(name);
  return kind?.length === name.length ? kind.slug : null;
}

/** Number and symbol as a draft can hold them. */
function codeIn(message: EdxmlDocument): { number: string | null; code: string | null } {
  const number = (message.number ?? '').replaceAll(/\s+/gu, '');
  const symbol = (message.symbol ?? '').replaceAll(/[\s\p{Cc}]+/gu, '').slice(0, 80);
  const isNumber = /^\d[\d.]{0,9}[A-Za-zĐđ]?$/u.test(number);
  const code = symbol === '' ? null : `${number}${/^[/-]/u.test(symbol) ? '' : '/'}${symbol}`;
  return { number: isNumber ? number : null, code: isNumber ? code : null };
}

/**
 * The head of a document that came as an edXML message: what the message says, else what its text says. Where both say something and
 * do not agree, the message's stays in the field and a doubt at its place shows the other.
 */
export function withMetadata(read: ReadDocument, document: EdxmlDocument): { document: ReadDocument; doubts: MetadataDoubt[] } {
  const head = headOf(read, document);
  return {
    document: { ...read, ...head, warnings: read.warnings.filter((one) => !isSettled(one.code, head)) },
    doubts: fieldsOf(read, document).flatMap(doubtOf),
  };
}

/** What the text does not say and the message does is no doubt any more. */
function isSettled(code: string, head: Head): boolean {
  if (code === 'kind-missing') return head.kind !== null;
  if (code === 'code-missing' || code === 'number-missing') return head.number !== null;
  if (code === 'date-missing' || code === 'date-incomplete') return dayOf(head.date) !== null;
  if (code === 'issuer-missing' || code === 'issuer-from-text') return head.issuer.name !== null;
  if (code === 'subject-missing' || code === 'subject-from-text') return head.subject !== null;
  if (code === 'recipients-missing') return head.recipients.length > 0;
  return (code === 'signer-missing' || code === 'signer-name-missing') && head.signer.name !== null;
}

function headOf(read: ReadDocument, message: EdxmlDocument): Head {
  const { signer } = message;
  const { number, code } = codeIn(message);
  return {
    kind: kindOf(message) ?? read.kind,
    number: code === null ? read.number : number,
    code: code ?? read.code,
    issuer: { name: line(message.from.name) ?? read.issuer.name, parent: line(message.from.inCharge ?? null) ?? read.issuer.parent },
    place: line(message.place) ?? read.place,
    date: message.day === null ? read.date : partsOf(message.day),
    subject: subjectOf(message) ?? read.subject,
    urgency: URGENCIES[message.priority ?? 0] ?? read.urgency,
    recipients: read.recipients.length > 0 ? read.recipients : message.to.slice(0, 500).map(({ name }) => ({ text: name, span: NOWHERE })),
    copies: read.copies.length > 0 ? read.copies : message.places.slice(0, 200).map((text) => ({ text, purpose: null, span: NOWHERE })),
    bases: [...read.bases, ...basesOf(read, message)],
    signer: {
      authority: line(signer.authority) ?? read.signer.authority,
      title: line(signer.title) ?? read.signer.title,
      name: line(signer.name) ?? read.signer.name,
    },
  };
}

/** What the message answers, where the text does not name it. */
function basesOf(read: ReadDocument, { responseFor, business }: EdxmlDocument): ReadDocument['bases'] {
  if (business.type !== 'new') return [];
  const known = new Set(read.bases.flatMap(({ code }) => (code === null ? [] : [foldText(code)])));
  return responseFor
    .filter(({ code }) => code !== null && !known.has(foldText(code)))
    .map(({ code, day }) => ({ kind: null, code, date: day, issuer: null, subject: null, amendedBy: [], span: NOWHERE }));
}

function fieldsOf(read: ReadDocument, message: EdxmlDocument): Field[] {
  const { spans } = read;
  const kind = kindOf(message);
  return [
    {
      name: { vi: 'Loại văn bản', en: 'Kind' },
      message: kind === null ? null : titleOfKind(kind),
      document: read.kind === null ? null : titleOfKind(read.kind),
      span: spans.kind,
    },
    { name: { vi: 'Số, ký hiệu', en: 'Number and symbol' }, message: codeIn(message).code, document: read.code, span: spans.code },
    { name: { vi: 'Ngày ban hành', en: 'Day of issue' }, message: message.day, document: dayOf(read.date), span: spans.date },
    {
      name: { vi: 'Cơ quan ban hành', en: 'Issuer' },
      message: line(message.from.name),
      document: read.issuer.name,
      span: spans.issuerName,
    },
    { name: { vi: 'Trích yếu', en: 'Subject' }, message: line(message.subject), document: read.subject, span: spans.subject },
    { name: { vi: 'Người ký', en: 'Signer' }, message: line(message.signer.name), document: read.signer.name, span: spans.signerName },
    {
      name: { vi: 'Độ khẩn', en: 'Urgency' },
      message: URGENCIES[message.priority ?? 0] ?? null,
      document: read.urgency,
      span: spans.urgency,
    },
  ];
}

function doubtOf({ name, message, document, span }: Field): MetadataDoubt[] {
  if (message === null || document === null || same(message, document)) return [];
  return [
    {
      code: 'edxml-differs',
      message: {
        vi: `${name.vi}: gói tin ghi “${message}”, văn bản đính kèm ghi “${document}”. Đang dùng theo gói tin; đối chiếu và sửa nếu cần.`,
        en: `${name.en}: the message says “${message}”, the attached document says “${document}”. The message's is used; compare and correct it.`,
      },
      ...(span ?? NOWHERE),
    },
  ];
}
