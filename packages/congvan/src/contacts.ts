import type { Line, Range, Source } from './lines.ts';
import { squeeze } from './lines.ts';
import { enumeratorOf } from './enumerator.ts';
import type { Contact } from './model.ts';
import { foldText, spanOf } from './normalise.ts';
import { findPhones } from './phones.ts';
import { personName } from './signer.ts';

/** Contacts, and the numbers among them that have no international form. */
export interface ReadContacts {
  contacts: Contact[];
  invalid: (Range & { printed: string })[];
}

interface Token extends Range {
  phone: string | null;
  email: string | null;
  valid: boolean;
}

const EMAIL = /[a-z0-9][a-z0-9._%+-]{0,63}\s?@\s?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/gi;
const HONORIFIC =
  /(?<![\p{L}])(?:[ÔôOo]ng|[Bb]à|[Đđ]\/[Cc]|[Đđ][Cc]|[Đđ]ồng chí|[Aa]nh|[Cc]hị|Mr|Mrs|Ms|(?=(?:[Đđ]ại|[Tt]hượng|[Tt]rung|[Tt]hiếu) (?:tướng|tá|úy) \p{Lu}))\.?:?\s*(?:(?:[Đđ]ại|[Tt]hượng|[Tt]rung|[Tt]hiếu) (?:tướng|tá|úy)\s+|(?<=[\s:]))((?:\p{Lu}[\p{L}.']*\s?){1,6})/gu;
const NOT_NAME = /\s(?:Trưởng|Phó|Giám|Chuyên|Cán|Chánh|Chủ|Kỹ|Đội|Tổ|Phòng|Trung|Sở|Điện|Số|SĐT|ĐT|Email)(?:\s.*)?$/u;
const ORGANISATION =
  /(?<![\p{L}])(?:Trung tâm|Cục|Sở|Bộ|Phòng|Ban|Công an|Ủy ban|UBND|Văn phòng|Cơ quan|Tổng cục|Chi cục|Vụ|Viện|Công ty|Tập đoàn|Tổng công ty|Đội|Tổ|Đơn vị|Thanh tra|Hiệp hội|Bộ phận|VNPT|Viettel|MobiFone|VNCERT|NCSC|Chi nhánh|Ngân hàng|Trường|Bệnh viện|Đài|Hội|Liên minh|Đường dây nóng của|(?<=(?:[Tt]rưởng|[Pp]hó|viên)\s)phòng(?=\s\p{Lu}))(?![\p{L}])/gu;
const LABEL_ONLY = /^(?:dien thoai|so dien thoai|thu dien tu|email|e-mail|hotline|sdt|dt|di dong|dia chi|fax|website|zalo)/;

/** People and offices with telephone and e-mail, from the body. One bullet or sentence with several people gives several. */
export function readContacts(source: Source, lines: readonly Line[]): ReadContacts {
  const result: ReadContacts = { contacts: [], invalid: [] };
  let before: Range | null = null;
  let previousHadTokens = false;
  for (const paragraph of paragraphs(lines)) {
    const tokens = findTokens(source, paragraph, result);
    if (tokens.length > 0) readParagraph(source, result, { paragraph, tokens, before, joins: previousHadTokens });
    previousHadTokens = tokens.length > 0;
    before = paragraph;
  }
  return result;
}

function paragraphs(lines: readonly Line[]): Range[] {
  const out: Range[] = [];
  let bullet = false;
  let ended = false;
  for (const line of lines) {
    const last = out.at(-1);
    // A sentence of its own behind a bullet is no part of it.
    const after = bullet && ended && /^\p{Lu}/u.test(line.text);
    const opens = line.gap || after || /^[-+*•–—]\s?/.test(line.text) || enumeratorOf(line) !== null;
    ended = /[.;]$/.test(line.text);
    if (opens) bullet = /^[-+*•–—]\s?/.test(line.text);
    if (last && !opens && line.end - last.start < 4000) last.end = line.end;
    else out.push({ start: line.start, end: line.end });
  }
  return out;
}

function findTokens(source: Source, range: Range, result: ReadContacts): Token[] {
  const text = source.text.slice(range.start, range.end).replace(/\n/g, ' ');
  const fold = source.fold.slice(range.start, range.end).replace(/\n/g, ' ');
  if (!/\d{3}|@/.test(text)) return [];
  const tokens: Token[] = [];
  if (text.includes('@')) {
    for (const match of text.matchAll(EMAIL)) {
      const email = match[0].replace(/\s/g, '').replace(/[.-]+$/, '');
      tokens.push({ start: match.index, end: match.index + match[0].length, phone: null, email, valid: true });
    }
  }
  for (const phone of findPhones(text, fold)) {
    if (tokens.some((token) => phone.start < token.end && phone.end > token.start)) continue;
    tokens.push({ start: phone.start, end: phone.end, phone: phone.e164 ?? phone.printed, email: null, valid: phone.e164 !== null });
    if (phone.e164 === null && !/^1[89]00/.test(phone.printed.replace(/\D/g, ''))) {
      result.invalid.push({ start: range.start + phone.start, end: range.start + phone.end, printed: phone.printed });
    }
  }
  return tokens.sort((a, b) => a.start - b.start);
}

interface Reading {
  paragraph: Range;
  tokens: Token[];
  before: Range | null;
  /** The paragraph before held numbers, too. */
  joins: boolean;
}

function readParagraph(source: Source, result: ReadContacts, reading: Reading): void {
  const { paragraph, tokens } = reading;
  const text = source.text.slice(paragraph.start, paragraph.end).replace(/\n/g, ' ');
  let current: Contact | null = null;
  let from = 0;
  tokens.forEach((token, index) => {
    const context = text.slice(from, token.start);
    const who = whoIn(context);
    const fresh =
      index === 0 ||
      who.person !== null ||
      (who.organisation !== null && !/(?:đường dây nóng|hotline|thư điện tử|email)/iu.test(context.slice(0, 25)));
    if (fresh) current = openContact(source, result, { ...reading, token, who, index });
    if (current) addToken(current, token);
    from = token.end;
  });
}

function openContact(source: Source, result: ReadContacts, reading: Reading & { token: Token; who: Who; index: number }): Contact {
  const { paragraph, who, before, joins, index } = reading;
  const last = result.contacts.at(-1);
  const nameless = who.person === null && who.organisation === null;
  const numbered = /^\d{1,2}[.)]|^\p{L}\)/u.test(source.text.slice(paragraph.start, paragraph.start + 3));
  if (nameless && index === 0 && joins && last && !numbered) return last;
  let { person, organisation } = who;
  if (nameless && index === 0 && before && !joins) {
    const text = source.text.slice(before.start, before.end).replace(/\n/g, ' ');
    if (/liên hệ|đầu mối|thông tin|:\s*$/iu.test(text)) ({ person, organisation } = whoIn(text));
  }
  if (organisation === null && index > 0 && last && person !== null) organisation = last.organisation;
  const contact: Contact = { organisation, person, phones: [], emails: [], span: spanOf(source, paragraph.start, paragraph.end) };
  result.contacts.push(contact);
  return contact;
}

function addToken(contact: Contact, token: Token): void {
  if (token.phone !== null && !contact.phones.includes(token.phone)) contact.phones.push(token.phone);
  if (token.email !== null && !contact.emails.includes(token.email)) contact.emails.push(token.email);
}

interface Who {
  person: string | null;
  organisation: string | null;
}

/** The last person and the last organisation named in the words before a number. */
function whoIn(context: string): Who {
  const text = context.slice(-1500);
  const people = [...text.matchAll(HONORIFIC)];
  const last = people.at(-1);
  const printed = last ? squeeze(last[1] ?? '').replace(NOT_NAME, '') : '';
  const person = printed.includes(' ') || /^\p{Lu}\p{Ll}+$/u.test(printed) ? personName(printed) : null;
  return { person, organisation: organisationIn(text) };
}

/** A comma inside a name: "phòng, chống", "Văn hóa, Thể thao và Du lịch". */
const SEPARATOR =
  /(,\s(?!(?:[Cc]hống|[Tt]hể thao|[Tt]hông tin|[Vv]iễn thông|[Gg]ia đình|[Xx]uất bản|[Tt]hương binh|[Tt]ruyền hình)(?!\p{L}))|[;:]\s|\.\s+(?=\p{Lu})|\s(?=(?:điện thoại|số điện thoại|thư điện tử|email|hotline|ĐT|SĐT)(?![\p{L}])))/u;

/** The last organisation named; a unit and the agency it belongs to ("Phòng A, Cục B") are taken together. */
function organisationIn(text: string): string | null {
  let found: string | null = null;
  let adjacent = false;
  const parts = text.split(SEPARATOR);
  for (let i = 0; i < parts.length; i += 2) {
    const candidate = organisationOf(parts[i] ?? '', found !== null);
    if (candidate !== null)
      found = adjacent && found !== null && (parts[i - 1] ?? '').startsWith(',') ? `${found}, ${candidate}` : candidate;
    adjacent = candidate !== null;
  }
  return found;
}

function organisationOf(whole: string, known: boolean): string | null {
  // "Công an tỉnh (qua Phòng A": the office in the open bracket is the one to be called.
  const open = whole.lastIndexOf('(');
  const inside = open > whole.lastIndexOf(')') ? whole.slice(open + 1) : '';
  const segment = inside.search(ORGANISATION) >= 0 ? inside : whole;
  if (LABEL_ONLY.test(foldText(segment.trim().normalize('NFC')))) return null;
  const match = [...segment.matchAll(ORGANISATION)][0];
  if (!match) return null;
  // "Trưởng Phòng", "Phó Giám đốc Sở": the office of a person, taken only when nothing better was named.
  if (/(?:Trưởng|Phó|đốc|viên)$/u.test(segment.slice(0, match.index).trim()) && known) return null;
  const candidate = balance(
    squeeze(segment.slice(match.index)).replace(
      /\s(?:\(qua\s|(?:qua|gặp|là|do)?\s?(?:đồng chí|đ\/c|[ôÔ]ng|[bB]à|anh|chị)\s|(?:trước|chậm nhất|trong|để|vào|khi|nếu|đề nghị)\s).*$/u,
      '',
    ),
  );
  const named = candidate.length < 200 && (/\s/.test(candidate) || /^[A-Z]{3,}/.test(candidate));
  return named ? candidate.replace(/^phòng/u, 'Phòng') : null;
}

/** Cuts a bracket that was opened or closed outside, and closing words. */
function balance(text: string): string {
  let out = text.replace(/\s*(?:tại|theo|qua|là|(?<!đổi |nghệ |tầng |tế |liệu )số|hoặc|và)\s*$/u, '').replace(/[\s,;:.-]+$/u, '');
  const open = out.lastIndexOf('(');
  if (open > out.lastIndexOf(')')) out = out.slice(0, open).trim();
  if (!out.includes('(')) out = out.replace(/\).*$/u, '');
  return out.trim();
}
