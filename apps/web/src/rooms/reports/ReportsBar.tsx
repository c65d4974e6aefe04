import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { useAct } from '../../shell/acts.ts';
import { Icon } from '../../ui/icons.tsx';
import { codeOf, Status, AsOf } from './ReportWords.tsx';
import { useMakeReport } from './useMakeReport.ts';
import styles from './Reports.module.css';

/** On the page of a directive: a report in one click, the newest one, and the way to all of them. */
export function ReportsBar({ directive, code }: { directive: string; code: string | null }): ReactElement | null {
  const { t } = useTranslation('reports');
  const list = useApi('GET /directives/{id}/reports', { params: { id: directive }, query: { size: 1 } });
  const { make, busy } = useMakeReport(directive);
  const canMake = list.data?.canMake ?? false;
  useAct(canMake ? { id: 'act:quick-report', label: t('act.quick', { code: code ?? '' }), run: () => make('quick') } : null);
  useAct(canMake ? { id: 'act:result-report', label: t('act.result', { code: code ?? '' }), run: () => make('result') } : null);
  if (list.data === undefined || (!canMake && list.data.total === 0)) return null;
  const { items, total } = list.data;
  const [newest] = items;
  return (
    <section className={`${styles['bar']} never-printed`} aria-label={t('bar.label')}>
      {canMake && (
        <>
          <Button
            variant="light"
            size="compact-md"
            leftSection={<Icon name="document" size={16} />}
            loading={busy === 'quick'}
            onClick={() => make('quick')}
          >
            {t('kind.quick')}
          </Button>
          <Button variant="default" size="compact-md" loading={busy === 'result'} onClick={() => make('result')}>
            {t('kind.result')}
          </Button>
        </>
      )}
      {newest !== undefined && (
        <span className={styles['newest']}>
          {t('bar.newest')}{' '}
          <Link to={`/reports/${newest.id}`}>
            {t(`kind.${newest.kind}`)}
            {newest.number === null ? '' : ` ${codeOf(newest)}`}
          </Link>
          {', '}
          <AsOf at={newest.asOf} /> <Status status={newest.status} />
        </span>
      )}
      <Link className="touched" to={`/directives/${directive}/reports`}>
        {total === 0 ? t('bar.schedule') : t('bar.all', { count: total })}
      </Link>
    </section>
  );
}
