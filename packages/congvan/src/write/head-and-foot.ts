import { AlignmentType, BorderStyle, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from 'docx';
import type { IParagraphOptions, IRunOptions } from 'docx';
import { dateLine, FONT, kindTitle, listLines, numberLine, printedWidth, SIZE, stampText, TEXT_WIDTH } from './form.ts';
import type { DirectiveDraft } from './model.ts';

const LEFT = Math.round(TEXT_WIDTH * 0.43);
const RIGHT = TEXT_WIDTH - LEFT;
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE };
const BLACK = '000000';
const STAMP_RED = 'C00000';
/** Where a signature and a seal go, in twentieths of a point. */
const SIGNING_ROOM = { compact: 960, usual: 1300 };

/** A line of text in the font of the document; `size` in half-points. */
export function line(text: string, run: Omit<IRunOptions, 'text'>, paragraph: IParagraphOptions = {}): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 0, after: 0 },
    ...paragraph,
    children: [new TextRun({ font: FONT, color: BLACK, ...run, text })],
  });
}

/** A rule of the wanted length in the middle of a column; both in twentieths of a point. */
export function rule(length: number, column: number): Paragraph {
  const indent = Math.max(0, Math.round((column - Math.min(length, column)) / 2));
  return new Paragraph({
    spacing: { before: 20, after: 0, line: 60, lineRule: 'exact' },
    indent: { left: indent, right: indent },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: BLACK } },
    children: [],
  });
}

function stamp(text: string): Paragraph {
  const border = { style: BorderStyle.SINGLE, size: 8, space: 3, color: STAMP_RED };
  const side = Math.max(0, Math.round((LEFT - printedWidth(text, SIZE.number, true) - 300) / 2));
  return line(
    text,
    { bold: true, size: SIZE.number, color: STAMP_RED },
    {
      spacing: { before: 200, after: 0 },
      indent: { left: side, right: side },
      border: { top: border, bottom: border, left: border, right: border },
    },
  );
}

function issuerLines(draft: DirectiveDraft): Paragraph[] {
  const name = draft.issuer.name.toUpperCase();
  const parent = draft.issuer.parent?.toUpperCase();
  const length = Math.min(printedWidth(name, SIZE.head, true), LEFT) * 0.45;
  // Long names break within their column instead of touching the motto.
  const room = { indent: { left: 57, right: 113 } };
  const above = parent === undefined ? [] : [line(parent, { size: SIZE.head }, room)];
  return [...above, line(name, { bold: true, size: SIZE.head }, room), rule(length, LEFT)];
}

function mottoLines(): Paragraph[] {
  const motto = 'Độc lập - Tự do - Hạnh phúc';
  return [
    line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true, size: SIZE.head }),
    line(motto, { bold: true, size: SIZE.motto }),
    rule(printedWidth(motto, SIZE.motto, true), RIGHT),
  ];
}

function numberLines(draft: DirectiveDraft): Paragraph[] {
  const lines = [line(numberLine(draft), { size: SIZE.number }, { spacing: { before: 120, after: 0 } })];
  if (kindTitle(draft.kind) === null) {
    lines.push(
      line(`V/v ${draft.subject}`, { size: SIZE.subject }, { spacing: { before: 120, after: 0 }, indent: { left: 113, right: 113 } }),
    );
  }
  const urgency = stampText(draft.urgency);
  if (urgency !== null) lines.push(stamp(urgency));
  return lines;
}

function cell(width: number, children: Paragraph[]): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins: { left: 0, right: 0, top: 0, bottom: 0 },
    borders: NO_BORDERS,
    children,
  });
}

function twoColumns(rows: readonly (readonly [Paragraph[], Paragraph[]])[]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [LEFT, RIGHT],
    borders: NO_BORDERS,
    rows: rows.map(([left, right]) => new TableRow({ cantSplit: true, children: [cell(LEFT, left), cell(RIGHT, right)] })),
  });
}

/** Boxes 1 to 5b and 10b: issuer and motto, number and date, subject of a công văn, stamp. */
export function headTable(draft: DirectiveDraft): Table {
  const date = line(dateLine(draft), { italics: true, size: SIZE.number }, { spacing: { before: 120, after: 0 } });
  return twoColumns([
    [issuerLines(draft), mottoLines()],
    [numberLines(draft), [date]],
  ]);
}

function copyLines(draft: DirectiveDraft): Paragraph[] {
  const left = { alignment: AlignmentType.LEFT } as const;
  return [
    line('Nơi nhận:', { bold: true, italics: true, size: SIZE.copiesLabel }, left),
    ...listLines(draft.copies, '- ').map((text) => line(text, { size: SIZE.copies }, left)),
  ];
}

function signerLines(draft: DirectiveDraft): Paragraph[] {
  const { authority, title, name } = draft.signer;
  const above = [...authority, title]
    .filter((text) => text !== '')
    .map((text) => line(text.toUpperCase(), { bold: true, size: SIZE.body }));
  return [
    ...above,
    line(name, { bold: true, size: SIZE.body }, { spacing: { before: SIGNING_ROOM[draft.compact ? 'compact' : 'usual'], after: 0 } }),
  ];
}

/** Boxes 9b and 7: Nơi nhận at the left, level with the signer at the right; kept on one page. */
export function footTable(draft: DirectiveDraft): Table {
  return twoColumns([[copyLines(draft), signerLines(draft)]]);
}
