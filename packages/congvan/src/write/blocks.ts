import { AlignmentType, BorderStyle, ImageRun, Paragraph, Table, TableCell, TableLayoutType, TableRow, WidthType } from 'docx';
import { SIZE, TEXT_WIDTH } from './form.ts';
import { line } from './head-and-foot.ts';
import type { DraftBlock, DraftPicture, DraftTable } from './model.ts';
import { pngOf } from './picture.ts';

const EDGE = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const BORDERS = { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE, insideHorizontal: EDGE, insideVertical: EDGE };
const ALIGN = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, center: AlignmentType.CENTER } as const;
const PIXELS_PER_TWIP = 96 / 1440;

function caption(text: string): Paragraph {
  return line(text, { italics: true, size: SIZE.table }, { spacing: { before: 120, after: 60 }, keepNext: true });
}

type RowOf = { table: DraftTable; style: 'head' | 'plain' | 'total'; compact: boolean };

function row(cells: readonly string[], { table, style, compact }: RowOf): TableRow {
  const above = compact ? 10 : 30;
  return new TableRow({
    tableHeader: style === 'head',
    cantSplit: true,
    children: table.columns.map(
      ({ align = 'left' }, at) =>
        new TableCell({
          margins: { left: 80, right: 80, top: above, bottom: above },
          children: [
            line(
              cells[at] ?? '',
              { size: SIZE.table, bold: style !== 'plain' },
              { alignment: style === 'head' ? AlignmentType.CENTER : ALIGN[align] },
            ),
          ],
        }),
    ),
  });
}

/** Widths in twentieths of a point that add up to the width of the text. */
function widths({ columns }: DraftTable): number[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  return columns.map(({ share }) => Math.round((share / whole) * TEXT_WIDTH));
}

function tableOf(table: DraftTable, compact: boolean): (Paragraph | Table)[] {
  const drawn = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths(table),
    borders: BORDERS,
    rows: [
      row(
        table.columns.map(({ title }) => title),
        { table, style: 'head', compact },
      ),
      ...table.rows.map((cells) => row(cells, { table, style: 'plain', compact })),
      ...(table.total ? [row(table.total, { table, style: 'total', compact })] : []),
    ],
  });
  return [...(table.caption === undefined ? [] : [caption(table.caption)]), drawn];
}

function pictureOf({ svg, ratio, caption: text }: DraftPicture): Paragraph[] {
  const width = Math.round(TEXT_WIDTH * PIXELS_PER_TWIP);
  const image = new ImageRun({
    type: 'png',
    data: pngOf(svg),
    transformation: { width, height: Math.round(width * ratio) },
    altText: { name: text, title: text, description: text },
  });
  return [
    new Paragraph({ alignment: AlignmentType.CENTER, spacing: { before: 120, after: 0 }, keepNext: true, children: [image] }),
    caption(text),
  ];
}

/** A table or a picture across the page; a table repeats its head on each page and breaks between rows only. */
export function blockOf(block: DraftBlock, compact = false): (Paragraph | Table)[] {
  return block.kind === 'table' ? tableOf(block, compact) : pictureOf(block);
}
