import type { State, StateValue } from '../state/state.ts';

export interface MatrixColumn {
  id: string;
  /** Short head: `1.c`. */
  label: string;
  /** The whole of it, for hover and screen readers. */
  hint?: string;
  /** `measure` is lit by figures; `paper` (received, answered in time) stands apart and lights nothing. */
  kind?: 'measure' | 'paper';
  /** Pixels. */
  width?: number;
}

export interface MatrixCell {
  state: State;
  value?: StateValue;
  /** Plain text instead of a state, for columns of paperwork. */
  text?: string;
  /** A small sign beside the state for what is on paper, and what it means; it has no colour of its own. */
  mark?: { sign: string; label: string };
  /** How much of what lies behind was done, as a small sign: 2/3. */
  past?: { sign: string; label: string };
}

export interface MatrixRow {
  id: string;
  name: string;
  /** What tells it from its namesakes. */
  context?: string;
  /** Rows of one group stand together under its heading, in the order given. */
  group?: string;
  cells: Readonly<Record<string, MatrixCell | undefined>>;
}

/** A cell, or a whole row when `column` is null. */
export interface MatrixPlace {
  row: string;
  column: string | null;
}

export type MatrixLine = { kind: 'group'; label: string } | { kind: 'row'; row: MatrixRow };

/** Group headings and rows as one list of lines. */
export function linesOf(rows: readonly MatrixRow[]): MatrixLine[] {
  const lines: MatrixLine[] = [];
  let group: string | undefined;
  for (const row of rows) {
    if (row.group !== undefined && row.group !== group) lines.push({ kind: 'group', label: row.group });
    group = row.group;
    lines.push({ kind: 'row', row });
  }
  return lines;
}

/** Where a key leads from a cell; column 0 is the row's name. Null for keys that do not move. Group headings are stepped over. */
export function moved(
  at: { line: number; column: number },
  key: string,
  size: { lines: readonly MatrixLine[]; columns: number; page: number; control: boolean },
): { line: number; column: number } | null {
  const last = size.lines.length - 1;
  const to = (line: number, step: number): number => {
    let next = Math.min(Math.max(line, 0), last);
    while (size.lines[next]?.kind === 'group') next += step;
    return size.lines[next] === undefined ? at.line : next;
  };
  if (key === 'ArrowUp') return { ...at, line: to(at.line - 1, -1) };
  if (key === 'ArrowDown') return { ...at, line: to(at.line + 1, 1) };
  if (key === 'PageUp') return { ...at, line: to(at.line - size.page, 1) };
  if (key === 'PageDown') return { ...at, line: to(at.line + size.page, -1) };
  if (key === 'ArrowLeft') return { ...at, column: Math.max(at.column - 1, 0) };
  if (key === 'ArrowRight') return { ...at, column: Math.min(at.column + 1, size.columns) };
  if (key === 'Home') return { line: size.control ? to(0, 1) : at.line, column: 0 };
  if (key === 'End') return { line: size.control ? to(last, -1) : at.line, column: size.columns };
  return null;
}
