import { officialDay } from '@vonggac/kernel';
import type { DirectiveRow } from './internal.ts';
import { KIND_NAMES } from './kinds.ts';
import type { Span } from './model.ts';

type Basis = { id: string; kind: string | null; code: string | null; day: string | null; issuer: string | null; subject: string | null };
type Parts = {
  bases: readonly Basis[];
  recipients: readonly { id: string; text: string; narrows: boolean }[];
  requirements: readonly { id: string; path: string; text: string; withdrawnAt: string | null }[];
};

/** The text of a draft that was not read from anywhere, with the places of its parts. */
export type Composed = { text: string; spans: { field: string; start: number; end: number }[]; of: (id: string) => Span | null };

/** `Công văn số 342/UBND-VP6 ngày 19/4/2024 của UBND tỉnh về việc …` */
export function citationOf(basis: Omit<Basis, 'id'>): string {
  const kind = basis.kind ? (KIND_NAMES[basis.kind] ?? 'Văn bản') : 'Văn bản';
  const [year, month, day] = (basis.day ?? '').split('-').map(Number);
  return [
    kind,
    basis.code ? `số ${basis.code}` : '',
    basis.day ? `ngày ${day}/${month}/${year}` : '',
    basis.issuer ? `của ${basis.issuer}` : '',
    basis.subject ? `về việc ${basis.subject.replace(/^(?:về việc|V\/v)\s+/iu, '')}` : '',
  ].filter(Boolean).join(' ');
}

/** The mark of an item as printed: `1.`, `a)`, `II.`, by the last part of its path. */
export function markOf(path: string): string {
  const last = path.split('.').at(-1) ?? path;
  return /^[a-zđ]$/u.test(last) ? `${last})` : `${last}.`;
}

/** How the body begins after the bases. */
export function openingOf(row: Pick<DirectiveRow, 'issuerName'>): string {
  return `${row.issuerName ?? 'Cơ quan ban hành'} đề nghị các cơ quan, đơn vị triển khai thực hiện các nội dung sau:`;
}

/** Lays a draft out as a document reads, so that the screen can show it like one that was read. */
export function composedOf(row: DirectiveRow, parts: Parts): Composed {
  const spans: Composed['spans'] = [];
  const places = new Map<string, Span>();
  let text = '';
  const put = (piece: string, field?: string) => {
    if (field && piece !== '') spans.push({ field, start: text.length, end: text.length + piece.length });
    text += piece;
  };
  const putPart = (id: string, piece: string) => {
    places.set(id, { start: text.length, end: text.length + piece.length });
    text += piece;
  };
  if (row.issuerParent) put(row.issuerParent.toLocaleUpperCase('vi'), 'issuerParent'), put('\n');
  put((row.issuerName ?? '').toLocaleUpperCase('vi'), 'issuerName');
  put('\n\nSố: '), put(`${row.number ?? ''}${row.symbol ?? ''}`, 'code'), put('\n');
  if (row.kind === 'cong-van') put('V/v '), put(row.subject, 'subject'), put('\n');
  put('\n'), put(row.place ?? '', 'place'), put(', '), put(dayText(row), 'day'), put('\n\n');
  if (row.kind !== 'cong-van') put((KIND_NAMES[row.kind] ?? '').toLocaleUpperCase('vi'), 'kind'), put('\n'), put(row.subject, 'subject'), put('\n\n');
  put('Kính gửi:\n');
  for (const recipient of parts.recipients.filter((one) => !one.narrows)) put('- '), putPart(recipient.id, recipient.text), put('\n');
  put('\n');
  parts.bases.forEach((basis, i) => (put(i === 0 ? 'Thực hiện ' : ''), putPart(basis.id, citationOf(basis)), put('; ')));
  put(`${openingOf(row)}\n\n`);
  for (const item of parts.requirements.filter((one) => one.withdrawnAt === null)) putPart(item.id, `${markOf(item.path)} ${item.text}`), put('\n\n');
  put(row.signer.title ?? '', 'signer.title'), put('\n\n'), put(row.signer.name ?? '', 'signer.name'), put('\n');
  return { text, spans, of: (id) => places.get(id) ?? null };
}

function dayText(row: DirectiveRow): string {
  if (row.day) return officialDay(Temporal.PlainDate.from(row.day));
  const { year, month } = row.reading.date;
  return `ngày     tháng ${month ?? '   '} năm ${year ?? ''}`;
}
