import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { ForeignText } from '../../ui/document/index.ts';
import { DataTable, listQuery, useListState } from '../../ui/table/index.ts';
import type { Column } from '../../ui/table/index.ts';
import { ExerciseBadge } from '../exercises/ExerciseBanner.tsx';
import { useExerciseFilter } from '../exercises/ExerciseChoice.tsx';
import { RESULTS } from './api.ts';
import type { CallResult, LoggedCall } from './api.ts';

/** The log of check calls, newest first. */
export function CallLog(): ReactElement {
  const { t } = useTranslation('duty');
  const exercise = useExerciseFilter();
  const list = useListState({ sort: '-calledAt', filters: ['result', 'exercise'] });
  const { result, ...query } = listQuery(list.state) as { result?: string; page: number; size: number; sort: string; q: string };
  const answer = useApi('GET /duty/calls', {
    query: { ...query, ...(result === undefined || result === '' ? {} : { result: result as CallResult }) },
  });
  return (
    <DataTable
      caption={t('view.log')}
      columns={columnsOf(t)}
      rowId={({ id }) => id}
      answer={answer}
      list={list}
      filters={[
        { name: 'result', label: t('call.result'), options: RESULTS.map((value) => ({ value, label: t(`result.${value}`) })) },
        exercise,
      ]}
      empty={{ title: t('log.empty'), why: t('log.emptyWhy') }}
    />
  );
}

function columnsOf(t: TFunction<'duty'>): Column<LoggedCall>[] {
  return [
    { id: 'calledAt', header: t('log.at'), cell: ({ calledAt }) => formatDateTime(calledAt), sortable: true, width: 140 },
    { id: 'organisation', header: t('log.organisation'), cell: ({ organisation }) => <ForeignText text={organisation.name} /> },
    {
      id: 'result',
      header: t('call.result'),
      cell: (row) => (
        <>
          {t(`result.${row.result}`)} {row.exercise && <ExerciseBadge />}
        </>
      ),
    },
    { id: 'phone', header: t('log.phone'), hint: t('log.phoneHint'), cell: ({ phone }) => <span className="address">{phone}</span> },
    { id: 'note', header: t('call.note'), cell: ({ note }) => (note === null ? '–' : <ForeignText text={note} />) },
    { id: 'calledBy', header: t('log.by'), cell: ({ calledBy }) => <ForeignText text={calledBy} /> },
  ];
}
