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
  ]
    .filter(Boolean)
    .join(' ');
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

/** A piece of the text; `field` marks a head field, `part` a row by its id. */
type Piece = { text: string; field?: string; part?: string };

const upper = (text: string | null | undefined) => (text ?? '').toLocaleUpperCase('vi');

function headPieces(row: DirectiveRow): Piece[] {
  const letter = row.kind === 'cong-van';
  const subject = { text: row.subject, field: 'subject' };
  return [
    ...(row.issuerParent ? [{ text: upper(row.issuerParent), field: 'issuerParent' }, { text: '\n' }] : []),
    { text: upper(row.issuerName), field: 'issuerName' },
    { text: '\n\nSố: ' },
    { text: `${row.number ?? ''}${row.symbol ?? ''}`, field: 'code' },
    ...(letter ? [{ text: '\nV/v ' }, subject] : []),
    { text: '\n\n' },
    { text: row.place ?? '', field: 'place' },
    { text: ', ' },
    { text: dayText(row), field: 'day' },
    { text: '\n\n' },
    ...(letter ? [] : [{ text: upper(KIND_NAMES[row.kind]), field: 'kind' }, { text: '\n' }, subject, { text: '\n\n' }]),
  ];
}

function bodyPieces(row: DirectiveRow, parts: Parts): Piece[] {
  const addressed = parts.recipients.filter((one) => !one.narrows);
  const live = parts.requirements.filter((one) => one.withdrawnAt === null);
  return [
    { text: 'Kính gửi:\n' },
    ...addressed.flatMap((one) => [{ text: '- ' }, { text: one.text, part: one.id }, { text: '\n' }]),
    { text: parts.bases.length > 0 ? '\nThực hiện ' : '\n' },
    ...parts.bases.flatMap((basis) => [{ text: citationOf(basis), part: basis.id }, { text: '; ' }]),
    { text: `${openingOf(row)}\n\n` },
    ...live.flatMap((one) => [{ text: `${markOf(one.path)} ${one.text}`, part: one.id }, { text: '\n\n' }]),
    { text: row.signer.title ?? '', field: 'signer.title' },
    { text: '\n\n' },
    { text: row.signer.name ?? '', field: 'signer.name' },
    { text: '\n' },
  ];
}

/** Lays a draft out as a document reads, so that the screen can show it like one that was read. */
export function composedOf(row: DirectiveRow, parts: Parts): Composed {
  const spans: Composed['spans'] = [];
  const places = new Map<string, Span>();
  let text = '';
  for (const piece of [...headPieces(row), ...bodyPieces(row, parts)]) {
    const place = { start: text.length, end: text.length + piece.text.length };
    if (piece.field && piece.text !== '') spans.push({ field: piece.field, ...place });
    if (piece.part) places.set(piece.part, place);
    text += piece.text;
  }
  return { text, spans, of: (id) => places.get(id) ?? null };
}

function dayText(row: DirectiveRow): string {
  if (row.day) return officialDay(Temporal.PlainDate.from(row.day));
  const { year, month } = row.reading.date;
  return `ngày     tháng ${month ?? '   '} năm ${year ?? ''}`;
}
