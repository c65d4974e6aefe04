import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { Problem } from '../../ui/form/Form.tsx';
import { LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { Progress } from '../../ui/wizard/Progress.tsx';
import { type Run, useRuns } from './api.ts';
import styles from './Notices.module.css';

/** What a rule did, newest first, with whom it told nothing and why. */
export function RunsPanel({ rule }: { rule: string }): ReactElement {
  const { t } = useTranslation('notices');
  const [size, setSize] = useState(10);
  const { data } = useRuns(rule, size);
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
              <One rule={rule} run={run} />
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

function One({ rule, run }: { rule: string; run: Run }): ReactElement {
  const { t } = useTranslation('notices');
  const many = { count: run.notices, shown: formatNumber(run.notices), findings: formatNumber(run.findings) };
  const far = { looked: formatNumber(run.looked), organisations: formatNumber(run.organisations) };
  return (
    <>
      <strong>{formatDateTime(run.at)}</strong> {run.test && <span className={`${styles['badge']} ${styles['test']}`}>{t('test')}</span>}{' '}
      {t(run.state === 'done' ? 'runs.did' : `runs.${run.cancelling ? 'cancelling' : run.state}`, { ...many, ...far })}{' '}
      <span className={styles['soft']}>· {run.by}</span>
      {run.state === 'running' && <Going rule={rule} run={run} />}
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

function Going({ rule, run }: { rule: string; run: Run }): ReactElement {
  const { t } = useTranslation('notices');
  const cancel = useChange('POST /notice-rules/{id}/cancel', ['GET /notice-rules/{id}/runs']);
  const mayStop = useSession().permissions.includes('findings:decide');
  return (
    <>
      <Progress done={run.looked} total={run.organisations} noun={t('runs.noun')} />
      {cancel.error !== null && <Problem error={cancel.error} />}
      {mayStop && (
        <Button
          variant="default"
          size="compact-md"
          mt="xs"
          loading={cancel.isPending}
          disabled={run.cancelling}
          onClick={() => cancel.mutate({ params: { id: rule }, body: {} })}
        >
          {t('runs.cancel')}
        </Button>
      )}
    </>
  );
}
