import { Checkbox } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { formatDate } from '../../i18n/format.ts';
import { StateChip } from '../../ui/state/StateChip.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { KINDS } from './api.ts';
import type { OrganisationItem } from './api.ts';
import { Download } from '../../ui/form/Download.tsx';
import styles from './Organisations.module.css';

/** All organisations whose names the actor may know, as of a day. */
export function OrganisationList({ on }: { on: string | undefined }): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  const list = useListState({ sort: 'name', filters: ['kind', 'state'] });
  const query = { ...listQuery(list.state), on } as never;
  const answer = useApi('GET /organisations', { query });
  return (
    <DataTable
      caption={t('view.list')}
      columns={useColumns()}
      rowId={(row) => row.id}
      answer={answer}
      list={list}
      filters={[{ name: 'kind', label: t('field.kind'), options: KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })) }]}
      onOpen={(row) => void navigate({ to: '/organisations/$id' as never, params: { id: row.id } as never, search: { on } as never })}
      exports={
        <>
          <Checkbox
            label={t('state.withEnded')}
            checked={list.state.filters['state'] === 'all'}
            onChange={(event) => list.setFilter('state', event.currentTarget.checked ? 'all' : '')}
          />
          <Download path={hrefOf('GET /organisations/export', { query })}>{t('action.export')}</Download>
        </>
      }
      empty={{ title: t('empty.list'), why: t('empty.listWhy') }}
    />
  );
}

function useColumns(): readonly Column<OrganisationItem>[] {
  const { t } = useTranslation('organisations');
  return [
    {
      id: 'name',
      header: t('field.name'),
      sortable: true,
      width: '34%',
      cell: (row) => (
        <>
          <Link to={'/organisations/$id' as never} params={{ id: row.id } as never}>
            {row.name}
          </Link>
          {row.existsTo !== null && <div className={styles['soft']}>{t('validity.to', { day: formatDate(row.existsTo) })}</div>}
        </>
      ),
    },
    { id: 'kind', header: t('field.kind'), sortable: true, cell: (row) => t(`kind.${row.kind}`) },
    { id: 'parent', header: t('field.parent'), sortable: true, cell: (row) => row.parent?.name ?? '–' },
    { id: 'supervisors', header: t('field.supervisor'), cell: (row) => row.supervisors.map(({ name }) => name).join('; ') || '–' },
    {
      id: 'contacts',
      header: t('field.contacts'),
      hint: t('hint.contacts'),
      number: true,
      cell: (row) => (row.contacts === null ? <span title={t('hint.unseen')}>–</span> : `${row.contacts.confirmed}/${row.contacts.total}`),
    },
    {
      id: 'duty',
      header: t('role.duty'),
      hint: t('hint.duty'),
      cell: (row) =>
        row.contacts === null ? (
          <span title={t('hint.unseen')}>–</span>
        ) : (
          <StateChip state={row.contacts.duty ? 'met' : 'missed'} label={t(row.contacts.duty ? 'duty.yes' : 'duty.no')} />
        ),
    },
  ];
}
