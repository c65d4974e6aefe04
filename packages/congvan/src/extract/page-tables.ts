import { joinLines, printedLines } from './page-layout.ts';
import type { Page, PageItem } from './page-layout.ts';

/** A printed rule or a box, by its edges; y from the bottom of the page. */
export interface Rule {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** A ruled table: where it lies, and its rows of cells. */
export interface RuledTable {
  readonly top: number;
  readonly bottom: number;
  readonly rows: readonly (readonly string[])[];
}

const THICKEST = 2.5;
const SHORTEST = 6;
const TOUCHES = 2.5;
const MOST_RULES = 1500;
const LINES_OF_A_TABLE = 3;

const isVertical = (rule: Rule): boolean => rule.x1 - rule.x0 <= THICKEST && rule.y1 - rule.y0 >= SHORTEST;
const isHorizontal = (rule: Rule): boolean => rule.y1 - rule.y0 <= THICKEST && rule.x1 - rule.x0 >= SHORTEST;

function touch(a: Rule, b: Rule): boolean {
  return a.x0 - TOUCHES <= b.x1 && b.x0 - TOUCHES <= a.x1 && a.y0 - TOUCHES <= b.y1 && b.y0 - TOUCHES <= a.y1;
}

/** Rules that hang together, each group once. */
function connected(rules: readonly Rule[]): Rule[][] {
  const left = new Set(rules);
  const groups: Rule[][] = [];
  for (const first of rules) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (let at = 0; at < group.length; at++) {
      for (const other of left) {
        if (!touch(group[at] as Rule, other)) continue;
        left.delete(other);
        group.push(other);
      }
    }
    groups.push(group);
  }
  return groups;
}

/** Places that differ by more than the width of a rule, in ascending order. */
function distinct(places: readonly number[]): number[] {
  const sorted = places.toSorted((a, b) => a - b);
  return sorted.filter((place, at) => at === 0 || place - (sorted[at - 1] as number) > TOUCHES);
}

function textOf(items: readonly PageItem[], page: Page): string {
  const lines = printedLines({ width: page.width, height: page.height, items });
  const parts = lines.flatMap((line) => line.segments.map((segment) => segment.text));
  return parts.length === 0 ? '' : parts.reduce(joinLines);
}

/** The cells of one row: a border that is missing in this row joins two columns. */
function cellsOf(items: readonly PageItem[], borders: readonly number[], page: Page): string[] {
  const cells = borders.slice(0, -1).map((from, at) => {
    const to = borders[at + 1] as number;
    return items.filter((item) => item.x + item.width / 2 >= from && item.x + item.width / 2 < to);
  });
  return cells.map((cell) => textOf(cell, page));
}

function tableOf(group: readonly Rule[], page: Page): RuledTable | null {
  const verticals = group.filter(isVertical);
  const columns = distinct(verticals.map((rule) => rule.x0));
  const lines = distinct(group.filter(isHorizontal).map((rule) => rule.y0)).toReversed();
  if (columns.length < LINES_OF_A_TABLE || lines.length < LINES_OF_A_TABLE) return null;
  const rows = lines.slice(0, -1).map((top, at) => {
    const bottom = lines[at + 1] as number;
    const middle = (top + bottom) / 2;
    const borders = columns.filter((x) =>
      verticals.some((rule) => Math.abs(rule.x0 - x) <= TOUCHES && rule.y0 - TOUCHES <= middle && rule.y1 + TOUCHES >= middle),
    );
    const inside = page.items.filter((item) => item.y < top && item.y >= bottom);
    return cellsOf(inside, borders, page);
  });
  return { top: lines[0] as number, bottom: lines.at(-1) as number, rows: rows.filter((row) => row.some((cell) => cell !== '')) };
}

/** The ruled tables of a page from top to bottom. A table has at least two columns and two rows between its rules. */
export function ruledTables(page: Page): RuledTable[] {
  const rules = (page.rules ?? []).filter((rule) => isVertical(rule) || isHorizontal(rule));
  if (rules.length > MOST_RULES) return [];
  const tables = connected(rules).flatMap((group) => tableOf(group, page) ?? []);
  return tables.filter((table) => table.rows.length > 0).toSorted((a, b) => b.top - a.top);
}
