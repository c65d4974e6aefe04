import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import type { Routes } from '../../../api/contract.ts';
import { formatDateTime } from '../../../i18n/format.ts';
import { DataTable, listQuery, useListState } from '../../../ui/table/index.ts';
import type { Column } from '../../../ui/table/index.ts';
import styles from './Sheets.module.css';

type Line = Routes['GET /directives/{id}/answer-files']['output']['items'][number];

/** Every file of this directive that was ever read: by whom, and what became of it. */
export function SheetsPast({ directive, onOpen }: { directive: string; onOpen: (id: string) => void }): ReactElement {
  const { t } = useTranslation('standing');
  const list = useListState();
  const { page, size } = listQuery(list.state) as { page: number; size: number };
  const answer = useApi('GET /directives/{id}/answer-files', { params: { id: directive }, query: { page, size } });
  const open = (row: Line): void => {
    onOpen(row.id);
    scrollTo({ top: 0 });
  };
  const columns = useColumns(open);
  return (
    <>
      <h2 className={styles['past']}>{t('sheets.past')}</h2>
      <DataTable
        caption={t('sheets.past')}
        columns={columns}
        rowId={(row) => row.id}
        answer={answer}
        list={list}
        searchable={false}
        onOpen={open}
        empty={{ title: t('sheets.pastEmpty'), why: t('sheets.pastEmptyWhy') }}
      />
    </>
  );
}

function useColumns(onOpen: (row: Line) => void): readonly Column<Line>[] {
  const { t } = useTranslation('standing');
  return [
    { id: 'organisation', header: t('matrix.organisation'), cell: (row) => row.organisation.name },
    { id: 'name', header: t('sheets.field.name'), cell: (row) => <FileName row={row} onOpen={onOpen} /> },
    { id: 'state', header: t('sheets.field.state'), width: 180, cell: (row) => t(`sheets.state.${row.state}`) },
    { id: 'read', header: t('sheets.field.read'), width: 240, cell: (row) => `${formatDateTime(row.readAt)}, ${row.readByName}` },
    {
      id: 'decided',
      header: t('sheets.field.decided'),
      width: 240,
      cell: (row) => (row.decidedAt === null ? '–' : `${formatDateTime(row.decidedAt)}, ${row.decidedByName ?? ''}`),
    },
  ];
}

function FileName({ row, onOpen }: { row: Line; onOpen: (row: Line) => void }): ReactElement {
  return (
    <button type="button" className={`touched ${styles['open']}`} onClick={() => onOpen(row)}>
      {row.name}
    </button>
  );
}
