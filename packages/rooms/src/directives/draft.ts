import { asksToAct, type ReadDocument } from '@vonggac/congvan';
import { fold } from '@vonggac/kernel';
import { measures } from '@vonggac/store';
import { type BeforeRule, deadlineOf, windowOf } from './deadlines.ts';
import { type Reading, type ReadingWarning, type Span, codeOf, symbolOf } from './model.ts';
import type { ReadText } from './reading.ts';

/** A draft as it was read, before its recipients are resolved; positions count from 0. */
export type Draft = {
  head: DraftHead;
  text: string;
  reading: Reading;
  bases: {
    kind: string | null;
    code: string | null;
    day: string | null;
    issuer: string | null;
    subject: string | null;
    span: Span | null;
  }[];
  recipients: { text: string; narrows: boolean; span: Span | null }[];
  requirements: DraftRequirement[];
};

type DraftHead = {
  kind: string;
  number: string | null;
  symbol: string | null;
  code: string | null;
  year: number | null;
  day: string | null;
  place: string | null;
  subject: string;
  urgency: 'khan' | 'thuong-khan' | 'hoa-toc' | null;
  issuerName: string | null;
  issuerParent: string | null;
  signer: { authority: string | null; title: string | null; name: string | null };
  windowFrom: string | null;
  windowTo: string | null;
};

export type DraftRequirement = {
  path: string;
  text: string;
  heading: boolean;
  audience: number[];
  audienceText: string[];
  phrase: string | null;
  due: string | null;
  recurrence: string | null;
  measures: string[];
  span: Span | null;
};

/** A field of one line as it can be corrected: no control characters, no longer than `max`; null where nothing is left. */
function oneLine(text: string | null, max: number): string | null {
  const line = (text ?? '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, max);
  return line === '' ? null : line;
}

/** What was read, as a draft: audiences mapped to recipients, deadlines to instants, measures proposed. */
export function draftOf(read: ReadText, rule: BeforeRule): Draft {
  const { document, text } = read;
  const recipients = recipientsOf(document);
  const requirements = requirementsOf(document, recipients, rule);
  return {
    head: headOf(document),
    text,
    reading: readingOf(document, [...read.warnings, ...deadlineWarnings(document)]),
    bases: document.bases.map(({ kind, code, date, issuer, subject, span }) => ({
      kind,
      code: oneLine(code, 100),
      day: date,
      issuer: oneLine(issuer, 300),
      subject: oneLine(subject, 2000),
      span,
    })),
    recipients,
    requirements,
  };
}

function headOf(document: ReadDocument): DraftHead {
  const { year, month, day } = document.date;
  const { signer } = document;
  const symbol = symbolOf(document.code, document.number);
  const window = windowOf(document.subject, year);
  return {
    kind: document.kind ?? 'khac',
    number: document.number,
    symbol,
    code: codeOf(document.number, symbol),
    year,
    day: year && month && day ? new Temporal.PlainDate(year, month, day).toString() : null,
    place: oneLine(document.place, 100),
    subject: oneLine(document.subject, 1000) ?? '',
    urgency: document.urgency,
    issuerName: oneLine(document.issuer.name, 300),
    issuerParent: oneLine(document.issuer.parent, 300),
    signer: { authority: oneLine(signer.authority, 300), title: oneLine(signer.title, 300), name: oneLine(signer.name, 200) },
    windowFrom: window?.from ?? null,
    windowTo: window?.to ?? null,
  };
}

/**
 * "Kính gửi"; where a document has none (quyết định, kế hoạch, chỉ thị), those whom its items and its copies "để thực
 * hiện" address. Somebody named only in an item narrows that item.
 */
function recipientsOf(document: ReadDocument): Draft['recipients'] {
  const addressed = document.recipients.map(({ text, span }) => ({ text, narrows: false, span }));
  const none = addressed.length === 0;
  const copies = none ? document.copies.filter(({ purpose }) => asksToAct(purpose)).flatMap(eachOf) : [];
  const all: Draft['recipients'] = [...addressed, ...copies];
  for (const text of document.requirements.flatMap((requirement) => [...requirement.audience, ...requirement.support])) {
    if (!all.some((recipient) => sameAudience(recipient.text, text))) all.push({ text, narrows: !none, span: null });
  }
  return all.flatMap((one) => {
    const text = oneLine(one.text, 1000);
    return text === null ? [] : [{ ...one, text }];
  });
}

/** A line such as "Các Sở, ban, ngành; UBND các huyện (t/h)" names several; one that only points elsewhere ("Như trên") names nobody. */
function eachOf({ text, span }: ReadDocument['copies'][number]): Draft['recipients'] {
  return text
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !/^như\s/iu.test(one.normalize('NFC')))
    .map((one) => ({ text: one, narrows: false, span }));
}

