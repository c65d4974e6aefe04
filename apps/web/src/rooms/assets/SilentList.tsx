import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import type { Routes } from '../../api/contract.ts';
import { useApi } from '../../api/query.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Download } from '../../ui/form/Download.tsx';
import { StateChip } from '../../ui/state/StateChip.tsx';
import type { State } from '../../ui/state/state.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import styles from './Assets.module.css';

type Answer = Routes['GET /assets/silent']['output'];
type Row = Answer['items'][number];
const REGISTRATIONS = ['claimed', 'registered', 'all'] as const;
const CHIPS: Readonly<Record<Row['state'], State>> = { none: 'no-data', claimed: 'reported', registered: 'met' };

/** Chưa đăng ký: who has no address in the register. What is not registered cannot be matched; that is not the same as clean. */
export function SilentList(): ReactElement {
  const { t } = useTranslation('assets');
  const list = useListState({ filters: ['state'] });
  const { sort: _, state, ...rest } = listQuery(list.state);
  const query = { ...rest, ...(state && { state }) } as never;
  const answer = useApi('GET /assets/silent', { query });
  return (
    <>
      {answer.data !== undefined && <Summary answer={answer.data} />}
      <DataTable
        caption={t('view.silent')}
        columns={useColumns()}
        rowId={(row) => row.organisation.id}
        answer={answer}
        list={list}
        filters={[
          {
            name: 'state',
            label: t('field.registration'),
            unset: t('registration.none'),
            options: REGISTRATIONS.map((one) => ({ value: one, label: t(`registration.${one}`) })),
          },
        ]}
        exports={<Download path={hrefOf('GET /assets/silent/export', { query })}>{t('action.export')}</Download>}
        empty={{ title: t('silent.empty'), why: t('silent.emptyWhy') }}
      />
    </>
  );
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('assets');
  return [
    {
      id: 'organisation',
      header: t('field.organisation'),
      width: '50%',
      cell: (row) => (
        <Link to={'/organisations/$id' as never} params={{ id: row.organisation.id } as never}>
          {row.organisation.name}
        </Link>
      ),
    },
    {
      id: 'state',
      header: t('field.registration'),
      cell: (row) => <StateChip state={CHIPS[row.state]} label={t(`registration.${row.state}`)} />,
    },
    { id: 'approved', header: t('silent.approved'), number: true, cell: (row) => formatNumber(row.approved) },
    { id: 'claimed', header: t('silent.claimed'), number: true, cell: (row) => formatNumber(row.claimed) },
  ];
}

function Summary({ answer }: { answer: Answer }): ReactElement {
  const { t } = useTranslation('assets');
  const { states, of } = answer;
  return (
    <p className={styles['notice']} style={{ margin: '0 0 var(--gap)' }}>
      {t('silent.summary', { none: formatNumber(states.none), of: formatNumber(of), claimed: formatNumber(states.claimed) })}
    </p>
  );
}
