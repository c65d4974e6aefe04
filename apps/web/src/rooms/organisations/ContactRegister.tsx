import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, hrefOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { formatDate } from '../../i18n/format.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { CONTACT_ROLES, useKeep, useMay } from './api.ts';
import type { Contact } from './api.ts';
import { ConfirmationChip, ContactWays } from './ContactParts.tsx';
import { Download } from '../../ui/form/Download.tsx';
import { MaskedHint } from './dialogs/UnmaskDialog.tsx';
import styles from './Organisations.module.css';

/** Danh bạ đầu mối: every contact in reach and supervised, with its 90-day confirmation. */
export function ContactRegister(): ReactElement {
  const { t } = useTranslation('organisations');
  const list = useListState({ sort: 'organisation', filters: ['role', 'confirmation'] });
  const query = listQuery(list.state) as never;
  const answer = useApi('GET /contacts', { query });
  const may = useMay('contacts:write');
  const bulk = may
    ? (ids: readonly string[], done: () => void) => <BulkConfirm ids={ids} onDone={done} refetch={() => void answer.refetch()} />
    : undefined;
  const missing = answer.data?.withoutContact ?? [];
  return (
    <>
      <DataTable
        caption={t('view.contacts')}
        columns={useColumns()}
        rowId={(row) => row.id}
        answer={answer}
        list={list}
        filters={[
          { name: 'role', label: t('field.role'), options: CONTACT_ROLES.map((role) => ({ value: role, label: t(`role.${role}`) })) },
          {
            name: 'confirmation',
            label: t('field.confirmation'),
            options: (['confirmed', 'due', 'overdue'] as const).map((one) => ({ value: one, label: t(`confirmation.${one}`) })),
          },
        ]}
        {...(bulk === undefined ? {} : { renderBulk: bulk })}
        exports={<Download path={hrefOf('GET /contacts/export', { query })}>{t('action.export')}</Download>}
        empty={{ title: t('empty.contacts'), why: t('empty.contactsWhy') }}
      />
      {missing.length > 0 && (
        <details style={{ marginTop: 12 }}>
          <summary>{t('withoutContact', { count: missing.length })}</summary>
          <ul className={styles['plain']} style={{ columns: '280px', marginTop: 8 }}>
            {missing.map(({ id, name }) => (
              <li key={id}>
                <Link to={'/organisations/$id' as never} params={{ id } as never}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function BulkConfirm({ ids, onDone, refetch }: { ids: readonly string[]; onDone: () => void; refetch: () => void }): ReactElement {
  const { t } = useTranslation('organisations');
  const [busy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      for (const id of ids) await api('POST /contacts/{id}/confirm', { params: { id }, body: {} });
      showToast({ message: t('contact.confirmedMany', { count: ids.length }) });
      onDone();
    } catch {
      showToast({ kind: 'problem', message: t('contact.confirmFailed') });
    }
    setBusy(false);
    refetch();
  };
  return (
    <Button size="xs" loading={busy} onClick={() => void confirm()}>
      {t('contact.stillRight')}
    </Button>
  );
}

function useColumns(): readonly Column<Contact>[] {
  const { t } = useTranslation('organisations');
  return [
    {
      id: 'organisation',
      header: t('field.organisation'),
      sortable: true,
      width: '24%',
      cell: (row) => (
        <Link to={'/organisations/$id' as never} params={{ id: row.organisation.id } as never}>
          {row.organisation.name}
        </Link>
      ),
    },
    { id: 'role', header: t('field.role'), sortable: true, cell: (row) => t(`role.${row.role}`) },
    {
      id: 'person',
      header: t('field.person'),
      cell: (row) => (
        <>
          {row.name ?? (row.hotline ? t('contact.hotline') : '–')}
          {row.position !== null && <div className={styles['soft']}>{row.position}</div>}
        </>
      ),
    },
    {
      id: 'ways',
      header: t('field.ways'),
      cell: (row) => (
        <>
          <ContactWays contact={row} />
          {row.masked && <MaskedHint contact={row} />}
        </>
      ),
    },
    {
      id: 'confirmed',
      header: t('field.confirmation'),
      hint: t('hint.confirmation'),
      sortable: true,
      cell: (row) => (
        <>
          <ConfirmationChip confirmation={row.confirmation} />
          {row.confirmedAt !== null && <div className={styles['soft']}>{formatDate(row.confirmedAt)}</div>}
          {row.editable && row.confirmation !== 'confirmed' && <ConfirmButton id={row.id} />}
        </>
      ),
    },
  ];
}

/** One tap: still right. */
export function ConfirmButton({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('organisations');
  const confirm = useKeep('POST /contacts/{id}/confirm');
  const send = (): void =>
    confirm.mutate(
      { params: { id }, body: {} },
      {
        onSuccess: () => void showToast({ message: t('contact.confirmed') }),
        onError: (error) => void showToast({ kind: 'problem', message: error.message }),
      },
    );
  return (
    <Button size="xs" variant="light" loading={confirm.isPending} onClick={send} mt={4}>
      {t('contact.stillRight')}
    </Button>
  );
}
