import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../i18n/format.ts';
import { PageHeader } from '../../../ui/page/index.ts';
import { DataTable, listQuery, useListState } from '../../../ui/table/index.ts';
import type { Column, Filter } from '../../../ui/table/index.ts';
import { ExerciseBadge } from '../../exercises/ExerciseBanner.tsx';
import { useExerciseFilter } from '../../exercises/ExerciseChoice.tsx';
import { useRead } from '../api.ts';
import type { DirectiveItem } from '../api.ts';
import styles from '../Directives.module.css';
import { useCanDraft } from '../useCanDraft.ts';

/** Every directive of the scope: drafts first, then what was issued or received, newest first. */
export function DirectivesPage(): ReactElement {
  const { t } = useTranslation('directives');
  const navigate = useNavigate();
  const canDraft = useCanDraft();
  const list = useListState({ filters: ['status', 'kind', 'year', 'issuer', 'exercise'] });
  const answer = useRead('GET /directives', { query: listQuery(list.state) as never });
  const open = (row: DirectiveItem): void =>
    void navigate({ to: row.status === 'draft' ? `/directives/${row.id}/check` : `/directives/${row.id}` });
  const create = canDraft && <Button onClick={() => void navigate({ to: '/directives/new' })}>{t('list.new')}</Button>;
  return (
    <>
      <PageHeader title={t('list.title')} lead={t('list.lead')} actions={create} />
      <DataTable
        caption={t('list.title')}
        columns={useColumns()}
        rowId={(row) => row.id}
        answer={answer}
        list={list}
        filters={useFilters(answer.data)}
        onOpen={open}
        empty={{ title: t('list.empty'), why: canDraft ? t('list.emptyWhy') : t('list.emptyWhyAgency'), action: create }}
      />
    </>
  );
}

function useColumns(): readonly Column<DirectiveItem>[] {
  const { t } = useTranslation('directives');
  return [
    {
      id: 'code',
      header: t('field.code'),
      sortable: true,
      width: 190,
      cell: (row) => <span className={styles['code']}>{row.code ?? `…${row.symbol ?? ''}`}</span>,
    },
    {
      id: 'subject',
      header: t('field.subject'),
      sortable: true,
      wide: true,
      cell: (row) => (
        <span>
          {row.urgency !== null && <span className={styles['urgent']}>{t(`urgency.${row.urgency}`)}</span>}
          {row.exerciseName !== null && (
            <>
              <ExerciseBadge />{' '}
            </>
          )}
          {row.subject === '' ? <em>{t('list.noSubject')}</em> : row.subject}
        </span>
      ),
    },
    { id: 'issuer', header: t('field.issuerName'), sortable: true, width: 220, cell: (row) => row.issuerName ?? '–' },
    { id: 'day', header: t('field.day'), sortable: true, width: 110, cell: (row) => (row.day === null ? '–' : formatDate(row.day)) },
    { id: 'status', header: t('field.status'), width: 190, cell: (row) => <Status row={row} /> },
  ];
}

function Status({ row }: { row: DirectiveItem }): ReactElement {
  const { t } = useTranslation('directives');
  return (
    <span className={styles['statuses']}>
      <span className={`${styles['status']} ${styles[row.status]}`}>{t(`status.${row.status}`)}</span>
      {row.incomplete && <span className={styles['hint']}>{t('list.incomplete')}</span>}
      {row.withdrawalProposed && <span className={styles['hint']}>{t('list.withdrawalProposed')}</span>}
    </span>
  );
}

function useFilters(data: { kinds: string[]; years: number[]; issuers: string[] } | undefined): readonly Filter[] {
  const { t } = useTranslation('directives');
  return [
    {
      name: 'status',
      label: t('field.status'),
      options: (['draft', 'issued', 'withdrawn'] as const).map((value) => ({ value, label: t(`status.${value}`) })),
    },
    {
      name: 'kind',
      label: t('field.kindOnly'),
      options: (data?.kinds ?? []).map((value) => ({ value, label: t(`kind.${value}`, { defaultValue: value }) })),
    },
    { name: 'year', label: t('field.year'), options: (data?.years ?? []).map((value) => ({ value: String(value), label: String(value) })) },
    useExerciseFilter(),
    { name: 'issuer', label: t('field.issuerName'), options: (data?.issuers ?? []).map((value) => ({ value, label: value })) },
  ];
}
