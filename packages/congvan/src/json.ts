import type { PartialDate, ReadDocument, ReadWarning, SecretDocument } from './model.ts';

/** What `vonggac directive read --json` prints for one file; the order of the keys is part of the contract. */
export interface DirectiveLine {
  file: string;
  kind: string | null;
  number: string | null;
  code: string | null;
  issuer: { name: string | null; parent: string | null };
  place: string | null;
  date: PartialDate;
  subject: string | null;
  urgency: string | null;
  secrecy: string | null;
  recipients: { text: string }[];
  bases: { kind: string | null; code: string | null; date: string | null; issuer: string | null; subject: string | null }[];
  requirements: {
    path: string;
    text: string;
    audience: string[];
    deadlines: { phrase: string; due: string | null; recurrence: string | null }[];
  }[];
  contacts: { organisation: string | null; person: string | null; phones: string[]; emails: string[] }[];
  copies: { text: string; purpose: string | null }[];
  signer: { authority: string | null; title: string | null; name: string | null };
  attachments: { title: string; items: string[] }[];
  warnings: ReadWarning[];
}

/** The line of a document that was read. */
export function directiveLine(file: string, document: ReadDocument, warnings: readonly ReadWarning[] = []): DirectiveLine {
  return {
    file,
    kind: document.kind,
    number: document.number,
    code: document.code,
    issuer: { name: document.issuer.name, parent: document.issuer.parent },
    place: document.place,
    date: { year: document.date.year, month: document.date.month, day: document.date.day },
    subject: document.subject,
    urgency: document.urgency,
    secrecy: null,
    recipients: document.recipients.map(({ text }) => ({ text })),
    bases: document.bases.map(({ kind, code, date, issuer, subject }) => ({ kind, code, date, issuer, subject })),
    requirements: document.requirements.map(({ path, text, audience, deadlines }) => ({
      path,
      text,
      audience,
      deadlines: deadlines.map(({ phrase, due, recurrence }) => ({ phrase, due, recurrence })),
    })),
    contacts: document.contacts.map(({ organisation, person, phones, emails }) => ({ organisation, person, phones, emails })),
    copies: document.copies.map(({ text, purpose }) => ({ text, purpose })),
    signer: { authority: document.signer.authority, title: document.signer.title, name: document.signer.name },
    attachments: document.attachments.map(({ title, items }) => ({ title, items })),
    warnings: [...warnings, ...document.warnings],
  };
}

/** The line of a file that could not be read: nulls, empty lists and why. */
export function unreadLine(file: string, warning: ReadWarning): DirectiveLine {
  return {
    file,
    kind: null,
    number: null,
    code: null,
    issuer: { name: null, parent: null },
    place: null,
    date: { year: null, month: null, day: null },
    subject: null,
    urgency: null,
    secrecy: null,
    recipients: [],
    bases: [],
    requirements: [],
    contacts: [],
    copies: [],
    signer: { authority: null, title: null, name: null },
    attachments: [],
    warnings: [warning],
  };
}

/** The line of a document with a secrecy mark: the degree and nothing of the document. */
export function secretLine(file: string, secret: SecretDocument): DirectiveLine {
  const line = unreadLine(file, { code: secret.code, message: secret.messages.vi, start: secret.span.start, end: secret.span.end });
  return { ...line, secrecy: secret.secrecy };
}
