import { readAttachments } from './attachments.ts';
import { readBases } from './bases.ts';
import { readContacts } from './contacts.ts';
import { readCopies } from './copies.ts';
import { readHead } from './head.ts';
import type { Head } from './head.ts';
import { fallbackIssuer, fallbackSubject } from './fallback.ts';
import { issuerFromLines } from './issuer.ts';
import type { IssuerBlock } from './issuer.ts';
import { isLegalInstrument } from './kinds.ts';
import { plain, sourceLines } from './lines.ts';
import type { Range, Source } from './lines.ts';
import { SecretDocument, TextTooLong } from './model.ts';
import type { FieldSpans, ReadDocument, Span } from './model.ts';
import { cleanText, spanOf } from './normalise.ts';
import { readOutline } from './outline.ts';
import { readRecipients } from './recipients.ts';
import { readRequirements } from './requirements.ts';
import { findSecrecy } from './secrecy.ts';
import { findTail } from './tail.ts';
import type { Tail } from './tail.ts';
import { collectWarnings } from './warnings.ts';

export interface ReadOptions {
  /** Longest text that is read, in UTF-16 units. Default 2,000,000. */
  maxLength?: number;
}

const MAX_LENGTH = 2_000_000;

/**
 * Reads the text of a Vietnamese official document (NĐ 30/2020/NĐ-CP, legal instruments, party documents) into fields,
 * each with its place in the given text. What is not there stays null or empty and is named in `warnings`.
 *
 * @throws {SecretDocument} where the text carries a mark MẬT, TỐI MẬT or TUYỆT MẬT; nothing of it is read.
 * @throws {TextTooLong} where the text is longer than `options.maxLength`.
 */
export function readDirective(text: string, options: ReadOptions = {}): ReadDocument {
  const limit = options.maxLength ?? MAX_LENGTH;
  if (text.length > limit) throw new TextTooLong(text.length, limit);
  const source = sourceLines(text, cleanText(text));
  const mark = findSecrecy(source);
  if (mark) throw new SecretDocument(mark.secrecy, mark.span);
  const head = readHead(source);
  const tail = findTail(source, head.bodyFrom);
  return assemble(source, head, tail);
}

function assemble(source: Source, head: Head, tail: Tail): ReadDocument {
  const kind = kindOf(source, head);
  const date = { year: head.date?.year ?? null, month: head.date?.month ?? null, day: head.date?.day ?? null };
  const { recipients, next } = readRecipients(source, head.bodyFrom, tail.bodyTo);
  const outline = readOutline(source, next, tail.bodyTo);
  const opening = source.lines.slice(next, Math.min(outline.firstLine, next + 200));
  const contacts = readContacts(source, source.lines.slice(next, tail.bodyTo));
  const printed = issuerFromLines(source, head.issuerCells);
  const issuer = printed.name ? printed : fallbackIssuer(source, { from: head.bodyFrom, opening, signer: tail.signer });
  const subject = head.subject.length > 0 ? subjectRange(source, head) : fallbackSubject(source, opening);
  const document: ReadDocument = {
    kind,
    number: head.symbol?.number ?? null,
    code: head.symbol?.code ?? null,
    issuer: { name: issuer.nameText, parent: issuer.parentText },
    place: head.place ? plain(source, head.place) : null,
    date,
    subject: subject?.text ?? null,
    urgency: head.urgency?.value ?? null,
    secrecy: null,
    recipients,
    bases: readBases(source, opening),
    requirements: readRequirements(source, outline, { documentDate: date, legal: isLegalInstrument(kind) }),
    contacts: contacts.contacts,
    copies: readCopies(source, tail.copyLines),
    signer: tail.signer?.signer ?? { authority: null, title: null, name: null },
    attachments: readAttachments(source, tail.attachmentsFrom),
    warnings: [],
    spans: spansOf(source, { head, tail, issuer, subject: subject?.range ?? null }),
  };
  const facts = {
    bodyFrom: next,
    issuerFromText: printed.name === null && issuer.name !== null,
    subjectFromText: head.subject.length === 0 && subject !== null,
  };
  document.warnings = collectWarnings(source, { document, head, tail, outline, contacts, ...facts });
  return document;
}

/** The title decides; else the symbol; else a "V/v" or "Kính gửi" without title, which only letters have. */
function kindOf(source: Source, head: Head): string | null {
  if (head.title) return head.title.slug;
  const symbol = head.symbol?.kind ?? null;
  if (head.regarding && head.symbol?.year == null) return 'cong-van';
  return symbol ?? (source.lines[head.bodyFrom]?.fold.startsWith('kinh gui') ? 'cong-van' : null);
}

function subjectRange(source: Source, head: Head): { text: string; range: Range } {
  const text = head.subject
    .map((range) => plain(source, range))
    .join(' ')
    .replace(/^[\s"“(]+|[\s.;"”]+$/g, '');
  return { text, range: { start: head.subject[0]?.start ?? 0, end: head.subject.at(-1)?.end ?? 0 } };
}

interface Places {
  head: Head;
  tail: Tail;
  issuer: IssuerBlock;
  subject: Range | null;
}

function spansOf(source: Source, places: Places): FieldSpans {
  const { head, tail, issuer, subject } = places;
  const span = (range: Range | null | undefined): Span | null => (range ? spanOf(source, range.start, range.end) : null);
  return {
    kind: span(head.title?.range),
    code: span(head.symbol?.range),
    issuerName: span(issuer.name),
    issuerParent: span(issuer.parent),
    place: span(head.place),
    date: span(head.date?.range),
    subject: span(subject),
    urgency: head.urgency?.span ?? null,
    signerAuthority: tail.signer?.spans.authority ?? null,
    signerTitle: tail.signer?.spans.title ?? null,
    signerName: tail.signer?.spans.name ?? null,
  };
}
