export type MarkKind = 'head' | 'recipient' | 'basis' | 'requirement' | 'deadline' | 'contact' | 'doubt' | 'other';

/** Something understood in the text: offsets in UTF-16 units, `end` exclusive. Marks may lie inside each other. */
export interface Mark {
  id: string;
  start: number;
  end: number;
  kind: MarkKind;
}

export interface Piece {
  text: string;
  start: number;
  /** The innermost mark over this piece. */
  mark: Mark | null;
  /** All marks over this piece, by id. */
  over: readonly string[];
  /** All marks that begin here, outermost first: they get their anchor and their note in the margin here. */
  begins: readonly Mark[];
}

export interface Paragraph {
  start: number;
  look: Look;
  pieces: readonly Piece[];
}

/** How a line stands on an official page (NĐ 30/2020 Phụ lục I); only a look, nothing is concluded from it. */
export type Look = 'plain' | 'blank' | 'motto' | 'capitals' | 'date' | 'heading' | 'copies' | 'code' | 'item' | 'to';

/** Cuts a text into lines and these at the borders of the marks. Marks outside the text or empty are left out. */
export function paragraphsOf(text: string, marks: readonly Mark[]): Paragraph[] {
  const inside = marks
    .filter(({ start, end }) => start >= 0 && start < end && end <= text.length)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const paragraphs: Paragraph[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const end = start + line.length;
    const within = inside.filter((mark) => mark.start < end && mark.end > start);
    paragraphs.push({ start, look: lookOf(line), pieces: piecesOf(line, start, within) });
    start = end + 1;
  }
  return paragraphs;
}

function piecesOf(line: string, offset: number, marks: readonly Mark[]): Piece[] {
  const end = offset + line.length;
  const cuts = new Set([offset, end]);
  for (const mark of marks) {
    cuts.add(Math.max(mark.start, offset));
    cuts.add(Math.min(mark.end, end));
  }
  const places = [...cuts].toSorted((a, b) => a - b);
  return places.slice(0, -1).map((start, at) => {
    const stop = places[at + 1] ?? end;
    const over = marks.filter((mark) => mark.start <= start && mark.end >= stop);
    const begins = marks.filter((mark) => mark.start === start || (start === offset && mark.start === offset - 1));
    return { text: line.slice(start - offset, stop - offset), start, mark: over.at(-1) ?? null, over: over.map(({ id }) => id), begins };
  });
}

const LOOKS: readonly (readonly [Look, RegExp])[] = [
  ['blank', /^\s*$/],
  ['motto', /^\s*(CỘNG H[ÒO][AÀ] XÃ HỘI|Độc lập\s*[-–]\s*Tự do)/iu],
  ['code', /^\s*(Số\s*:|V\/v\b)/iu],
  ['date', /^[^,\n]{2,40},\s*ngày\b.{0,12}\btháng\b.{0,10}\bnăm\b/iu],
  ['to', /^\s*Kính gửi\s*:/iu],
  ['copies', /^\s*Nơi nhận\s*:/iu],
  ['heading', /^\s*(\d{1,2}|[IVX]{1,5})[./]\s.{1,200}:\s*$/u],
  ['capitals', /^[^\p{Ll}\d]{4,90}$/u],
  ['item', /^\s*[-+•]\s/u],
];

function lookOf(line: string): Look {
  return LOOKS.find(([, pattern]) => pattern.test(line))?.[0] ?? 'plain';
}
