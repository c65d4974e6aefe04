import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { useApi, useChange } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { useErrorText } from '../../ui/form/index.ts';
import { DataTable, listQuery, useListState } from '../../ui/table/index.ts';
import type { Column } from '../../ui/table/index.ts';
import { showToast } from '../../ui/toast/index.ts';
import { STALE } from './api.ts';
import type { QueueItem } from './api.ts';
import styles from './Exchange.module.css';
import { useCanRead } from './useCanRead.ts';

/** Messages that the office hands over to the axis itself; a person marks them sent. */
export function QueueTable(): ReactElement {
  const { t } = useTranslation('exchange');
  const { mayRead } = useCanRead();
  const list = useListState({ filters: ['sent'] });
  const answer = useApi('GET /status-messages', { query: listQuery(list.state) as never });
  const waiting = new Set(answer.data?.items.flatMap(({ id, sentAt }) => (sentAt === null ? id : [])));
  return (
    <DataTable
      caption={t('queue.title')}
      columns={useColumns()}
      rowId={(row) => row.id}
      answer={answer}
      list={list}
      searchable={false}
      filters={[
        {
          name: 'sent',
          label: t('files.state'),
          options: [
            { value: 'no', label: t('queue.waiting') },
            { value: 'yes', label: t('queue.sent') },
          ],
        },
      ]}
      empty={{ title: t('queue.empty'), why: t('queue.emptyWhy') }}
      {...(mayRead && waiting.size > 0
        ? { renderBulk: (ids: readonly string[], done: () => void) => <Mark ids={ids.filter((id) => waiting.has(id))} onDone={done} /> }
        : {})}
    />
  );
}

function Mark({ ids, onDone }: { ids: readonly string[]; onDone: () => void }): ReactElement {
  const { t } = useTranslation('exchange');
  const text = useErrorText();
  const mark = useChange('POST /status-messages/sent', STALE);
  const send = (): void =>
    mark.mutate(
      { body: { ids: [...ids] } },
      {
        onError: (error) => showToast({ kind: 'problem', message: text(error) ?? '' }),
        onSuccess: ({ marked }) => {
          showToast({ message: t('queue.marked', { count: marked }) });
          onDone();
        },
      },
    );
  return (
    <Button loading={mark.isPending} disabled={ids.length === 0} onClick={send}>
      {t('panel.mark', { count: ids.length })}
    </Button>
  );
}

function useColumns(): readonly Column<QueueItem>[] {
  const { t } = useTranslation('exchange');
  return [
    {
      id: 'code',
      header: t('column.code'),
      width: 190,
      cell: ({ id, code }) => (
        <a href={hrefOf('GET /status-messages/{id}/file', { params: { id } })} download>
          {code} · {t(`code.${code}`)}
        </a>
      ),
    },
    {
      id: 'organisation',
      header: t('column.organisation'),
      wide: true,
      cell: (row) => (
        <Link to={row.hasPart ? `/work/${row.directive}/${row.organisation}` : (`/directives/${row.directive}` as never)}>
          {row.organisationName}
        </Link>
      ),
    },
    { id: 'directive', header: t('column.directive'), width: 170, cell: ({ directiveName }) => directiveName },
    { id: 'at', header: t('column.at'), width: 150, cell: ({ at }) => formatDateTime(at) },
    {
      id: 'what',
      header: t('column.what'),
      cell: (row) => (
        <span>
          {row.description !== null && <div>{row.description}</div>}
          <div className={styles['hint']}>
            {row.sentAt === null
              ? t('queue.made', { who: row.madeByName, at: formatDateTime(row.madeAt) })
              : t('message.sent', { who: row.sentByName ?? '', at: formatDateTime(row.sentAt) })}
          </div>
        </span>
      ),
    },
  ];
}
