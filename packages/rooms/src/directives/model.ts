import type { Text } from '@vonggac/kernel';

/** Where in the text a field was read: UTF-16 offsets, end exclusive. */
export type Span = { start: number; end: number };

/** A doubt about the reading, with its place; `message` is for the officer. */
export type ReadingWarning = { code: string; message: Text; start: number; end: number };

/** What the reader understood, kept as it was read; corrections are kept in the rows. */
export type Reading = {
  spans: { field: string; span: Span }[];
  /** A draft may name only month and year. */
  date: { year: number | null; month: number | null; day: number | null };
  copies: { text: string; purpose: string | null }[];
  contacts: { organisation: string | null; person: string | null; phones: string[]; emails: string[] }[];
  /** `recipient`: the phrase whose members the list names, as the officer chose; null for none, left out = by its title. */
  attachments: AttachedList[];
  warnings: ReadingWarning[];
};

export type AttachedList = { title: string | null; items: string[]; recipient?: string | null | undefined };

/** What an edXML message says besides the head: what it asks for, whom it names, which files it carries. */
export type EdxmlFacts = {
  from: { id: string; name: string };
  business: 'new' | 'withdrawn' | 'updated' | 'replacing';
  reason: string | null;
  /** The documents that it withdraws, updates or replaces, as the message names them. */
  concerns: { documentId: string | null; organisation: string | null; code: string | null; day: string | null }[];
  /** Files in their order; `read` is the one whose text this is. */
  files: { name: string; size: number; read: boolean }[];
};

/** A recipient phrase with the organisations that it means. */
export type RecipientRow = { position: number; text: string; organisations: readonly string[]; narrows: boolean };

/** An item with the positions of the recipients that it addresses, empty = all. */
export type RequirementRow = { id: string; heading: boolean; audience: readonly number[]; withdrawnAt?: string | null };

/** Everybody whom the document is addressed to, once each, in the order of "Kính gửi"; never the issuer itself. */
export function receiversOf(recipients: readonly RecipientRow[], issuer: string): string[] {
  const all = recipients.filter((recipient) => !recipient.narrows).flatMap((recipient) => recipient.organisations);
  return [...new Set(all)].filter((organisation) => organisation !== issuer);
}

/**
 * Whom an item addresses: the receivers whom its audience names, or all of them. Somebody named in an item and not
 * addressed by the document gets nothing.
 */
export function audienceOf(requirement: RequirementRow, recipients: readonly RecipientRow[], receivers: readonly string[]): string[] {
  if (requirement.heading || requirement.withdrawnAt) return [];
  if (requirement.audience.length === 0) return [...receivers];
  const named = new Set(
    recipients.filter((recipient) => requirement.audience.includes(recipient.position)).flatMap((recipient) => recipient.organisations),
  );
  return receivers.filter((organisation) => named.has(organisation));
}

/** Every requirement × organisation of a document. */
export function assignmentsOf(
  requirements: readonly RequirementRow[],
  recipients: readonly RecipientRow[],
  issuer: string,
): { receivers: string[]; assignments: { requirement: string; organisation: string }[] } {
  const receivers = receiversOf(recipients, issuer);
  const assignments = requirements.flatMap((requirement) =>
    audienceOf(requirement, recipients, receivers).map((organisation) => ({ requirement: requirement.id, organisation })),
  );
  return { receivers, assignments };
}

/**
 * Number and symbol as one string: `342` + `/UBND-VP6`. The symbol is kept with its sign in front, party documents
 * (`57-NQ/TW`) included; null while the number is blank.
 */
export function codeOf(number: string | null, symbol: string | null): string | null {
  if (!number || !symbol) return null;
  return `${number}${/^[/-]/.test(symbol) ? '' : '/'}${symbol}`;
}

/** The part after the number, with the sign in front of it. */
export function symbolOf(code: string | null, number: string | null): string | null {
  if (!code) return null;
  return number && code.startsWith(number) ? code.slice(number.length) || null : code;
}
