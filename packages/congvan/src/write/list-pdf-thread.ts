import { parentPort, workerData } from 'node:worker_threads';
import pdfmake from 'pdfmake';
import type { Content, ContentTable, CustomTableLayout, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { FONT_FILES } from './fonts.ts';
import type { ListGroup, PrintedList } from './write-list-pdf.ts';

const FONTS = new Set<string>(Object.values(FONT_FILES));
/** A4 across, in points. */
const PAGE_WIDTH = 841.89;
const MARGIN = 36;
const LINE = 0.5;
const PADDING = 3;
/** Of the body: below the mark and, from the second page on, the heads of the columns. */
const TOP = 50;
const GREY = '#E8E8E8';

/** In a thread of its own: thousands of rows take seconds. */
async function draw(list: PrintedList): Promise<Uint8Array> {
  pdfmake.setFonts({ Tinos: FONT_FILES });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => FONTS.has(path));
  const small = { fontSize: 9 };
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [MARGIN, TOP, MARGIN, MARGIN + 4],
    info: { title: list.title },
    language: 'vi-VN',
    defaultStyle: { font: 'Tinos', fontSize: 10, color: 'black' },
    header: (page) => ({
      margin: [MARGIN, 18, MARGIN, 0],
      stack: [
        { text: list.mark, bold: true, alignment: 'right', ...small },
        ...(page > 1 && list.groups.length > 0 ? [{ ...headOf(list), margin: [0, 4, 0, 0] as [number, number, number, number] }] : []),
      ],
    }),
    footer: (page, pages) => ({
      columns: [
        { text: list.foot, ...small },
        { text: `${page}/${pages}`, alignment: 'right', width: 60, ...small },
      ],
      margin: [MARGIN, 10, MARGIN, 0],
    }),
    content: [
      { text: list.title, bold: true, fontSize: 14, alignment: 'center' },
      ...list.lines.map((text): Content => ({ text, alignment: 'center', italics: true, margin: [0, 2, 0, 0] })),
      list.groups.length === 0 ? { text: list.empty, margin: [0, 14, 0, 0] } : headOf(list),
      ...list.groups.map((group) => groupOf(list, group)),
    ],
  };
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
}

const LAYOUT: CustomTableLayout = {
  hLineWidth: () => LINE,
  vLineWidth: () => LINE,
  paddingLeft: () => PADDING,
  paddingRight: () => PADDING,
  paddingTop: () => 1.5,
  paddingBottom: () => 1.5,
};

function widthsOf({ columns }: PrintedList): number[] {
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const room = PAGE_WIDTH - 2 * MARGIN - LINE * (columns.length + 1);
  return columns.map(({ share }) => (share / whole) * room - 2 * PADDING);
}

function headOf(list: PrintedList): ContentTable {
  const cells = list.columns.map(({ title }): TableCell => ({ text: title, bold: true, alignment: 'center' }));
  return { margin: [0, 10, 0, 0], table: { widths: widthsOf(list), body: [cells] }, layout: LAYOUT };
}

/** Its heading stays with the first row and comes again where the group goes on on another page. */
function groupOf(list: PrintedList, { title, rows }: ListGroup): Content {
  const { columns } = list;
  const rest = columns.slice(1).map((): TableCell => '');
  const heading: TableCell[] = [{ text: title, bold: true, colSpan: columns.length, fillColor: GREY }, ...rest];
  const body = rows.map((cells) => columns.map(({ align = 'left' }, at): TableCell => ({ text: cells[at] ?? '', alignment: align })));
  return {
    table: { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths: widthsOf(list), body: [heading, ...body] },
    layout: { ...LAYOUT, hLineWidth: (line) => (line === 0 ? 0 : LINE) },
  };
}

const pdf = await draw(workerData as PrintedList);
parentPort?.postMessage(pdf, [pdf.buffer as ArrayBuffer]);
