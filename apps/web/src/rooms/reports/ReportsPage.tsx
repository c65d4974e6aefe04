import { Button } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDate } from '../../i18n/format.ts';
import { ErrorState, LoadingLines, PageHeader } from '../../ui/page/index.ts';
import { DataTable, listQuery, useListState } from '../../ui/table/index.ts';
import type { Column } from '../../ui/table/index.ts';
import { ExerciseBanner } from '../exercises/ExerciseBanner.tsx';
import type { ReportHead } from './api.ts';
import { AsOf, codeOf, Status } from './ReportWords.tsx';
import { SchedulePanel } from './SchedulePanel.tsx';
import { useMakeReport } from './useMakeReport.ts';

/** The reports on one directive, newest first, and the daily schedule. */
export function ReportsPage(): ReactElement {
  const { t } = useTranslation('reports');
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const list = useListState();
  const directive = useApi('GET /directives/{id}/standing', { params: { id } });
  const { page, size } = listQuery(list.state) as { page: number; size: number };
  const answer = useApi('GET /directives/{id}/reports', { params: { id }, query: { page, size } });
  const { make, busy } = useMakeReport(id);
  const columns = useColumns();
  if (directive.error !== null) return <ErrorState page error={directive.error} onRetry={() => void directive.refetch()} />;
  if (directive.data === undefined) return <LoadingLines lines={8} />;
  const canMake = answer.data?.canMake ?? false;
  const { code, subject } = directive.data;
  const create = canMake && (
    <>
      <Button variant="default" loading={busy === 'result'} onClick={() => make('result')}>
        {t('kind.result')}
      </Button>
      <Button loading={busy === 'quick'} onClick={() => make('quick')}>
        {t('kind.quick')}
      </Button>
    </>
  );
  return (
    <>
      <ExerciseBanner name={directive.data.exerciseName} />
      <PageHeader
        title={t('list.title', { code: code ?? subject })}
        trail={<Link to={`/directives/${id}`}>{[code, subject].filter(Boolean).join(' · ')}</Link>}
        lead={t('list.lead')}
        actions={create}
      />
      <SchedulePanel directive={id} canMake={canMake} />
      <DataTable
        caption={t('list.title', { code: code ?? subject })}
        columns={columns}
        rowId={(row) => row.id}
        answer={answer}
        list={list}
        searchable={false}
        onOpen={(row) => void navigate({ to: `/reports/${row.id}` })}
        empty={{ title: t('list.empty'), why: canMake ? t('list.emptyWhy') : t('list.emptyWhyReader') }}
      />
    </>
  );
}

function useColumns(): readonly Column<ReportHead>[] {
  const { t } = useTranslation('reports');
  return [
    { id: 'kind', header: t('field.kind'), width: 170, cell: (row) => t(`kind.${row.kind}`) },
    {
      id: 'asOf',
      header: t('field.asOf'),
      cell: (row) => (
        <>
          <AsOf at={row.asOf} />
          {row.corrects !== null && <> · {t('list.corrects')}</>}
        </>
      ),
    },
    { id: 'status', header: t('field.status'), width: 170, cell: (row) => <Status status={row.status} /> },
    {
      id: 'number',
      header: t('field.number'),
      width: 200,
      cell: (row) => (row.number === null ? '–' : `${codeOf(row)}${row.day === null ? '' : `, ${formatDate(row.day)}`}`),
    },
    {
      id: 'who',
      header: t('field.who'),
      width: 240,
      cell: (row) =>
        row.approvedByName === null ? row.writtenByName : t('list.who', { writer: row.writtenByName, leader: row.approvedByName }),
    },
  ];
}
