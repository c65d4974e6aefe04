import { Button, Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import type { OrganisationHit } from '../../api/contract.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../ui/form/OrganisationPicker.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { type Group, type ListView, useKeep, useMayTakeIn } from './api.ts';
import { AssetChoice, type Chosen } from './AssetChoice.tsx';
import styles from './Intelligence.module.css';

const keyOf = ({ by, value }: Group): string => `${by} ${value}`;

/** What leads nowhere yet, by address: assigned to a unit or an operator, or set aside with a reason. */
export function Bucket({ list: of }: { list: ListView }): ReactElement {
  const { t } = useTranslation('intelligence');
  const list = useListState();
  const { page, size } = listQuery(list.state) as { page: string; size: string };
  const answer = useApi('GET /lists/{id}/unmatched', { params: { id: of.id }, query: { page, size } as never });
  const writes = useMayTakeIn() && ['done', 'cancelled', 'stopped'].includes(of.state);
  const groups = answer.data?.items ?? [];
  const bulk = (keys: readonly string[], done: () => void): ReactElement => (
    <Acts id={of.id} groups={groups.filter((group) => keys.includes(keyOf(group)))} onDone={done} />
  );
  return (
    <DataTable
      caption={t('view.unmatched')}
      columns={useColumns()}
      rowId={keyOf}
      answer={answer}
      list={list}
      searchable={false}
      {...(writes ? { renderBulk: bulk } : {})}
      empty={{ title: t('bucket.empty'), why: t('bucket.emptyWhy') }}
    />
  );
}

function useColumns(): readonly Column<Group>[] {
  const { t } = useTranslation('intelligence');
  return [
    {
      id: 'value',
      header: t('bucket.what'),
      width: '30%',
      cell: (group) => (
        <>
          <span className={styles['value']}>{group.value}</span>
          {group.unit !== null && group.by !== 'unit' && <div className={styles['soft']}>{group.unit}</div>}
        </>
      ),
    },
    { id: 'rows', header: t('field.rows'), number: true, cell: (group) => formatNumber(group.rows) },
    { id: 'families', header: t('field.family'), cell: (group) => group.families.filter((family) => family !== '').join(', ') || '–' },
    { id: 'why', header: t('field.why'), width: '26%', wide: true, cell: (group) => t(`why.${group.why}`) },
    { id: 'last', header: t('field.last'), cell: (group) => formatDateTime(group.last) },
  ];
}

interface ActsProps {
  id: string;
  groups: readonly Group[];
  onDone: () => void;
}

function Acts({ id, groups, onDone }: ActsProps): ReactElement {
  const { t } = useTranslation('intelligence');
  const [act, setAct] = useState<'assign' | 'aside' | null>(null);
  const aside = useKeep('POST /lists/{id}/aside');
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  const named = groups.map(({ by, value }) => ({ by, value }));
  const close = (): void => setAct(null);
  const finish = (message: string): void => {
    showToast({ message });
    close();
    onDone();
  };
  return (
    <>
      <Button size="xs" onClick={() => setAct('assign')}>
        {t('action.assign')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setAct('aside')}>
        {t('action.aside')}
      </Button>
      {act === 'assign' && <Assign id={id} groups={groups} onClose={close} onDone={finish} />}
      <ConfirmDialog
        opened={act === 'aside'}
        onClose={close}
        title={t('aside.title')}
        confirm={t('action.aside')}
        reason="required"
        busy={aside.isPending}
        error={aside.error}
        onConfirm={(reason) =>
          aside.mutate(
            { params: { id }, body: { groups: named, reason } },
            { onSuccess: (done) => finish(t('aside.done', { count: done.rows, shown: formatNumber(done.rows) })) },
          )
        }
      >
        {t('aside.detail', { count: rows, shown: formatNumber(rows) })}
      </ConfirmDialog>
    </>
  );
}

function Assign({
  id,
  groups,
  onClose,
  onDone,
}: {
  id: string;
  groups: readonly Group[];
  onClose: () => void;
  onDone: (said: string) => void;
}): ReactElement {
  const { t } = useTranslation('intelligence');
  const { t: ui } = useTranslation('ui');
  const assign = useKeep('POST /lists/{id}/assign');
  const [unit, setUnit] = useState<OrganisationHit | null>(null);
  const [asset, setAsset] = useState<Chosen | null>(null);
  const [alias, setAlias] = useState(false);
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  const names = [...new Set(groups.flatMap((group) => group.unit ?? []))];
  const choose = (next: OrganisationHit | null): void => {
    setUnit(next);
    setAsset(null);
  };
  const send = (): void =>
    assign.mutate(
      {
        params: { id },
        body: { groups: groups.map(({ by, value }) => ({ by, value })), organisation: unit?.id ?? '', asset: asset?.id ?? null, alias },
      },
      {
        onSuccess: (done) =>
          onDone(t('assign.done', { count: done.rows, shown: formatNumber(done.rows), found: formatNumber(done.findingsNew) })),
      },
    );
  return (
    <Modal opened onClose={onClose} title={t('assign.title')} closeButtonProps={{ 'aria-label': ui('close') }}>
      <Form onSubmit={send} error={assign.error} places={['asset']}>
        <p>{t('assign.detail', { count: rows, shown: formatNumber(rows) })}</p>
        <OrganisationPicker label={t('field.unit')} description={t('assign.unitHint')} required value={unit} onChange={choose} />
        <AssetChoice unit={unit?.id ?? null} value={asset} onChange={setAsset} />
        {names.length > 0 && (
          <Checkbox
            label={t('assign.alias', { names: names.slice(0, 3).join(', ') })}
            description={t('assign.aliasHint')}
            checked={alias}
            onChange={(event) => setAlias(event.currentTarget.checked)}
          />
        )}
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={assign.isPending} disabled={unit === null}>
            {t('action.assign')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
