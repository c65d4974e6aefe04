import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactElement } from 'react';
import { useDensity } from '../theme/density.ts';
import styles from './Matrix.module.css';
import { MatrixHead } from './MatrixHead.tsx';
import { MatrixRowLine } from './MatrixRowLine.tsx';
import { linesOf, moved } from './model.ts';
import type { MatrixColumn, MatrixPlace, MatrixRow } from './model.ts';
import { usePrinting } from './usePrinting.ts';

interface MatrixProps {
  /** Names the grid for screen readers. */
  label: string;
  /** Head of the first column: *Đơn vị*. */
  nameHead: string;
  columns: readonly MatrixColumn[];
  rows: readonly MatrixRow[];
  selected: MatrixPlace | null;
  /** A click or Enter on a cell, or on a row's name (`column` null). */
  onSelect: (place: MatrixPlace) => void;
  /** A click on a column's head: sort by it, or show the requirement. */
  onColumn?: (id: string) => void;
  /** CSS height of the whole, default `60dvh`. */
  height?: string;
}

/**
 * Rows × columns with frozen head and first column, of which only the rows in view are drawn. Arrow keys, Home, End, PageUp and PageDown
 * move over the cells, Enter or Space chooses. What a chosen cell was counted from is shown by the caller, in a panel of its own.
 */
export function Matrix({ label, nameHead, columns, rows, selected, onSelect, onColumn, height = '60dvh' }: MatrixProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(rows), [rows]);
  const [active, setActive] = useState(() => ({ line: lines.findIndex(({ kind }) => kind === 'row'), column: 1 }));
  const lineHeight = useDensity()[0] === 'compact' ? 27 : 34;
  const printing = usePrinting();
  const rangeExtractor = useCallback(
    (range: Parameters<typeof defaultRangeExtractor>[0]) =>
      [...new Set([...defaultRangeExtractor(range), active.line])].filter((at) => at >= 0 && at < range.count).toSorted((a, b) => a - b),
    [active.line],
  );
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: printing ? lines.length : 8,
    rangeExtractor,
    scrollPaddingStart: 40,
  });
  useEffect(() => virtual.measure(), [lineHeight, virtual]);
  const choose = (at: { line: number; column: number }): void => {
    const line = lines[at.line];
    if (line?.kind === 'row') onSelect({ row: line.row.id, column: at.column === 0 ? null : (columns[at.column - 1]?.id ?? null) });
  };
  const go = (next: { line: number; column: number }): void => {
    setActive(next);
    virtual.scrollToIndex(next.line);
    requestAnimationFrame(() => focusCell(scroller.current, next));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (placeOf(event.target) === null) return;
    if (event.key === 'Enter' || event.key === ' ') choose(active);
    else {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / lineHeight) - 2);
      const next = moved(active, event.key, { lines, columns: columns.length, page, control: event.ctrlKey });
      if (next === null) return;
      go(next);
    }
    event.preventDefault();
  };
  const onClick = (event: MouseEvent): void => {
    const place = placeOf(event.target);
    if (place === null) return;
    setActive(place);
    choose(place);
  };
  const width = columns.reduce((sum, column) => sum + widthOf(column), 0);
  const style = { '--columns': templateOf(columns), '--cells': `${width}px`, maxHeight: height } as CSSProperties;
  return (
    <div
      ref={scroller}
      className={styles['scroll']}
      style={style}
      role="grid"
      tabIndex={-1}
      aria-label={label}
      aria-rowcount={lines.length + 1}
      aria-colcount={columns.length + 1}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <MatrixHead nameHead={nameHead} columns={columns} current={selected?.column ?? null} onColumn={onColumn} />
      <div className={styles['body']} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          return (
            <div key={index} className={styles['placed']} style={{ transform: `translateY(${start}px)` }} role="presentation">
              {line?.kind === 'row' ? (
                <MatrixRowLine
                  row={line.row}
                  columns={columns}
                  line={index}
                  active={active.line === index ? active.column : -1}
                  chosen={selected?.row === line.row.id ? selected.column : undefined}
                />
              ) : (
                <div className={styles['group']} role="row" aria-rowindex={index + 2}>
                  <span role="rowheader">{line?.label}</span>
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function placeOf(target: EventTarget): { line: number; column: number } | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-line]') : null;
  return cell === null ? null : { line: Number(cell.dataset['line']), column: Number(cell.dataset['column']) };
}

function focusCell(scroller: HTMLElement | null, { line, column }: { line: number; column: number }): void {
  const cell = scroller?.querySelector<HTMLElement>(`[data-line="${line}"][data-column="${column}"]`);
  cell?.focus({ preventScroll: column === 0 });
}

function widthOf({ width = 76 }: MatrixColumn): number {
  return width;
}

function templateOf(columns: readonly MatrixColumn[]): string {
  return `minmax(var(--matrix-name), 1fr) ${columns.map((column) => `${widthOf(column)}px`).join(' ')}`;
}
