import { memo } from 'react';
import type { ReactElement } from 'react';
import styles from './Matrix.module.css';
import type { MatrixColumn } from './model.ts';

interface MatrixHeadProps {
  nameHead: string;
  columns: readonly MatrixColumn[];
  current: string | null;
  onColumn: ((id: string) => void) | undefined;
}

export const MatrixHead = memo(function MatrixHead({ nameHead, columns, current, onColumn }: MatrixHeadProps): ReactElement {
  return (
    <div className={styles['head']} role="rowgroup">
      <div className={styles['line']} role="row" aria-rowindex={1}>
        <div className={styles['name']} role="columnheader" aria-colindex={1}>
          {nameHead}
        </div>
        {columns.map(({ id, label, hint, kind }, at) => {
          const classes = [kind === 'paper' && styles['paper'], current === id && styles['current']];
          return (
            <div key={id} role="columnheader" aria-colindex={at + 2} className={classes.filter(Boolean).join(' ')} title={hint}>
              {onColumn === undefined ? (
                label
              ) : (
                <button type="button" className={styles['headButton']} onClick={() => onColumn(id)}>
                  {label}
                  {hint !== undefined && <span className="only-heard"> {hint}</span>}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
});
