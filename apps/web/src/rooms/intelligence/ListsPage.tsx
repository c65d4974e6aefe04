import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { StateChip } from '../../ui/state/StateChip.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { CHIPS, type ListLine, useMayTakeIn } from './api.ts';
import styles from './Intelligence.module.css';

const STATES = ['living', 'draft', 'gone', 'all'] as const;

/** The lists that the authority received, the newest first. */
export function ListsPage(): ReactElement {
  const { t } = useTranslation('intelligence');
  const navigate = useNavigate();
  const list = useListState({ filters: ['state'] });
  const { sort: _, state, ...rest } = listQuery(list.state) as Record<string, string>;
  const answer = useApi('GET /lists', { query: { ...rest, ...(state && { state }) } as never });
  const writes = useMayTakeIn();
  const take = (): void => void navigate({ to: '/lists/import' as never, search: {} as never });
  const open = (row: ListLine): void =>
    row.state === 'draft'
      ? void navigate({ to: '/lists/import' as never, search: { list: row.id } as never })
      : void navigate({ to: `/lists/${row.id}` as never, search: {} as never });
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Button variant="default" onClick={() => void navigate({ to: '/lists/names' as never, search: {} as never })}>
              {t('names.page')}
            </Button>
            {writes && <Button onClick={take}>{t('action.import')}</Button>}
          </>
        }
      />
      <DataTable
        caption={t('title')}
        columns={useColumns()}
        rowId={(row) => row.id}
        answer={answer}
        list={list}
        onOpen={open}
        filters={[
          {
            name: 'state',
            label: t('field.state'),
            unset: t('filter.living'),
            options: STATES.filter((one) => one !== 'living').map((one) => ({ value: one, label: t(`filter.${one}`) })),
          },
        ]}
        empty={{ title: t('empty.title'), why: t(writes ? 'empty.why' : 'empty.whyRead') }}
      />
    </>
  );
}

function useColumns(): readonly Column<ListLine>[] {
  const { t } = useTranslation('intelligence');
  return [
    {
      id: 'title',
      header: t('field.list'),
      width: '30%',
      cell: (row) => (
        <>
          {row.title}
          {row.isExercise && <span className={styles['drill']}>{t('exercise.mark')}</span>}
          <div className={styles['soft']}>{row.sender.name}</div>
        </>
      ),
    },
    {
      id: 'made',
      header: t('field.made'),
      cell: (row) => (
        <>
          {formatDateTime(row.madeAt)}
          <div className={styles['soft']}>{row.madeBy}</div>
        </>
      ),
    },
    { id: 'state', header: t('field.state'), cell: (row) => <StateChip state={CHIPS[row.state]} label={t(`state.${row.state}`)} /> },
    { id: 'rows', header: t('count.rows'), number: true, cell: (row) => formatNumber(row.counts.rows) },
    { id: 'matched', header: t('count.matched'), number: true, cell: (row) => formatNumber(row.counts.matched) },
    { id: 'unmatched', header: t('count.unmatched'), number: true, cell: (row) => formatNumber(row.counts.unmatched) },
    { id: 'refused', header: t('count.refused'), number: true, cell: (row) => formatNumber(row.counts.refused) },
  ];
}
