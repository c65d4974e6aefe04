import { enumeratorOf, missingBetween } from './enumerator.ts';
import type { Enumerator, Level } from './enumerator.ts';
import { takeClosing } from './closing.ts';
import { leadsAddress, leadsDemand, paragraphAbove } from './leads.ts';
import type { Line, Range, Source } from './lines.ts';

/** A line of text; `paragraph` where a new one begins, `quoted` inside a quotation. */
export interface TextPart extends Range {
  paragraph: boolean;
  /** A sentence begins with the line; in text with hard line ends it may be a paragraph. */
  sentence: boolean;
  quoted: boolean;
}

/** One numbered item of the body with the ranges of its own text; `parent` points into the same list. */
export interface OutlineItem {
  path: string;
  parent: number | null;
  level: Level;
  enumerator: Enumerator;
  /** Own text; a new paragraph where `paragraph` is set. */
  parts: TextPart[];
  line: number;
  /** The paragraph above its list that names whom the list addresses. */
  lead: Range | null;
}

export interface Outline {
  items: OutlineItem[];
  /** Unnumbered closing paragraphs behind the last item. */
  closing: Range[];
  /** Places where a number was left out or does not fit: a gap in the list. */
  gaps: (Range & { label: string })[];
  /** Index of the line of the first item; the end of the body when there is none. */
  firstLine: number;
  unclosedQuote: Range | null;
}

