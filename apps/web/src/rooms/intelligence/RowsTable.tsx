import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import type { Row } from './api.ts';
import styles from './Intelligence.module.css';

const STATES = ['matched', 'unmatched', 'aside'] as const;
const WHYS = [
  'longest-prefix',
  'mac',
  'host-name',
  'host-address',
  'domain',
  'parent-domain',
  'unit-alias',
  'machine-alias',
  'hand',
  'no-range',
  'not-then',
  'no-domain',
  'unknown-unit',
  'unknown-machine',
];

/** Every row of a list, with whom it leads to and why. */
export function RowsTable({ id, units }: { id: string; units: readonly { id: string; name: string }[] }): ReactElement {
  const { t } = useTranslation('intelligence');
  const list = useListState({ filters: ['state', 'why', 'unit'] });
  const { sort: _, ...query } = listQuery(list.state) as Record<string, string>;
  const answer = useApi('GET /lists/{id}/rows', {
    params: { id },
    query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')) as never,
  });
  return (
    <DataTable
      caption={t('view.rows')}
      columns={useColumns()}
      rowId={(row) => String(row.row)}
      answer={answer}
      list={list}
      filters={[
        { name: 'state', label: t('field.matching'), options: STATES.map((one) => ({ value: one, label: t(`rows.${one}`) })) },
        { name: 'why', label: t('field.why'), options: WHYS.map((one) => ({ value: one, label: t(`why.${one}`) })) },
        { name: 'unit', label: t('field.unit'), options: units.map((unit) => ({ value: unit.id, label: unit.name })) },
      ]}
      empty={{ title: t('rows.empty'), why: t('rows.emptyWhy') }}
    />
  );
}

/** What a row says besides its first name. */
function besides({ address, port, domain, machine, privateAddress, mac, unit }: Row, shownPort: string): string[] {
  const first = address ?? domain ?? machine ?? privateAddress ?? mac ?? unit;
  const said = [port === null ? null : shownPort, domain, machine, privateAddress, unit];
  return said.filter((one) => one !== null && one !== first) as string[];
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('intelligence');
  return [
    {
      id: 'who',
      header: t('field.address'),
      width: '19%',
      cell: (row) => (
        <>
          <span className={styles['value']}>{row.address ?? row.domain ?? row.machine ?? row.privateAddress ?? row.mac ?? row.unit}</span>
          <div className={styles['soft']}>{besides(row, t('rows.port', { port: row.port })).join(' · ')}</div>
        </>
      ),
    },
    { id: 'seen', header: t('field.seen'), cell: (row) => (row.isTimed ? formatDateTime(row.seenAt) : t('rows.untimed')) },
    { id: 'family', header: t('field.family'), cell: (row) => row.family || '–' },
    { id: 'unit', header: t('field.unit'), width: '20%', cell: (row) => row.unitName ?? '–' },
    {
      id: 'why',
      header: t('field.why'),
      width: '24%',
      wide: true,
      cell: (row) => (
        <>
          {row.asideReason === null ? t(`why.${row.why}`) : t('rows.asideBecause', { reason: row.asideReason })}
          {row.network !== null && <div className={`${styles['soft']} ${styles['value']}`}>{row.network}</div>}
          {row.isSame && <div className={styles['soft']}>{t('rows.same')}</div>}
        </>
      ),
    },
    { id: 'row', header: t('field.row'), number: true, width: '7%', cell: (row) => row.row },
  ];
}
