/** A place in the text that was given to the reader: UTF-16 offsets, `end` exclusive. */
export interface Span {
  start: number;
  end: number;
}

export type Urgency = 'khan' | 'thuong-khan' | 'hoa-toc';
export type Secrecy = 'mat' | 'toi-mat' | 'tuyet-mat';

/** Something the reader could not read, or read from an unusual place. The message is Vietnamese, for the officer. */
export interface ReadWarning {
  code: string;
  message: string;
  start: number;
  end: number;
}

/** A date of which parts may be blank in a draft ("ngày … tháng 4 năm 2024"). Month and day count from 1. */
export interface PartialDate {
  year: number | null;
  month: number | null;
  day: number | null;
}

export interface Recipient {
  text: string;
  span: Span;
}

/** One document that this one rests on. `date` is an ISO day; `amendedBy` are the acts named as amending it. */
export interface Basis {
  kind: string | null;
  code: string | null;
  date: string | null;
  issuer: string | null;
  subject: string | null;
  amendedBy: string[];
  span: Span;
}

/**
 * A deadline as printed. `due` is the day (`2026-05-10`) or minute (`2026-09-25T17:00`, local time of Vietnam) that the
 * phrase names, or the last day of the period it names; null for durations and recurrences.
 */
export interface Deadline {
  phrase: string;
  due: string | null;
  recurrence: string | null;
  span: Span;
}

/** `statement` marks what is numbered but demands nothing (assessment, scope, entry into force). */
export type RequirementNature = 'demand' | 'statement';

/** One numbered item. `text` is its own text without number and without its sub-items; `audience` is empty for everybody. */
export interface Requirement {
  path: string;
  text: string;
  audience: string[];
  support: string[];
  deadlines: Deadline[];
  nature: RequirementNature;
  span: Span;
}

export interface Contact {
  organisation: string | null;
  person: string | null;
  phones: string[];
  emails: string[];
  span: Span;
}

/** A line of "Nơi nhận". `purpose` is what stands in the brackets without "để": `b/c`, `p/h`, `biết`. */
export interface Copy {
  text: string;
  purpose: string | null;
  span: Span;
}

export interface Attachment {
  title: string;
  items: string[];
  itemSpans: Span[];
  span: Span;
}

export interface Signer {
  authority: string | null;
  title: string | null;
  name: string | null;
}

/** Where each scalar field stands; null where the field was not found. */
export interface FieldSpans {
  kind: Span | null;
  code: Span | null;
  issuerName: Span | null;
  issuerParent: Span | null;
  place: Span | null;
  date: Span | null;
  subject: Span | null;
  urgency: Span | null;
  signerAuthority: Span | null;
  signerTitle: Span | null;
  signerName: Span | null;
}

/** What was understood of one official document. See README.md of this package for the decisions behind each field. */
export interface ReadDocument {
  kind: string | null;
  number: string | null;
  code: string | null;
  issuer: { name: string | null; parent: string | null };
  place: string | null;
  date: PartialDate;
  subject: string | null;
  urgency: Urgency | null;
  /** Always null: a document with a secrecy mark is never read (see {@link SecretDocument}). */
  secrecy: null;
  recipients: Recipient[];
  bases: Basis[];
  requirements: Requirement[];
  contacts: Contact[];
  copies: Copy[];
  signer: Signer;
  attachments: Attachment[];
  warnings: ReadWarning[];
  spans: FieldSpans;
}

/** Both languages of a message to the user, Vietnamese first. */
export interface Bilingual {
  vi: string;
  en: string;
}

/**
 * Thrown instead of reading a document that carries a mark of state secrecy (MẬT, TỐI MẬT, TUYỆT MẬT).
 * It holds the degree and the place of the mark, and nothing of the text.
 */
export class SecretDocument extends Error {
  readonly code = 'secret-document';
  readonly secrecy: Secrecy;
  readonly span: Span;
  readonly messages: Bilingual;

  constructor(secrecy: Secrecy, span: Span) {
    const messages = {
      vi: `Văn bản mang dấu chỉ độ mật ${SECRECY_LABEL[secrecy]}: không được đọc, không được lưu trên hệ thống này.`,
      en: `The document carries the secrecy mark ${SECRECY_LABEL[secrecy]}: it is neither read nor stored by this system.`,
    };
    super(messages.vi);
    this.name = 'SecretDocument';
    this.secrecy = secrecy;
    this.span = span;
    this.messages = messages;
  }
}

const SECRECY_LABEL: Record<Secrecy, string> = { mat: 'MẬT', 'toi-mat': 'TỐI MẬT', 'tuyet-mat': 'TUYỆT MẬT' };

/** Thrown for a text longer than the limit of the reader; `length` and `limit` in UTF-16 units. */
export class TextTooLong extends Error {
  readonly code = 'text-too-long';
  readonly length: number;
  readonly limit: number;
  readonly messages: Bilingual;

  constructor(length: number, limit: number) {
    const messages = {
      vi: `Văn bản dài ${length} ký tự, quá giới hạn ${limit} ký tự; hãy tách phần phụ lục và nhập lại.`,
      en: `The text has ${length} characters, more than the limit of ${limit}; take the appendices out and try again.`,
    };
    super(messages.vi);
    this.name = 'TextTooLong';
    this.length = length;
    this.limit = limit;
    this.messages = messages;
  }
}