/** After one quotation that is never closed, others are looked for within this many lines only. */
const QUOTE_LINES = 200;
/** A line shorter than this was not ended by its width, nor one longer than any width. */
const SHORT_LINE = 45;
const WIDE_LINE = 120;
const LISTED = /^(?:[-+*•–—]\s|\(?[ivx\d]{1,3}\)\s|[|"“«])/;
const ARABIC: Enumerator = { level: 'arabic', label: '', ordinal: 0, length: 0 };
const RANK: Record<Level, number> = { part: 0, capital: 1, section: 2, roman: 3, article: 4, arabic: 5, decimal: 6, letter: 7 };
/** Builds the tree of numbered items between two lines. Numbers inside quotations and Markdown block quotes are text. */
export function readOutline(source: Source, from: number, to: number): Outline {
  const outline: Outline = { items: [], closing: [], gaps: [], firstLine: to, unclosedQuote: null };
  const stack: number[] = [];
  const state: OutlineState = { outline, stack, last: new Map(), articles: false, list: 1, lead: null };
  let index = from;
  while (index < to) {
    const line = source.lines[index];
    if (!line) break;
    const quoteEnd = quotationEnd(source, index, to, outline);
    if (quoteEnd > index) {
      for (let i = index; i < quoteEnd; i += 1) appendText(source, state, i, true);
      index = quoteEnd;
      continue;
    }
    const enumerator = line.quoted ? null : enumeratorOf(line);
    if (!enumerator || !place(source, state, { enumerator, line, index })) appendText(source, state, index, line.quoted);
    index += 1;
  }
  if (!state.articles) leadFirst(source, outline);
  takeClosing(source, outline, state.articles);
  return outline;
}

interface OutlineState {
  outline: Outline;
  stack: number[];
  /** Last enumerator of each level under the current parents. */
  last: Map<Level, Enumerator>;
  articles: boolean;
  /** Lists from 1 below one parent so far; from the second on, paths carry the number of the list. */
  list: number;
  /** The paragraph that names whom the items from here on address, and the level it stands at. */
  lead: Range | null;
}

/** Puts an enumerator into the tree; false where its number cannot stand here. */
function place(source: Source, state: OutlineState, at: { enumerator: Enumerator; line: Line; index: number }): boolean {
  const { enumerator, line, index } = at;
  const { outline } = state;
  const level = enumerator.level;
  if (level === 'part' || level === 'section') return heading(state, enumerator, line, index);
  const previous = state.last.get(level) ?? null;
  if (level === 'decimal' && !decimalFits(state, enumerator)) return false;
  if (level !== 'decimal') {
    if (enumerator.ordinal === 1 && previous !== null && restarts(source, state, enumerator)) restart(source, state);
    const missing = missingBetween(state.last.get(level) ?? null, enumerator);
    const fragment = level === 'article' || (level === 'letter' && previous !== null && line.text[1] === ')');
    if (missing === null || (missing > 1 && !fragment)) {
      if (enumerator.ordinal === 1) outline.gaps.push({ start: line.start, end: line.start + enumerator.length, label: enumerator.label });
      return false;
    }
    if (missing > 0 && (previous !== null || !fragment))
      outline.gaps.push({ start: line.start, end: line.start + enumerator.length, label: enumerator.label });
  }
  if (level === 'article') state.articles = true;
  if (RANK[level] < RANK.arabic) {
    state.list = 1;
    state.lead = null;
  } else takeLead(source, state, level);
  open(state, enumerator, line, index);
  return true;
}

/** A second list from 1 begins where a paragraph of its own leads in to it: "… đề nghị các đơn vị thực hiện:". */
function restarts(source: Source, state: OutlineState, enumerator: Enumerator): boolean {
  const found = lastParagraph(source, state);
  if (!found || enumerator.level !== 'arabic') return false;
  return leadsDemand(foldOf(source, found.range)) || leadsAddress(source.text.slice(found.range.start, found.range.end));
}

/** The last paragraph of the item before, where it is not that item's own first one. */
function lastParagraph(source: Source, state: OutlineState): { item: OutlineItem; from: number; range: Range } | null {
  const item = state.outline.items[state.stack.at(-1) ?? -1];
  const from = item?.parts.findLastIndex((part) => part.sentence) ?? -1;
  const first = item?.parts[from];
  const last = item?.parts.at(-1);
  if (!item || !first || !last || from < 1) return null;
  return { item, from, range: { start: first.start, end: last.end } };
}

function foldOf(source: Source, range: Range): string {
  return source.fold.slice(range.start, range.end).replace(/\n/g, ' ').trim();
}

/** The list before told of something and demanded nothing: it is no requirement. If it demanded, both lists stay. */
function restart(source: Source, state: OutlineState): void {
  const { outline, stack } = state;
  const found = lastParagraph(source, state);
  if (found) {
    found.item.parts = found.item.parts.slice(0, found.from);
    state.lead = found.range;
  }
  while (stack.length > 0 && depthOf(outline.items[stack.at(-1) ?? 0]?.enumerator ?? ARABIC) >= RANK.arabic) stack.pop();
  const first = stack.length > 0 ? null : outline.items[0];
  const above = first ? paragraphAbove(source, first.line) : null;
  const told = above && !leadsDemand(foldOf(source, above)) && !leadsAddress(source.text.slice(above.start, above.end));
  if (first && told) {
    outline.items = [];
    outline.firstLine = source.lines.length;
  } else {
    state.list += 1;
    // The first list was led in to as well: whom it addresses matters now that another one addresses others.
    if (first?.lead === null && above) for (const item of outline.items) item.lead ??= above;
  }
  state.last.clear();
  for (const index of stack) {
    const item = outline.items[index];
    if (item) state.last.set(item.level, item.enumerator);
  }
}

/** "Đối với các doanh nghiệp viễn thông:" between two items speaks of those below it and is no part of the one above. */
function takeLead(source: Source, state: OutlineState, level: Level): void {
  if (level !== 'arabic') return;
  const found = lastParagraph(source, state);
  if (!found || !leadsAddress(source.text.slice(found.range.start, found.range.end))) return;
  found.item.parts = found.item.parts.slice(0, found.from);
  state.lead = found.range;
}

/** The same above the first list: "Đối với các Sở, ban, ngành:". */
function leadFirst(source: Source, outline: Outline): void {
  const first = outline.items[0];
  const above = first ? paragraphAbove(source, first.line) : null;
  if (!above || !leadsAddress(source.text.slice(above.start, above.end))) return;
  const own = outline.items.findIndex((item) => item.lead !== null || RANK[item.level] < RANK.arabic);
  for (const item of outline.items.slice(0, own < 0 ? undefined : own)) item.lead = above;
}

/** Parts and sections of legal texts number nothing by themselves: with articles the path is that of the article. */
function heading(state: OutlineState, enumerator: Enumerator, line: Line, index: number): boolean {
  const legal = state.articles || /^(?:chuong|muc|tieu muc)/.test(line.fold);
  if (!legal) {
    open(state, { ...enumerator }, line, index);
    return true;
  }
  while (state.stack.length > 0) state.stack.pop();
  for (const level of ['arabic', 'decimal', 'letter', 'roman'] as const) state.last.delete(level);
  if (state.outline.items.length === 0) state.outline.firstLine = Math.min(state.outline.firstLine, index);
  return true;
}

function decimalFits(state: OutlineState, enumerator: Enumerator): boolean {
  const parts = enumerator.label.split('.');
  const parent = parts.slice(0, -1).join('.');
  const above = state.outline.items.findLast(
    (item) => (item.level === 'arabic' || item.level === 'decimal') && item.enumerator.label === parent,
  );
  if (!above) return parts.length === 2 && !state.last.has('arabic') && enumerator.ordinal === 1;
  const previous = state.last.get('decimal');
  if (!previous || previous.label.split('.').length < parts.length) return enumerator.ordinal === 1;
  return (
    enumerator.ordinal === 1 ||
    previous.label
      .split('.')
      .slice(0, parts.length - 1)
      .join('.') === parent
  );
}

function open(state: OutlineState, enumerator: Enumerator, line: Line, index: number): void {
  const { outline, stack } = state;
  const depth = depthOf(enumerator);
  while (stack.length > 0 && depthOf(outline.items[stack.at(-1) ?? 0]?.enumerator ?? enumerator) >= depth) stack.pop();
  const parent = stack.at(-1) ?? null;
  const above = parent === null ? null : (outline.items[parent] ?? null);
  const item: OutlineItem = {
    path: pathOf(above, enumerator, state.list),
    parent,
    level: enumerator.level,
    enumerator,
    parts: [],
    line: index,
    lead: state.lead,
  };
  outline.items.push(item);
  stack.push(outline.items.length - 1);
  for (const level of state.last.keys()) if (RANK[level] > RANK[enumerator.level]) state.last.delete(level);
  state.last.set(enumerator.level, enumerator);
  outline.firstLine = Math.min(outline.firstLine, index);
  if (line.start + enumerator.length < line.end)
    item.parts.push({ start: line.start + enumerator.length, end: line.end, paragraph: true, sentence: true, quoted: false });
}

function depthOf(enumerator: Enumerator): number {
  const extra = enumerator.level === 'decimal' ? enumerator.label.split('.').length / 10 : 0;
  return RANK[enumerator.level] + extra;
}

function pathOf(above: OutlineItem | null, enumerator: Enumerator, list: number): string {
  const nth = list > 1 && enumerator.level === 'arabic' ? ` (${list})` : '';
  if (above === null) return enumerator.label + nth;
  if (enumerator.level === 'decimal') {
    const label = above.enumerator.label;
    const base = above.path.slice(0, above.path.length - label.length);
    return enumerator.label.startsWith(`${label}.`) ? base + enumerator.label : `${above.path}.${enumerator.label}`;
  }
  return `${above.path}.${enumerator.label}${nth}`;
}

function appendText(source: Source, state: OutlineState, index: number, quoted: boolean): void {
  const line = source.lines[index];
  const item = state.outline.items[state.stack.at(-1) ?? -1];
  if (!line || !item) return;
  const before = source.lines[index - 1];
  const upper = /^["“(]?\p{Lu}/u.test(line.text);
  const whole = before !== undefined && !/[,–-]$|(?:^|\s)(?:và|của|các)$/u.test(before.text);
  const short = whole && (before.text.length < SHORT_LINE || (source.flowing && before.text.length > WIDE_LINE));
  const ended = before !== undefined && /[.;:]["”)]?$/.test(before.text);
  const sentence = upper && (ended || short);
  const paragraph = line.gap || item.parts.length === 0 || LISTED.test(line.text) || (upper && (short || (ended && source.flowing)));
  item.parts.push({ start: line.start, end: line.end, quoted, paragraph, sentence: sentence || paragraph });
}

/**
 * Index of the line after a quotation that begins with the given line; the index itself where none begins. A quotation
 * opens with a quotation mark at the start of a line and is closed where the marks are even again.
 */
function quotationEnd(source: Source, index: number, to: number, outline: Outline): number {
  const first = source.lines[index];
  if (!first || !/^["“«]/.test(first.text)) return index;
  let open = 0;
  let straight = 0;
  const limit = outline.unclosedQuote === null ? to : Math.min(to, index + QUOTE_LINES);
  for (let i = index; i < limit; i += 1) {
    const text = source.lines[i]?.text ?? '';
    for (const char of text) {
      if (char === '"') straight += 1;
      else if (char === '“' || char === '«') open += 1;
      else if (char === '”' || char === '»') open -= 1;
    }
    const balance = open + (straight % 2);
    if (balance <= 0 && straight % 2 === 0) return i + 1;
  }
  outline.unclosedQuote ??= { start: first.start, end: first.end };
  return index;
}
