import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import styles from './State.module.css';
import { STATES } from './state.ts';
import type { State } from './state.ts';

interface StateBarProps {
  /** How many organisations (or tasks) are in each state; what is not concerned stays out of the sum. */
  counts: Partial<Record<State, number>>;
  hideLabel?: boolean;
}

/** A small stacked bar with *met of all concerned*; every part is said in the accessible name and on hover. */
export function StateBar({ counts, hideLabel = false }: StateBarProps): ReactElement {
  const { t } = useTranslation('ui');
  const parts = STATES.filter((state) => state !== 'not-concerned')
    .map((state) => ({ state, count: counts[state] ?? 0 }))
    .filter(({ count }) => count > 0);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const said = parts.map(({ state, count }) => `${t(`state.${state}`)} ${formatNumber(count)}`).join(', ');
  const full = total === 0 ? t('state.no-data') : `${said} / ${formatNumber(total)}`;
  return (
    <span className={styles['bar']} title={full}>
      <span className="only-heard">{full}</span>
      {!hideLabel && (
        <span className={styles['label']} aria-hidden="true">
          {total === 0 ? (
            full
          ) : (
            <>
              <strong>
                {formatNumber(counts.met ?? 0)}/{formatNumber(total)}
              </strong>{' '}
              {t('state.short.met')}
            </>
          )}
        </span>
      )}
      <span className={styles['track']} aria-hidden="true">
        {total === 0 && <span className={`${styles['segment']} ${styles['no-data']}`} style={{ flexGrow: 1 }} />}
        {parts.map(({ state, count }) => (
          <span key={state} className={`${styles['segment']} ${styles[state]}`} style={{ flexGrow: count }} />
        ))}
      </span>
    </span>
  );
}
