import type { Column, Content } from 'pdfmake/interfaces.js';
import { dateLine, kindTitle, listLines, numberLine, PAGE, printedWidth, SIZE, stampText, TEXT_WIDTH } from './form.ts';
import type { DirectiveDraft } from './model.ts';

export const POINTS = 1 / 20;
const WIDTH = TEXT_WIDTH * POINTS;
const LEFT = WIDTH * 0.43;
const RIGHT = WIDTH - LEFT;
const STAMP_RED = '#C00000';
/** Where a signature and a seal go, in points. */
const SIGNING_ROOM = { compact: 48, usual: 65 };

/** Sizes of `form.ts` are in half-points. */
export const sizeOf = (name: keyof typeof SIZE): number => SIZE[name] / 2;

/** A rule of the wanted length in the middle of a column; both in points. */
export function ruleOf(length: number, column: number): Content {
  const from = Math.max(0, (column - length) / 2);
  return { canvas: [{ type: 'line', x1: from, x2: Math.min(from + length, column), y1: 3, y2: 3, lineWidth: 0.7 }] };
}

const widthOf = (text: string, size: keyof typeof SIZE): number => printedWidth(text, SIZE[size], true) * POINTS;

function issuerStack(draft: DirectiveDraft): Content[] {
  const name = draft.issuer.name.toUpperCase();
  const parent = draft.issuer.parent?.toUpperCase();
  return [
    ...(parent === undefined ? [] : [{ text: parent, fontSize: sizeOf('head'), alignment: 'center' as const }]),
    { text: name, bold: true, fontSize: sizeOf('head'), alignment: 'center' },
    ruleOf(Math.min(widthOf(name, 'head'), LEFT) * 0.45, LEFT),
  ];
}

function mottoStack(): Content[] {
  const motto = 'Độc lập - Tự do - Hạnh phúc';
  return [
    { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', bold: true, fontSize: sizeOf('head'), alignment: 'center' },
    { text: motto, bold: true, fontSize: sizeOf('motto'), alignment: 'center' },
    ruleOf(widthOf(motto, 'motto'), RIGHT),
  ];
}

function stamp(text: string): Content {
  const side = Math.max(0, (LEFT - widthOf(text, 'number') - 16) / 2);
  const cell = { text, bold: true, color: STAMP_RED, fontSize: sizeOf('number'), alignment: 'center' as const };
  const layout = { hLineColor: () => STAMP_RED, vLineColor: () => STAMP_RED };
  return { margin: [side, 8, side, 0], table: { widths: ['*'], body: [[cell]] }, layout };
}

function numberStack(draft: DirectiveDraft): Content[] {
  const urgency = stampText(draft.urgency);
  return [
    { text: numberLine(draft), fontSize: sizeOf('number'), alignment: 'center', margin: [0, 6, 0, 0] },
    ...(kindTitle(draft.kind) === null
      ? [
          {
            text: `V/v ${draft.subject}`,
            fontSize: sizeOf('subject'),
            alignment: 'center' as const,
            margin: [6, 6, 6, 0] as [number, number, number, number],
          },
        ]
      : []),
    ...(urgency === null ? [] : [stamp(urgency)]),
  ];
}

function twoColumns(left: Content[], right: Content[]): Content {
  const columns: Column[] = [
    { width: LEFT, stack: left },
    { width: RIGHT, stack: right },
  ];
  return { columns, unbreakable: true };
}

/** Boxes 1 to 5b and 10b. */
export function pdfHead(draft: DirectiveDraft): Content[] {
  const date: Content = { text: dateLine(draft), italics: true, fontSize: sizeOf('number'), alignment: 'center', margin: [0, 6, 0, 0] };
  return [twoColumns(issuerStack(draft), mottoStack()), twoColumns(numberStack(draft), [date])];
}

/** Boxes 9b and 7, kept on one page. */
export function pdfFoot(draft: DirectiveDraft): Content {
  const { authority, title, name } = draft.signer;
  const copies: Content[] = [
    { text: 'Nơi nhận:', bold: true, italics: true, fontSize: sizeOf('copiesLabel') },
    ...listLines(draft.copies, '- ').map((text) => ({ text, fontSize: sizeOf('copies') })),
  ];
  const above = [...authority, title].filter((text) => text !== '').map((text) => text.toUpperCase());
  const signer: Content[] = [
    ...above.map((text) => ({ text, bold: true, alignment: 'center' as const })),
    { text: name, bold: true, alignment: 'center', margin: [0, SIGNING_ROOM[draft.compact ? 'compact' : 'usual'], 0, 0] },
  ];
  return { ...(twoColumns(copies, signer) as object), margin: [0, 12, 0, 0] } as Content;
}

export const MARGINS: [number, number, number, number] = [PAGE.left * POINTS, PAGE.top * POINTS, PAGE.right * POINTS, PAGE.bottom * POINTS];
