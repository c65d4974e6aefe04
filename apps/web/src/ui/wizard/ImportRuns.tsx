import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import styles from './ImportRun.module.css';
import type { ImportRunView } from './useImportRun.ts';

/** One's latest imports of a kind: back to one that still runs, stopped, or can be undone. Nothing where there is none. */
export function ImportRuns({ kind }: { kind: ImportRunView['kind'] }): ReactElement | null {
  const { t } = useTranslation('ui');
  const { data } = useApi('GET /import-runs', { query: { kind, size: 5 } });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className={styles['stack']}>
      <h2>{t('importRun.mine')}</h2>
      <ul className={styles['runs']}>
        {data.items.map((run) => (
          <li key={run.id}>
            <Link to={'.' as never} search={{ kind, run: run.id } as never}>
              {run.name}
            </Link>
            <span className={styles['soft']}>
              {formatDateTime(run.startedAt)} · {t(`importRun.short.${run.state}`)} · {formatNumber(run.done)}/{formatNumber(run.total)}{' '}
              {t('importRun.rows')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
