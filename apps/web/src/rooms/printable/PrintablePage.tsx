import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import type { Routes } from '../../api/contract.ts';
import { useApi, useChange } from '../../api/query.ts';
import { formatBytes, formatDateTime } from '../../i18n/format.ts';
import { Download } from '../../ui/form/Download.tsx';
import { fieldError, Form } from '../../ui/form/index.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { EmptyState, ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/index.ts';
import styles from './Printable.module.css';

type Listed = Routes['GET /printable']['output'];

/** Danh sách in sẵn: contacts and open tasks as files, for when the network is down. */
export function PrintablePage(): ReactElement {
  const { t } = useTranslation('printable');
  const { data, error, refetch } = useApi('GET /printable');
  if (data === undefined)
    return (
      <>
        <PageHeader title={t('title')} />
        {error === null ? <LoadingLines lines={6} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
      </>
    );
  const hour = data.hour === null ? t('notByItself') : t('byItself', { hour: data.hour });
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead', { when: hour, days: data.keep })} />
      <div className={styles['all']}>
        <WriteNow />
        <Files listed={data} />
      </div>
    </>
  );
}

function WriteNow(): ReactElement {
  const { t } = useTranslation('printable');
  const [reason, setReason] = useState('');
  const write = useChange('POST /printable', ['GET /printable']);
  const submit = (): void =>
    write.mutate(
      { body: { reason } },
      {
        onSuccess: () => {
          setReason('');
          showToast({ message: t('written') });
        },
      },
    );
  return (
    <Panel label={t('write.title')}>
      <h2 className={styles['heading']}>{t('write.title')}</h2>
      <p className={styles['soft']}>{t('write.lead')}</p>
      <Form onSubmit={submit} error={write.error} places={['reason']}>
        <TextInput
          label={t('write.reason')}
          placeholder={t('write.example')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fieldError(write.error, 'reason')}
          maxLength={300}
          required
        />
        <div>
          <Button type="submit" loading={write.isPending}>
            {t('write.button')}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

function Files({ listed: { items, folder } }: { listed: Listed }): ReactElement {
  const { t } = useTranslation('printable');
  return (
    <Panel label={t('files.title')}>
      <h2 className={styles['heading']}>{t('files.title')}</h2>
      <p className={styles['soft']}>
        {t('files.folder')} <code className={styles['address']}>{folder}</code>
      </p>
      {items.length === 0 ? (
        <EmptyState title={t('files.empty')} why={t('files.emptyWhy')} />
      ) : (
        <ul className={styles['files']}>
          {items.map(({ name, kind, format, at, size }) => (
            <li key={name}>
              <span className="tabular">{formatDateTime(at)}</span>
              <span>
                {t(`kind.${kind}`)} ({format.toUpperCase()}, {formatBytes(size)})
              </span>
              <Download path={hrefOf('GET /printable/{name}', { params: { name } })}>
                {t('files.download')}
                <span className="only-heard"> {name}</span>
              </Download>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
