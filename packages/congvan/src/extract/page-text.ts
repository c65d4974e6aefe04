import { regionsOf } from './page-columns.ts';
import type { Region } from './page-columns.ts';
import { joinLines, printedLines } from './page-layout.ts';
import type { Page, PrintedLine, Segment } from './page-layout.ts';
import { ruledTables } from './page-tables.ts';
import { isStamp } from './stamps.ts';

const PAGE_NUMBER = /^(?:trang\s*)?[-–—\s]*\d{1,4}(?:\s*[/|]\s*\d{1,4})?[-–—\s]*$/iu;
const ITEM =
  /^(?:[-–—+•*]\s|\(?\d{1,3}(?:\.\d{1,2})*[.)]\s|[a-zđ]{1,2}[.)]\s|[IVXLC]{1,6}[.)]\s|(?:Căn cứ|Theo đề nghị|Xét)\s|(?:Điều|Chương|Mục|Phần|Phụ lục)\s+(?:\d+|[IVXLC]+)[a-z]?\s*(?:[.:]|$))/u;
const ENDED = /[.;:!?…”"/)]$/u;
const BULLET = /^[-–—+•*]\s/u;
// A line longer than a name or a title.
const SENTENCE = 45;
const NUMBER_BAND = 0.09;
const PARAGRAPH_GAP = 1.9;
const SAME_PARAGRAPH_GAP = 2.1;

/** Page numbers stand alone in the top margin (NĐ 30/2020, Phụ lục I), in older documents in the bottom margin. */
function withoutPageNumber(lines: readonly PrintedLine[], height: number): PrintedLine[] {
  return lines.filter((line, at) => {
    const edge = at === 0 ? line.y > height * (1 - NUMBER_BAND) : at === lines.length - 1 && line.y < height * NUMBER_BAND;
    return !(edge && line.segments.length === 1 && PAGE_NUMBER.test(line.segments[0]?.text ?? ''));
  });
}

/** Where the text block begins and ends, over all pages. */
interface Edges {
  readonly left: number;
  readonly right: number;
}

/** Whether a line stands where the lines of a paragraph go on: at the left edge, or under the text of an indented point. */
function continuesAt(start: Segment, next: Segment, edges: Edges): boolean {
  if (Math.abs(next.x0 - edges.left) <= 0.6 * next.size) return true;
  const indented = start.x0 > edges.left + 0.6 * next.size;
  return indented && ITEM.test(start.text) && next.x0 >= start.x0 - 0.3 * next.size && next.x0 <= start.x0 + 3 * next.size;
}

/** A printed line ends a paragraph unless the next word would not have fitted and the next line goes on below it. */
function goesOn(start: Segment, before: Segment, next: Segment, edges: Edges): boolean {
  if (ITEM.test(next.text) || before.y - next.y > SAME_PARAGRAPH_GAP * next.size) return false;
  if (Math.abs(before.size - next.size) > 0.15 * next.size) return false;
  const full = before.x1 + next.firstWord + 0.2 * next.size > edges.right;
  return full && continuesAt(start, next, edges);
}

/** The subject of a công văn (`V/v …`) is set in several centred lines under the number. */
function subjectGoesOn(start: Segment, before: Segment, next: Segment): boolean {
  if (!/^V\/v\s/iu.test(start.text) || isStamp(next.text) || ITEM.test(next.text)) return false;
  const centred = Math.abs(start.x0 + start.x1 - next.x0 - next.x1) <= 6 * next.size;
  return (centred || Math.abs(start.x0 - next.x0) <= next.size) && before.y - next.y <= 1.6 * next.size;
}

/** Paragraphs are parted by an empty line; bullets and lines of a title stand close. */
function breakBetween(text: string, before: Segment, next: Segment): string {
  const point = ITEM.test(next.text) && !BULLET.test(next.text);
  const sentence = ENDED.test(text) && !BULLET.test(next.text);
  return point || sentence || before.y - next.y > PARAGRAPH_GAP * next.size ? '\n\n' : '\n';
}

/** Lines of full width: soft breaks become spaces. */
function flow(lines: readonly Segment[], edges: Edges): string {
  let text = '';
  let start: Segment | undefined;
  let before: Segment | undefined;
  for (const line of lines) {
    if (start !== undefined && before !== undefined && (goesOn(start, before, line, edges) || subjectGoesOn(start, before, line)))
      text = joinLines(text, line.text);
    else {
      text += before === undefined ? line.text : `${breakBetween(text, before, line)}${line.text}`;
      start = line;
    }
    before = line;
  }
  return text;
}

/** Printed lines of a column stay lines, but for the subject: the head and the foot are read line by line. */
function column(lines: readonly Segment[]): string {
  let text = '';
  let start: Segment | undefined;
  let before: Segment | undefined;
  for (const line of lines) {
    if (start !== undefined && before !== undefined && subjectGoesOn(start, before, line)) text = joinLines(text, line.text);
    else {
      const wide = before !== undefined && before.y - line.y > PARAGRAPH_GAP * line.size;
      text += `${before === undefined ? '' : wide ? '\n\n' : '\n'}${line.text}`;
      start = line;
    }
    before = line;
  }
  return text;
}

function textOf(region: Region, edges: Edges): string {
  if (region.kind === 'table') return region.rows.map((row) => row.join(' | ').trimEnd()).join('\n');
  if (region.kind === 'columns') return [column(region.left), column(region.right)].filter((text) => text !== '').join('\n\n');
  return flow(region.lines, edges);
}

/** The outermost places at which at least two lines begin or end; a single line there is an exception. */
function edgesOf(regions: readonly Region[]): Edges {
  const lines = regions.flatMap((region) => (region.kind === 'lines' ? region.lines : []));
  const lefts = lines.map((line) => line.x0).toSorted((a, b) => a - b);
  const rights = lines.map((line) => line.x1).toSorted((a, b) => b - a);
  return { left: lefts[1] ?? lefts[0] ?? 0, right: rights[1] ?? rights[0] ?? 0 };
}

/** What is printed between two heights of a page. */
function band(page: Page, top: number, bottom: number): Region[] {
  const items = page.items.filter((item) => item.y < top && item.y >= bottom);
  return regionsOf(withoutPageNumber(printedLines({ width: page.width, height: page.height, items }), page.height));
}

/** The regions of a page from top to bottom, ruled tables cut out as they are. */
function pageRegions(page: Page): Region[] {
  const regions: Region[] = [];
  let top = Number.POSITIVE_INFINITY;
  for (const table of ruledTables(page)) {
    if (table.top > top) continue;
    regions.push(...band(page, top, table.top), { kind: 'table', rows: table.rows });
    top = table.bottom;
  }
  return [...regions, ...band(page, top, Number.NEGATIVE_INFINITY)];
}

/**
 * The text of pages in reading order: left column before right in the head and in the foot, tables row by row, page
 * numbers left out, a sentence that runs over the end of a page put together again.
 */
export function textOfPages(pages: readonly Page[]): string[] {
  const regions = pages.map(pageRegions);
  const edges = edgesOf(regions.flat());
  return regions.map((page) => page.map((region) => textOf(region, edges)).join('\n\n'));
}

/** Whether a page begins in the middle of the sentence with which the one before ended. */
function runsOver(before: string, page: string): boolean {
  if (before === '' || ENDED.test(before) || ITEM.test(page)) return false;
  if (/^\p{Ll}/u.test(page)) return true;
  const first = page.split('\n', 1)[0] ?? '';
  const last = before.slice(before.lastIndexOf('\n') + 1);
  return last.length > SENTENCE && first !== first.toUpperCase() && !/^(?:Nơi nhận|Kính gửi)/u.test(first);
}

/** Pages to one text; a sentence that runs over the end of a page is put together again. */
export function joinPages(pages: readonly string[]): string {
  let text = '';
  for (const page of pages.filter((one) => one.trim() !== '')) {
    text += text === '' ? page : runsOver(text, page) ? ` ${page}` : `\n\n${page}`;
  }
  return text.normalize('NFC');
}
