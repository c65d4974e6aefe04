import type { DocumentParts } from '@vonggac/congvan/write';
import { type Ctx, inSnapshot } from '@vonggac/store';
import type { WrittenField } from './composing.ts';
import { documentOf } from './document.ts';
import { fetchSummary } from './internal.ts';
import type { ReportText } from './model.ts';

/** A piece of a line; `figure` where it is a number that opens its rows, `field` where it is written in that field. */
export type Piece = { text: string; figure: string | null; field: WrittenField | null };
type Body = DocumentParts['body'][number];
type Picture = Extract<Body, { kind: 'picture' }>;
export type PreviewPart =
  | { kind: 'text'; label: string; style: Extract<Body, { kind: 'text' }>['style']; pieces: Piece[] }
  | { kind: 'table'; columns: { title: string; share: number; align: 'left' | 'right' | 'center' }[]; rows: Piece[][][] }
  | Picture;

// Private-use characters: they stand in no document that is printed.
const [FIGURE, END, FIELD] = ['\uE000', '\uE001', '\uE002'];
const MARKED = new RegExp(`${FIGURE}([^${END}]+)${END}([^${END}]*)${END}|${FIELD}(\\w+)${END}`, 'u');

/** A line with its marks read out. */
export function piecesOf(marked: string): Piece[] {
  const pieces: Piece[] = [];
  let field: WrittenField | null = null;
  let rest = marked;
  for (let found = MARKED.exec(rest); found !== null; found = MARKED.exec(rest)) {
    const [whole, figure, text, name] = found;
    if (found.index > 0) pieces.push({ text: rest.slice(0, found.index), figure: null, field });
    if (name !== undefined) field = name as WrittenField;
    else pieces.push({ text: text ?? '', figure: figure ?? null, field: null });
    rest = rest.slice(found.index + whole.length);
  }
  if (rest !== '') pieces.push({ text: rest, figure: null, field });
  return pieces;
}

function partOf(part: Body): PreviewPart {
  if (part.kind === 'picture') return part;
  if (part.kind === 'text') return { kind: 'text', label: part.label, style: part.style, pieces: piecesOf(part.text) };
  return {
    kind: 'table',
    columns: part.columns.map(({ title, share, align = 'left' }) => ({ title, share, align })),
    rows: part.rows.map((cells) => cells.map(piecesOf)),
  };
}

/**
 * A report as it would be printed with a text that is not saved yet (or as it stands), in pieces for a screen: every figure says
 * which one it is. @throws DomainError as if it did not exist
 */
export async function previewReport(ctx: Ctx, id: string, given: { text?: ReportText | undefined; symbol?: string | undefined }) {
  const draft = await inSnapshot(ctx, async (tx) => {
    const row = await fetchSummary(tx, ctx, id);
    const { text = row.text, symbol = row.symbol } = given;
    return documentOf(
      tx,
      { ...row, text, symbol },
      {
        cite: (figure, shown) => `${FIGURE}${figure}${END}${shown}${END}`,
        field: (name) => `${FIELD}${name}${END}`,
      },
    );
  });
  const { documentParts } = await import('@vonggac/congvan/write');
  const { body, attachments, ...parts } = documentParts(draft);
  const marks = [draft.mark, draft.label].filter((one) => one !== undefined);
  return { ...parts, marks, body: body.map(partOf), attachments: attachments.map((one) => ({ ...one, body: one.body.map(partOf) })) };
}
