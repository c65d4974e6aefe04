import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../api/contract.ts';
import { useApi, useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDate } from '../../i18n/format.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../ui/form/OrganisationPicker.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { type Alias, useMayTakeIn } from './api.ts';
import { AssetChoice, type Chosen } from './AssetChoice.tsx';
import styles from './Intelligence.module.css';

/** What senders call units and machines: looked at, corrected, ended. */
export function NamesPage(): ReactElement {
  const { t } = useTranslation('intelligence');
  const list = useListState({ filters: ['state', 'sender'] });
  const { sort: _, state, sender, ...rest } = listQuery(list.state) as Record<string, string>;
  const query = { ...rest, ...(state && { state }), ...(sender && { sender }) };
  const answer = useApi('GET /list-aliases', { query: query as never });
  const senders = useApi('GET /list-senders');
  const writes = useMayTakeIn();
  const [open, setOpen] = useState<Alias | null>(null);
  return (
    <>
      <PageHeader title={t('names.page')} trail={<Link to={'/lists' as never}>{t('title')}</Link>} lead={t('names.lead')} />
      <DataTable
        caption={t('names.page')}
        columns={useColumns()}
        rowId={(row) => row.id}
        answer={answer}
        list={list}
        {...(writes ? { onOpen: setOpen } : {})}
        filters={[
          {
            name: 'state',
            label: t('field.state'),
            unset: t('names.live'),
            options: (['ended', 'all'] as const).map((one) => ({ value: one, label: t(`names.${one}`) })),
          },
          {
            name: 'sender',
            label: t('field.sender'),
            options: (senders.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          },
        ]}
        empty={{ title: t('names.empty'), why: t('names.emptyWhy') }}
      />
      {open !== null && <Change key={open.id} alias={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function useColumns(): readonly Column<Alias>[] {
  const { t } = useTranslation('intelligence');
  return [
    {
      id: 'text',
      header: t('names.inList'),
      width: '30%',
      cell: (row) => (
        <>
          {row.text}
          <div className={styles['soft']}>{row.sender.name}</div>
        </>
      ),
    },
    { id: 'kind', header: t('names.kind'), cell: (row) => t(`names.of.${row.kind}`) },
    {
      id: 'target',
      header: t('names.means'),
      width: '30%',
      cell: (row) => (
        <>
          {row.target.name}
          {row.asset !== null && <div className={styles['soft']}>{row.asset.name}</div>}
        </>
      ),
    },
    { id: 'period', header: t('names.period'), cell: (row) => <Days row={row} /> },
    { id: 'by', header: t('names.by'), cell: (row) => row.by },
  ];
}

function Days({ row: { from, to } }: { row: Alias }): ReactElement {
  const { t } = useTranslation('intelligence');
  if (from === null && to === null) return <>{t('names.always')}</>;
  if (to === null) return <>{t('names.since', { from: formatDate(from!) })}</>;
  return (
    <>{from === null ? t('names.until', { to: formatDate(to) }) : t('names.between', { from: formatDate(from), to: formatDate(to) })}</>
  );
}

function Change({ alias, onClose }: { alias: Alias; onClose: () => void }): ReactElement {
  const { t } = useTranslation('intelligence');
  const { t: ui } = useTranslation('ui');
  const { today } = useSession();
  const change = useChange('PUT /list-aliases/{id}', ['GET /list-aliases']);
  const [unit, setUnit] = useState<OrganisationHit | null>({ ...alias.target, context: null } as unknown as OrganisationHit);
  const [asset, setAsset] = useState<Chosen | null>(alias.asset);
  const [from, setFrom] = useState(alias.from);
  const [to, setTo] = useState(alias.to);
  const send = (end: string | null): void =>
    change.mutate(
      { params: { id: alias.id }, body: { target: unit?.id ?? '', asset: asset?.id ?? null, from, to: end, version: alias.version } },
      {
        onSuccess: () => {
          showToast({ message: t('names.changed') });
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={alias.text} closeButtonProps={{ 'aria-label': ui('close') }}>
      <Form onSubmit={() => send(to)} error={change.error} places={['to', 'from', 'target', 'asset']}>
        <p>{t('names.changeHint')}</p>
        <OrganisationPicker
          label={t('names.meant')}
          required
          value={unit}
          onChange={(next) => {
            setUnit(next);
            setAsset(null);
          }}
          error={fieldError(change.error, 'target')}
        />
        {alias.kind === 'machine' && <AssetChoice unit={unit?.id ?? null} value={asset} onChange={setAsset} hostsOnly />}
        <div className={styles['pair']}>
          <DateField
            label={t('names.from')}
            description={t('names.fromHint')}
            value={from}
            onChange={setFrom}
            error={fieldError(change.error, 'from')}
          />
          <DateField
            label={t('names.to')}
            description={t('names.toHint')}
            value={to}
            onChange={setTo}
            error={fieldError(change.error, 'to')}
          />
        </div>
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          {!alias.ended && (
            <Button variant="default" loading={change.isPending} onClick={() => send(today)}>
              {t('names.end')}
            </Button>
          )}
          <Button type="submit" loading={change.isPending} disabled={unit === null}>
            {t('names.save')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
