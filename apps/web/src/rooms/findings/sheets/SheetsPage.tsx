import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import type { Routes } from '../../../api/contract.ts';
import { useSession } from '../../../api/session.ts';
import { formatDateTime } from '../../../i18n/format.ts';
import { PageHeader } from '../../../ui/page/index.ts';
import { DataTable, listQuery, useListState } from '../../../ui/table/index.ts';
import type { Column } from '../../../ui/table/index.ts';
import styles from '../../standing/sheets/Sheets.module.css';
import { SheetsBack } from './SheetsBack.tsx';
import { SheetsOut } from './SheetsOut.tsx';
import { useSheetFiles } from './useSheetFiles.ts';

type Line = Routes['GET /finding-sheet-files']['output']['items'][number];

/** Sheets of findings: out to organisations, and back from them. */
export function SheetsPage(): ReactElement {
  const { t } = useTranslation('findings');
  const { permissions } = useSession();
  const may = permissions.includes('findings:answer');
  return (
    <>
      <PageHeader title={t('sheets.title')} trail={<Link to={'/findings' as never}>{t('title')}</Link>} lead={t('sheets.lead')} />
      {may ? <Content /> : <p>{t('sheets.mayNot')}</p>}
    </>
  );
}

function Content(): ReactElement {
  const { t } = useTranslation('findings');
  const control = useSheetFiles();
  const list = useListState();
  const { page, size } = listQuery(list.state) as { page: number; size: number };
  const answer = useApi('GET /finding-sheet-files', { query: { page, size } });
  const open = (row: Line): void => {
    control.open(row.id);
    scrollTo({ top: 0 });
  };
  const columns = useColumns(open);
  return (
    <>
      <div className={styles['page']}>
        <SheetsBack control={control} />
        <SheetsOut />
      </div>
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
  const { t } = useTranslation('findings');
  const moment = (at: string | null, by: string | null): string => (at === null ? '–' : `${formatDateTime(at)}, ${by ?? ''}`);
  return [
    { id: 'organisation', header: t('column.organisation'), cell: (row) => row.organisation.name },
    {
      id: 'name',
      header: t('sheets.field.name'),
      cell: (row) => (
        <button type="button" className={`touched ${styles['open']}`} onClick={() => onOpen(row)}>
          {row.name}
        </button>
      ),
    },
    { id: 'state', header: t('column.state'), width: 160, cell: (row) => t(`sheets.state.${row.state}`) },
    { id: 'read', header: t('sheets.field.read'), width: 240, cell: (row) => moment(row.readAt, row.readByName) },
    { id: 'decided', header: t('sheets.field.decided'), width: 240, cell: (row) => moment(row.decidedAt, row.decidedByName) },
  ];
}
