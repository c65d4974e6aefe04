import type { Page, PageItem } from './page-layout.ts';

const PAGE = '1';
const LINE = '4';
const WORD = '5';
// Letters without descenders reach about three quarters of the height of a line's box.
const SIZE_OF_BOX = 0.75;
const SURE = 60;

interface Word extends PageItem {
  readonly sure: boolean;
}

/** Boxes of lines without tall letters are low: sizes near the usual one are taken for the usual one. */
function evenSizes(items: readonly Word[]): Word[] {
  const usual = items.map((item) => item.size).toSorted((a, b) => a - b)[Math.floor(items.length / 2)] ?? 1;
  return items.map((item) => (item.size > usual * 0.6 && item.size < usual * 1.4 ? { ...item, size: usual } : item));
}

/** Turns tesseract's table of words into a page of items; pixels, y from the bottom. Specks read as signs are dropped. */
export function pageOfTsv(tsv: string): Page {
  let width = 0;
  let height = 0;
  let line = { bottom: 0, size: 1 };
  const items: Word[] = [];
  for (const row of tsv.split('\n')) {
    const fields = row.split('\t');
    const [left = 0, top = 0, across = 0, down = 0, confidence = -1] = fields.slice(6, 11).map(Number);
    if (fields[0] === PAGE) ({ width, height } = { width: across, height: down });
    else if (fields[0] === LINE) line = { bottom: top + down, size: Math.max(1, down * SIZE_OF_BOX) };
    else if (fields[0] === WORD && confidence >= 0) {
      const text = fields[11]?.trim() ?? '';
      const item = { text, x: left, y: height - line.bottom, width: across, size: line.size, sure: confidence >= SURE };
      if (item.sure || /[\p{L}\p{N}]/u.test(text)) items.push(item);
    }
  }
  return { width, height, items: evenSizes(items) };
}
