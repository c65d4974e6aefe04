import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useApi } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { DomainsPanel } from '../notices/DomainsPanel.tsx';
import { LabelsPanel } from '../notifications/LabelsPanel.tsx';
import { EventsPanel } from './EventsPanel.tsx';
import { JobsPanel } from './JobsPanel.tsx';
import { Signs } from './Signs.tsx';
import styles from './Status.module.css';
import { AuditPanel, BackupPanel, DatabasePanel, DiskPanel, OutboxPanel, ServerPanel } from './FactPanels.tsx';

export type Status = Routes['GET /status']['output'];

/** @unit milliseconds */
const EVERY = 10_000;

/** Tình trạng hệ thống: what an administrator looks at in the morning, the troubles first. */
export function StatusPage(): ReactElement {
  const { t } = useTranslation('status');
  const { data, error, refetch } = useApi('GET /status');
  useEffect(() => {
    const timer = setInterval(() => void refetch(), EVERY);
    return () => clearInterval(timer);
  }, [refetch]);
  return (
    <>
      <PageHeader title={t('title')} lead={data === undefined ? undefined : t('lead', { at: formatDateTime(data.now) })} />
      {data !== undefined ? (
        <All status={data} />
      ) : error === null ? (
        <LoadingLines lines={10} />
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </>
  );
}

function All({ status }: { status: Status }): ReactElement {
  return (
    <div className={styles['all']}>
      <Signs status={status} />
      <div className={styles['grid']}>
        <DiskPanel status={status} />
        <DatabasePanel status={status} />
        <AuditPanel status={status} />
        <BackupPanel status={status} />
        <OutboxPanel status={status} />
        <ServerPanel status={status} />
      </div>
      <LabelsPanel />
      <DomainsPanel />
      <JobsPanel jobs={status.jobs} />
      <EventsPanel events={status.events} />
    </div>
  );
}
