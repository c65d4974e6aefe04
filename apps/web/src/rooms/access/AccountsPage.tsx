import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiWhen } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDate } from '../../i18n/format.ts';
import { OrganisationPicker } from '../../ui/form/OrganisationPicker.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { ForbiddenState } from '../../ui/page/PageStates.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import type { ListControl } from '../../ui/table/useListState.ts';
import styles from './Access.module.css';
import { AccountState } from './AccountState.tsx';
import { standingOf } from './api.ts';
import type { Person } from './api.ts';
import { CreateDialog } from './dialogs/CreateDialog.tsx';
import { PersonDrawer } from './PersonDrawer.tsx';

/** Tài khoản: who may sign in for the organisations in reach, in which roles. */
export function AccountsPage(): ReactElement {
  const { t } = useTranslation('access');
  const { permissions } = useSession();
  if (!permissions.includes('people:write'))
    return (
      <>
        <PageHeader title={t('title')} />
        <ForbiddenState reason={t('forbidden')} />
      </>
    );
  return <Accounts />;
}

function Accounts(): ReactElement {
  const { t } = useTranslation('access');
  const navigate = useNavigate();
  const list = useListState({ filters: ['organisation'] });
  const answer = useApi('GET /people', { query: queryOf(list) });
  const [opened, setOpened] = useState<Person | null>(null);
  const [creating, setCreating] = useState(false);
  const person = answer.data?.items.find(({ id }) => id === opened?.id) ?? opened;
  const columns = useColumns(setOpened);
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Button variant="default" onClick={() => void navigate({ to: '/accounts/import' as never })}>
              {t('action.import')}
            </Button>
            <Button onClick={() => setCreating(true)}>{t('action.create')}</Button>
          </>
        }
      />
      <OrganisationFilter list={list} />
      <DataTable
        caption={t('title')}
        columns={columns}
        rowId={({ id }) => id}
        answer={answer}
        list={list}
        onOpen={setOpened}
        empty={{
          title: t('empty.title'),
          why: t('empty.why'),
          action: <Button onClick={() => setCreating(true)}>{t('action.create')}</Button>,
        }}
      />
      {person !== null && <PersonDrawer person={person} onClose={() => setOpened(null)} />}
      {creating && <CreateDialog onClose={() => setCreating(false)} />}
    </>
  );
}

/** The contract knows no order: accounts come by name. */
function queryOf(list: ListControl): { q: string; organisation?: string; page: number; size: number } {
  const { q, organisation = '', page, size } = listQuery(list.state) as Record<string, string>;
  return { q: String(q), ...(organisation === '' ? {} : { organisation }), page: Number(page), size: Number(size) };
}

function OrganisationFilter({ list }: { list: ListControl }): ReactElement {
  const { t } = useTranslation('access');
  const id = list.state.filters['organisation'] ?? '';
  const chosen = useApiWhen(id !== '', 'GET /organisations/{id}', { params: { id }, query: {} });
  const value = id === '' || chosen.data?.id !== id ? null : { id, name: chosen.data.name, context: null };
  return (
    <div className={`${styles['filter']} never-printed`}>
      <OrganisationPicker
        key={`${id} ${value === null}`}
        label={t('field.organisation')}
        value={value}
        onChange={(next) => list.setFilter('organisation', next?.id ?? '')}
      />
    </div>
  );
}

function useColumns(onOpen: (person: Person) => void): readonly Column<Person>[] {
  const { t } = useTranslation('access');
  const { today } = useSession();
  return [
    {
      id: 'name',
      header: t('field.name'),
      width: '24%',
      cell: (row) => (
        <>
          <button type="button" className={styles['open']} onClick={() => onOpen(row)}>
            {row.name}
          </button>
          {row.position !== null && <div className={styles['soft']}>{row.position}</div>}
        </>
      ),
    },
    { id: 'username', header: t('field.username'), cell: (row) => <code>{row.username}</code> },
    { id: 'organisation', header: t('field.organisation'), cell: (row) => row.organisation.name || '–' },
    {
      id: 'roles',
      header: t('field.roles'),
      cell: (row) => {
        const held = row.memberships.filter((one) => standingOf(one, today) !== 'over');
        if (held.length === 0) return <span className={styles['soft']}>{t('roles.none')}</span>;
        return held.map((one) => (
          <div key={one.id}>
            {t(`shell:role.${one.role}`)}
            {one.organisation.id !== row.organisation.id && <span className={styles['soft']}> · {one.organisation.name}</span>}
            {one.validTo !== null && <span className={styles['soft']}> · {t('roles.until', { day: formatDate(one.validTo) })}</span>}
          </div>
        ));
      },
    },
    { id: 'state', header: t('field.state'), cell: (row) => <AccountState person={row} /> },
  ];
}
