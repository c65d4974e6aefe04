import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { ForeignText } from '../../ui/document/ForeignText.tsx';
import { ConfirmDialog, useErrorText } from '../../ui/form/index.ts';
import { DataTable, listQuery, useListState } from '../../ui/table/index.ts';
import type { Column } from '../../ui/table/index.ts';
import { showToast } from '../../ui/toast/index.ts';
import { STALE } from './api.ts';
import type { StatusFile } from './api.ts';
import styles from './Exchange.module.css';
import { useCanRead } from './useCanRead.ts';

const STATES = ['waiting', 'confirmed', 'discarded'] as const;

/** Messages that were read in: chosen ones are confirmed together, each for itself. */
export function FileTable(): ReactElement {
  const { t } = useTranslation('exchange');
  const { mayConfirm } = useCanRead();
  const list = useListState({ filters: ['state'] });
  const answer = useApi('GET /status-files', { query: listQuery(list.state) as never });
  const waiting = new Set(answer.data?.items.flatMap(({ id, state }) => (state === 'waiting' ? id : [])));
  return (
    <DataTable
      caption={t('files.title')}
      columns={useColumns()}
      rowId={(row) => row.id}
      answer={answer}
      list={list}
      searchable={false}
      filters={[{ name: 'state', label: t('files.state'), options: STATES.map((value) => ({ value, label: t(`state.${value}`) })) }]}
      empty={{ title: t('files.empty'), why: t('files.emptyWhy') }}
      {...(mayConfirm && waiting.size > 0
        ? { renderBulk: (ids: readonly string[], done: () => void) => <Bulk ids={ids.filter((id) => waiting.has(id))} onDone={done} /> }
        : {})}
    />
  );
}

function Bulk({ ids, onDone }: { ids: readonly string[]; onDone: () => void }): ReactElement {
  const { t } = useTranslation('exchange');
  const text = useErrorText();
  const [asking, setAsking] = useState(false);
  const confirm = useChange('POST /status-files/confirm', STALE);
  const send = (): void =>
    confirm.mutate(
      { body: { ids: [...ids] } },
      {
        onError: (error) => showToast({ kind: 'problem', message: text(error) ?? '' }),
        onSuccess: ({ items }) => {
          const left = items.filter(({ done }) => !done);
          const said = t('files.confirmed', { count: items.length - left.length, moved: items.filter(({ moved }) => moved).length });
          const why = left[0]?.problem?.[currentLanguage()];
          showToast(
            left.length === 0
              ? { message: said }
              : { kind: 'problem', message: `${said} ${t('files.left', { count: left.length })} ${why ?? ''}` },
          );
          setAsking(false);
          onDone();
        },
      },
    );
  return (
    <>
      <Button disabled={ids.length === 0} onClick={() => setAsking(true)}>
        {t('files.confirm', { count: ids.length })}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('files.confirmTitle', { count: ids.length })}
        confirm={t('files.confirm', { count: ids.length })}
        onConfirm={send}
        busy={confirm.isPending}
        error={confirm.error}
      >
        {t('files.confirmDetail')}
      </ConfirmDialog>
    </>
  );
}

function useColumns(): readonly Column<StatusFile>[] {
  const { t } = useTranslation('exchange');
  return [
    { id: 'code', header: t('column.code'), width: 190, cell: ({ code }) => `${code} · ${t(`code.${code}`)}` },
    {
      id: 'organisation',
      header: t('column.organisation'),
      wide: true,
      cell: (row) => <Link to={`/work/${row.directive}/${row.organisation}` as never}>{row.organisationName}</Link>,
    },
    { id: 'directive', header: t('column.directive'), width: 170, cell: ({ directiveName }) => directiveName },
    { id: 'at', header: t('column.at'), width: 150, cell: ({ at }) => (at === null ? '–' : formatDateTime(at)) },
    { id: 'what', header: t('column.what'), cell: (row) => <What row={row} /> },
  ];
}

function What({ row }: { row: StatusFile }): ReactElement {
  const isWaiting = row.state === 'waiting';
  const { t } = useTranslation('exchange');
  const outcome = row.moved === true ? t('declared.moved') : row.code === '13' ? '' : t('declared.beside');
  return (
    <span>
      {row.description !== null && (
        <div>
          <ForeignText text={row.description} />
        </div>
      )}
      {row.problem !== null && <div className={styles['problem']}>{row.problem[currentLanguage()]}</div>}
      {row.code === '13' && isWaiting && <div>{t('request.open')}</div>}
      {row.differs && !(isWaiting && row.problem !== null) && (
        <div className={styles['differs']}>{t(isWaiting ? 'declared.newer' : 'declared.differs')}</div>
      )}
      <div className={styles['hint']}>
        <ForeignText text={row.name} /> ·{' '}
        {isWaiting
          ? t('files.readBy', { who: row.readByName, at: formatDateTime(row.readAt) })
          : `${t('declared.by', { who: row.decidedByName ?? '' })} ${outcome}`}
        {row.reason !== null && ` · ${row.reason}`}
      </div>
      {isWaiting && <Discard row={row} />}
    </span>
  );
}

function Discard({ row }: { row: StatusFile }): ReactElement | null {
  const { t } = useTranslation('exchange');
  const { mayRead } = useCanRead();
  const [asking, setAsking] = useState(false);
  const discard = useChange('POST /status-files/{id}/discard', STALE);
  if (!mayRead) return null;
  return (
    <>
      <Button variant="subtle" size="compact-md" onClick={() => setAsking(true)}>
        {t('files.discard')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('files.discardTitle')}
        confirm={t('files.discard')}
        reason="required"
        onConfirm={(reason) => discard.mutate({ params: { id: row.id }, body: { reason } }, { onSuccess: () => setAsking(false) })}
        busy={discard.isPending}
        error={discard.error}
      >
        {t('files.discardDetail')}
      </ConfirmDialog>
    </>
  );
}
