import { memo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { stateCell } from '../state/StateChip.tsx';
import styles from './Matrix.module.css';
import type { MatrixColumn, MatrixRow } from './model.ts';

interface MatrixRowLineProps {
  row: MatrixRow;
  columns: readonly MatrixColumn[];
  line: number;
  /** Column that the keyboard stands on, 0 being the name; -1 when it is in another row. */
  active: number;
  /** Chosen column by id, null for the whole row, undefined when another row is chosen. */
  chosen: string | null | undefined;
}

/** One row; drawn again only when something of its own changed. Clicks and keys are handled by the grid. */
export const MatrixRowLine = memo(function MatrixRowLine({ row, columns, line, active, chosen }: MatrixRowLineProps): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <div className={`${styles['line']} ${styles['row']}`} role="row" aria-rowindex={line + 2}>
      <div
        role="rowheader"
        className={`${styles['name']} ${chosen === null ? styles['chosen'] : ''}`}
        data-line={line}
        data-column={0}
        tabIndex={active === 0 ? 0 : -1}
        title={row.context === undefined ? row.name : `${row.name} · ${row.context}`}
        aria-colindex={1}
      >
        <span className={styles['nameText']}>
          {row.name}
          {row.context !== undefined && <span className={styles['context']}> · {row.context}</span>}
        </span>
      </div>
      {columns.map((column, at) => {
        const cell = row.cells[column.id];
        const classes = [
          column.kind === 'paper' && styles['paper'],
          cell?.text !== undefined && styles['text'],
          chosen === column.id && styles['chosen'],
        ];
        return (
          <div
            key={column.id}
            role="gridcell"
            className={classes.filter(Boolean).join(' ')}
            data-line={line}
            data-column={at + 1}
            tabIndex={active === at + 1 ? 0 : -1}
            aria-selected={chosen === column.id}
            aria-colindex={at + 2}
          >
            {cell?.text ?? stateCell(cell?.state ?? 'no-data', cell?.value, t)}
            {cell?.mark !== undefined && (
              <span className={styles['mark']} title={cell.mark.label}>
                <span aria-hidden="true">{cell.mark.sign}</span>
                <span className="only-heard">{cell.mark.label}</span>
              </span>
            )}
            {cell?.past !== undefined && (
              <span className={`${styles['mark']} ${styles['past']} tabular`} title={cell.past.label}>
                <span aria-hidden="true">{cell.past.sign}</span>
                <span className="only-heard">{cell.past.label}</span>
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
});
