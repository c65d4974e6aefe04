import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime, formatNumber } from '../../i18n/format.ts';
import { StateChip } from '../../ui/state/StateChip.tsx';
import type { Column } from '../../ui/table/model.ts';
import { chipOf, machineOf } from './api.ts';
import type { Finding } from './api.ts';
import styles from './Findings.module.css';

export const COLUMN_IDS = ['state', 'organisation', 'family', 'seen', 'list', 'due'] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

interface Columns {
  columns: readonly Column<Finding>[];
  hidden: ReadonlySet<string>;
  toggle: (id: ColumnId) => void;
}

/** The columns of the list; hidden ones stand in the address. */
export function useColumns(): Columns {
  const { t } = useTranslation('findings');
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  const hidden = new Set((search['hide'] ?? '').split(',').filter(Boolean));
  const toggle = (id: ColumnId): void => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    void navigate({ to: '.', search: { ...search, hide: [...next].join(',') || undefined } as never, replace: true });
  };
  const all: readonly Column<Finding>[] = [
    { id: 'work', header: t('column.machine'), hint: t('hint.work'), sortable: true, width: '22%', cell: (row) => <Machine row={row} /> },
    { id: 'state', header: t('column.state'), cell: (row) => <Standing row={row} /> },
    {
      id: 'organisation',
      header: t('column.organisation'),
      sortable: true,
      width: '20%',
      wide: true,
      cell: (row) => row.organisation.name,
    },
    { id: 'family', header: t('column.family'), cell: (row) => row.family || t('noFamily') },
    { id: 'seen', header: t('column.seen'), sortable: true, cell: (row) => <Seen row={row} /> },
    { id: 'list', header: t('column.list'), wide: true, cell: (row) => row.list?.title ?? '–' },
    { id: 'due', header: t('column.due'), sortable: true, cell: (row) => <Due row={row} /> },
  ];
  return { columns: all.filter(({ id }) => !hidden.has(id)), hidden, toggle };
}

function Machine({ row }: { row: Finding }): ReactElement {
  const { t } = useTranslation('findings');
  const name = machineOf(row) ?? row.mac;
  return (
    <>
      {name !== null && <span className={styles['value']}>{name}</span>}
      {name === null && row.privateAddress === null && t('noMachine')}
      {row.privateAddress !== null && <div className={`${styles['value']} ${styles['soft']}`}>{row.privateAddress}</div>}
      {row.machine !== null && row.address !== null && <div className={styles['soft']}>{row.machine}</div>}
      <WhyHere row={row} />
    </>
  );
}

/** Why it stands where it stands: the facts that its rank is computed from. */
export function WhyHere({ row }: { row: Finding }): ReactElement {
  const { t } = useTranslation('findings');
  const parts = [
    t(row.inNewest ? 'why.newest' : 'why.older'),
    t(`usage.${row.usage ?? 'own'}`),
    ...(row.level === null ? [] : [t('why.level', { level: row.level })]),
  ];
  return <div className={styles['soft']}>{parts.join(' · ')}</div>;
}

export function Standing({ row }: { row: Finding }): ReactElement {
  const { t } = useTranslation('findings');
  const said = [
    ...(row.answer === null ? [] : [t(`answer.${row.answer}`)]),
    ...(row.machinesTotal === null
      ? []
      : [t('machines', { done: formatNumber(row.machinesDone ?? 0), total: formatNumber(row.machinesTotal) })]),
    ...(row.approval === 'asked' ? [t('waits')] : []),
  ];
  return (
    <>
      <StateChip
        state={chipOf(row)}
        label={row.verdict !== null && row.state !== 'answered' ? t(`verdict.${row.verdict}`) : t(`state.${row.state}`)}
      />
      {said.length > 0 && <div className={styles['soft']}>{said.join(' · ')}</div>}
      {row.state === 'answered' && row.verdict !== null && <div className={styles['soft']}>{t(`verdict.${row.verdict}`)}</div>}
    </>
  );
}

function Seen({ row }: { row: Finding }): ReactElement {
  const { t } = useTranslation('findings');
  return (
    <>
      {formatDateTime(row.lastSeen)}
      <div className={styles['soft']}>
        {t('times', { count: row.sightings, shown: formatNumber(row.sightings) })}
        {row.relapses > 0 && ` · ${t('relapses', { count: row.relapses })}`}
      </div>
    </>
  );
}

function Due({ row }: { row: Finding }): ReactElement {
  const { t } = useTranslation('findings');
  if (row.due === null) return <>–</>;
  return (
    <>
      {formatDate(row.due)}
      {row.overdue && <div className={styles['soft']}>{t('overdue')}</div>}
    </>
  );
}