/** "Các doanh nghiệp viễn thông, Internet" means "Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet". */
export function sameAudience(recipient: string, audience: string): boolean {
  const [a, b] = [wordsOf(recipient), wordsOf(audience)];
  if (a.length === 0 || b.length === 0) return false;
  const [small, large] = a.length < b.length ? [a, b] : [b, a];
  return small.length === large.length
    ? small.join(' ') === large.join(' ')
    : small.length >= 3 && small.length * 2 >= large.length && isSubsequence(small, large);
}

const FILLING = new Set(['cac', 'va', 'cua', 'tren', 'dia', 'ban', 'tinh', 'thanh', 'pho', 'cung', 'cap', 'dich', 'vu']);

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '' && !FILLING.has(word));
}

function isSubsequence(small: readonly string[], large: readonly string[]): boolean {
  let at = 0;
  for (const word of large) if (word === small[at]) at += 1;
  return at === small.length;
}

function requirementsOf(document: ReadDocument, recipients: Draft['recipients'], rule: BeforeRule): DraftRequirement[] {
  const paths = document.requirements.map((requirement) => requirement.path);
  return document.requirements.map((requirement) => {
    const heading =
      requirement.text.trim() === '' || requirement.nature === 'statement' || paths.some((path) => path.startsWith(`${requirement.path}.`));
    const audienceText = [...requirement.audience, ...requirement.support];
    const audience = recipients.flatMap((recipient, position) =>
      audienceText.some((text) => sameAudience(recipient.text, text)) ? [position] : [],
    );
    return {
      path: requirement.path,
      text: requirement.text.trim().slice(0, 20_000),
      heading,
      audience,
      audienceText,
      ...deadlineOf(requirement.deadlines, rule),
      measures: heading ? [] : proposedFor(requirement.text),
      span: requirement.span,
    };
  });
}

/** The measures that a text speaks of; the officer decides. */
export function proposedFor(text: string): string[] {
  const folded = fold(text);
  return measures()
    .filter((measure) => measure.proposes(folded))
    .map((measure) => measure.id);
}

function readingOf(document: ReadDocument, warnings: ReadingWarning[]): Reading {
  const { spans } = document;
  const scalars = Object.entries({
    kind: spans.kind,
    code: spans.code,
    issuerName: spans.issuerName,
    issuerParent: spans.issuerParent,
    place: spans.place,
    day: spans.date,
    subject: spans.subject,
    urgency: spans.urgency,
    'signer.authority': spans.signerAuthority,
    'signer.title': spans.signerTitle,
    'signer.name': spans.signerName,
  }).flatMap(([field, span]) => (span ? [{ field, span }] : []));
  const many = [
    ...document.contacts.map((contact, i) => ({ field: `contacts[${i}]`, span: contact.span })),
    ...document.copies.map((copy, i) => ({ field: `copies[${i}]`, span: copy.span })),
    ...document.attachments.map((attachment, i) => ({ field: `attachments[${i}]`, span: attachment.span })),
  ];
  return {
    spans: [...scalars, ...many],
    date: document.date,
    copies: document.copies.flatMap((copy) => {
      const text = oneLine(copy.text, 500);
      return text === null ? [] : [{ text, purpose: oneLine(copy.purpose, 100) }];
    }),
    contacts: document.contacts.map(({ organisation, person, phones, emails }) => ({
      organisation: oneLine(organisation, 300),
      person: oneLine(person, 200),
      phones: phones.slice(0, 20).flatMap((phone) => oneLine(phone, 60) ?? []),
      emails: emails.slice(0, 20).flatMap((email) => oneLine(email, 200) ?? []),
    })),
    attachments: document.attachments.map(({ title, items }) => ({
      title: oneLine(title, 1000),
      items: items.slice(0, 5000).flatMap((item) => oneLine(item, 2000) ?? []),
    })),
    warnings,
  };
}

function deadlineWarnings(document: ReadDocument): ReadingWarning[] {
  return document.requirements.flatMap((requirement) => {
    const dated = requirement.deadlines.filter((deadline) => deadline.due !== null);
    if (dated.length < 2) return [];
    const message = {
      vi: `Mục ${requirement.path} có ${dated.length} thời hạn; đang theo dõi theo “${dated[0]!.phrase}”. Kiểm tra lại hoặc tách mục.`,
      en: `Item ${requirement.path} has ${dated.length} deadlines; “${dated[0]!.phrase}” is followed. Check it, or split the item.`,
    };
    return [{ code: 'several-deadlines', ...requirement.span, message }];
  });
}
