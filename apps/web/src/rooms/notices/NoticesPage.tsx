import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { StateChip } from '../../ui/state/StateChip.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { ExerciseBadge } from '../exercises/ExerciseBanner.tsx';
import { useExerciseFilter } from '../exercises/ExerciseChoice.tsx';
import { UnitFilter } from '../findings/UnitFilter.tsx';
import { chipOf } from './api.ts';
import type { Notice } from './api.ts';
import styles from './Notices.module.css';

const FILTERS = ['delivery', 'organisation', 'side', 'unseen', 'exercise'] as const;
const KEPT = ['side'] as const;
const DELIVERIES = ['problem', 'waiting', 'sent', 'none'] as const;

/** Notices: what the authority sent and how its mails went, or what one's own organisation got. */
export function NoticesPage(): ReactElement {
  const { t } = useTranslation('notices');
  const navigate = useNavigate();
  const list = useListState({ filters: FILTERS, kept: KEPT });
  const query = Object.fromEntries(
    Object.entries(listQuery(list.state)).filter(([name, value]) => value !== '' && name !== 'sort'),
  ) as never;
  const answer = useApi('GET /notices', { query });
  const exercise = useExerciseFilter();
  const side = answer.data?.side ?? 'own';
  const other = side === 'own' ? 'overseer' : 'own';
  return (
    <>
      <PageHeader
        title={t(`title.${side}`)}
        lead={t(`lead.${side}`)}
        actions={
          <>
            {answer.data?.both === true && (
              <Button variant="default" onClick={() => void navigate({ to: '/notices' as never, search: { side: other } as never })}>
                {t(`switch.${other}`)}
              </Button>
            )}
            {answer.data?.can.rules === true && (
              <Button variant="default" onClick={() => void navigate({ to: '/notices/rules' as never })}>
                {t('rules.title')}
              </Button>
            )}
          </>
        }
      />
      <DataTable
        caption={t(`title.${side}`)}
        columns={useColumns(side)}
        rowId={(row) => row.id}
        answer={answer}
        list={list}
        onOpen={(row) => void navigate({ to: `/notices/${row.id}` as never })}
        filters={
          side === 'own'
            ? [{ name: 'unseen', label: t('field.seen'), options: [{ value: 'true', label: t('unseen') }] }, exercise]
            : [
                {
                  name: 'delivery',
                  label: t('field.delivery'),
                  options: DELIVERIES.map((value) => ({ value, label: t(`filter.${value}`) })),
                },
                exercise,
              ]
        }
        exports={<UnitFilter />}
        empty={{
          title: t(`empty.${side}`),
          why: t(`emptyWhy.${side}`),
          action:
            answer.data?.can.rules === true ? (
              <Link className="touched" to={'/notices/rules' as never}>
                {t('rules.title')}
              </Link>
            ) : undefined,
        }}
      />
    </>
  );
}

function useColumns(side: 'overseer' | 'own'): readonly Column<Notice>[] {
  const { t } = useTranslation('notices');
  const sent: Column<Notice>[] = [
    { id: 'delivery', header: t('column.delivery'), width: '26%', wide: true, cell: (row) => <Delivery notice={row} /> },
  ];
  return [
    { id: 'ticket', header: t('column.ticket'), width: '15%', cell: (row) => <Ticket row={row} /> },
    { id: 'total', header: t('column.total'), cell: (row) => <Counts row={row} /> },
    {
      id: 'organisation',
      header: t(side === 'own' ? 'column.overseer' : 'column.organisation'),
      wide: true,
      cell: (row) => (side === 'own' ? row.overseer.name : row.organisation.name),
    },
    ...(side === 'own' ? [] : sent),
    { id: 'seen', header: t('column.seen'), cell: (row) => <Seen row={row} /> },
  ];
}

function Ticket({ row }: { row: Notice }): ReactElement {
  const { t } = useTranslation('notices');
  return (
    <>
      <strong className={styles['ticket']}>{row.ticket}</strong> {row.exercise && <ExerciseBadge />}
      {row.test && <span className={`${styles['badge']} ${styles['test']}`}>{t('test')}</span>}
      <div className={styles['soft']}>{formatDateTime(row.frozenAt)}</div>
    </>
  );
}

function Counts({ row }: { row: Notice }): ReactElement {
  const { t } = useTranslation('notices');
  return (
    <>
      {formatNumber(row.total)}
      {row.again > 0 && <div className={styles['soft']}>{t('again', { count: row.again, shown: formatNumber(row.again) })}</div>}
    </>
  );
}

/** How its mail stands, and what the mail server said. */
export function Delivery({ notice: { delivery, why } }: { notice: Pick<Notice, 'delivery' | 'why'> }): ReactElement {
  const { t } = useTranslation('notices');
  if (delivery === null) return <>–</>;
  return (
    <>
      <StateChip state={chipOf(delivery)} label={t(`delivery.${delivery}`)} />
      {why !== null && <div className={styles['soft']}>{why[currentLanguage()]}</div>}
    </>
  );
}

function Seen({ row: { seen, test } }: { row: Notice }): ReactElement {
  const { t } = useTranslation('notices');
  if (test) return <>–</>;
  if (seen === null) return <span className={styles['soft']}>{t('unseen')}</span>;
  return (
    <>
      {formatDateTime(seen.at)}
      <div className={styles['soft']}>{seen.by}</div>
    </>
  );
}
