import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import type { Routes } from '../../api/contract.ts';
import styles from './Notices.module.css';

type Run = Routes['GET /notice-rules/{id}/runs']['output']['items'][number];

/** What a rule did, newest first, with whom it told nothing and why. */
export function RunsPanel({ rule }: { rule: string }): ReactElement {
  const { t } = useTranslation('notices');
  const [size, setSize] = useState(10);
  const { data } = useApi('GET /notice-rules/{id}/runs', { params: { id: rule }, query: { size } });
  return (
    <Panel>
      <h2 className={styles['heading']}>{t('runs.title')}</h2>
      {data === undefined ? (
        <LoadingLines lines={3} />
      ) : data.total === 0 ? (
        <p className={styles['soft']}>{t('runs.none')}</p>
      ) : (
        <ul className={styles['plain']}>
          {data.items.map((run) => (
            <li key={run.id}>
              <One run={run} />
            </li>
          ))}
        </ul>
      )}
      {data !== undefined && data.items.length < data.total && (
        <Button variant="default" mt="md" onClick={() => setSize(size + 30)}>
          {t('runs.more', { count: data.total - data.items.length })}
        </Button>
      )}
    </Panel>
  );
}

function One({ run }: { run: Run }): ReactElement {
  const { t } = useTranslation('notices');
  const many = { count: run.notices, shown: formatNumber(run.notices), findings: formatNumber(run.findings) };
  return (
    <>
      <strong>{formatDateTime(run.at)}</strong> {run.test && <span className={`${styles['badge']} ${styles['test']}`}>{t('test')}</span>}{' '}
      {t(run.done ? 'runs.did' : 'runs.doing', many)} <span className={styles['soft']}>· {run.by}</span>
      {run.held.length > 0 && (
        <details>
          <summary>{t('runs.held', { count: run.held.length })}</summary>
          <ul className={styles['plain']}>
            {run.held.map(({ organisation, why }) => (
              <li key={organisation.id}>
                {organisation.name}: {t(`why.${why}`)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
