import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { Panel } from '../../../ui/page/Panel.tsx';
import { StateChip } from '../../../ui/state/StateChip.tsx';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import type { Column } from '../../../ui/table/model.ts';
import { listQuery, useListState } from '../../../ui/table/useListState.ts';
import { useKeep, useMay } from '../api.ts';
import type { Group } from '../api.ts';
import styles from '../Organisations.module.css';
import { Validity } from '../Relations.tsx';
import { GroupDialog } from './GroupDialog.tsx';
import { NewGroupDialog } from './NewGroupDialog.tsx';
import { PhraseTry } from './PhraseTry.tsx';

/** Recipient groups with their validity, and the phrases that were mapped once and for all. */
export function GroupList({ on }: { on: string | undefined }): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const list = useListState({ sort: 'name' });
  const answer = useApi('GET /groups', { query: { ...listQuery(list.state), on } as never });
  const may = useMay('organisations:write');
  const [creating, setCreating] = useState(false);
  const open = (group: string | undefined): void => void navigate({ to: '.', search: { ...search, group } as never, replace: true });
  return (
    <div className={styles['stack']}>
      <DataTable
        caption={t('view.groups')}
        columns={useColumns()}
        rowId={(row) => row.id}
        answer={answer}
        list={list}
        onOpen={(row) => open(row.id)}
        exports={may && <Button onClick={() => setCreating(true)}>{t('group.create')}</Button>}
        empty={{ title: t('empty.groups'), why: t('empty.groupsWhy') }}
      />
      <div className={styles['two']}>
        <Phrases />
        <PhraseTry on={on} />
      </div>
      {search['group'] !== undefined && <GroupDialog id={search['group']} on={on} onClose={() => open(undefined)} />}
      {creating && <NewGroupDialog onClose={() => setCreating(false)} onMade={open} />}
    </div>
  );
}

function useColumns(): readonly Column<Group>[] {
  const { t } = useTranslation('organisations');
  return [
    {
      id: 'name',
      header: t('group.name'),
      width: '40%',
      cell: (row) => (
        <Link to="." search={((former: object) => ({ ...former, group: row.id })) as never}>
          {row.name}
        </Link>
      ),
    },
    { id: 'members', header: t('group.members'), hint: t('group.membersHint'), number: true, cell: (row) => row.members },
    { id: 'validity', header: t('group.validity'), cell: (row) => <Validity from={row.validFrom} to={row.validTo} /> },
    {
      id: 'live',
      header: t('field.state'),
      cell: (row) => <StateChip state={row.live ? 'met' : 'not-concerned'} label={t(row.live ? 'group.live' : 'group.over')} />,
    },
    { id: 'keeper', header: t('group.keeper'), cell: (row) => row.keeper.name },
  ];
}

function Phrases(): ReactElement {
  const { t } = useTranslation('organisations');
  const { data } = useApi('GET /phrases', { query: { size: 200 } });
  const forget = useKeep('DELETE /phrases/{id}');
  return (
    <Panel label={t('phrases.title')}>
      <div className={styles['heading']}>
        <h2>{t('phrases.title')}</h2>
      </div>
      {data?.total === 0 && <p className={styles['soft']}>{t('phrases.none')}</p>}
      <ul className={styles['plain']}>
        {(data?.items ?? []).map((row) => (
          <li key={row.id}>
            <span className={styles['grow']}>
              “{row.phrase}” → {row.group?.name ?? row.target?.name ?? '–'}
            </span>
            {row.editable && (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => forget.mutate({ params: { id: row.id } })}
                title={t('phrases.forget', { phrase: row.phrase })}
              >
                {t('remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
