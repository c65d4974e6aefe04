import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { formatDate } from '../../i18n/format.ts';
import { Download } from '../../ui/form/Download.tsx';
import { StateChip } from '../../ui/state/StateChip.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { CHIPS, STATES, useMay, USAGES } from './api.ts';
import type { Asset, Kind } from './api.ts';
import styles from './Assets.module.css';
import { BulkActs } from './BulkActs.tsx';

/** The register of one kind; a row opens in the drawer. */
export function AssetList({ kind }: { kind: Kind }): ReactElement {
  const { t } = useTranslation('assets');
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const list = useListState({
    sort: kind === 'range' || kind === 'domain' ? 'value' : 'name',
    filters: ['state', 'usage', 'organisation'],
  });
  const { state, usage, organisation, ...rest } = listQuery(list.state);
  const filters = { ...(state && { state }), ...(usage && { usage }), ...(organisation && { organisation }) };
  const query = { ...rest, ...filters, kind } as never;
  const answer = useApi('GET /assets', { query });
  const writes = useMay('assets:write');
  const rows = answer.data?.items ?? [];
  const bulk = (ids: readonly string[], done: () => void): ReactElement => (
    <BulkActs assets={rows.filter(({ id }) => ids.includes(id))} onDone={done} />
  );
  return (
    <DataTable
      caption={t(`view.${kind}`)}
      columns={useColumns(kind)}
      rowId={(row) => row.id}
      answer={answer}
      list={list}
      onOpen={(row) => void navigate({ to: '.', search: { ...search, asset: row.id } as never })}
      filters={[
        {
          name: 'state',
          label: t('field.state'),
          unset: t('state.live'),
          options: STATES.filter((one) => one !== 'live').map((one) => ({ value: one, label: t(`state.${one}`) })),
        },
        ...(kind === 'system'
          ? []
          : [{ name: 'usage', label: t('field.usage'), options: USAGES.map((one) => ({ value: one, label: t(`usage.${one}`) })) }]),
      ]}
      {...(writes ? { renderBulk: bulk } : {})}
      exports={<Download path={hrefOf('GET /assets/export', { query })}>{t('action.export')}</Download>}
      empty={{ title: t(`empty.${kind}`), why: t(writes ? 'empty.why' : 'empty.whyRead') }}
    />
  );
}

function useColumns(kind: Kind): readonly Column<Asset>[] {
  const { t } = useTranslation('assets');
  const kinds: Record<Kind, { first: Column<Asset>; more: readonly Column<Asset>[] }> = {
    range: { first: valueColumn(t('value.range')), more: [usageColumn(t)] },
    domain: { first: valueColumn(t('value.domain')), more: [usageColumn(t)] },
    system: { first: nameColumn(t('field.system')), more: [levelColumn(t)] },
    host: {
      first: nameColumn(t('field.host')),
      more: [{ id: 'system', header: t('field.system'), cell: (row) => row.system?.name ?? '–' }],
    },
  };
  const { first, more } = kinds[kind];
  return [
    first,
    {
      id: 'organisation',
      header: t('field.organisation'),
      sortable: true,
      width: '26%',
      cell: (row) => <div className={styles['unit']}>{row.organisation.name}</div>,
    },
    {
      id: 'state',
      header: t('field.state'),
      cell: (row) => (
        <>
          <StateChip state={CHIPS[row.state]} label={t(`state.${row.state}`)} />
          {row.rivals > 0 && <div className={styles['soft']}>{t('rivals', { count: row.rivals })}</div>}
        </>
      ),
    },
    ...more,
    { id: 'from', header: t('field.period'), hint: t('hint.period'), sortable: true, cell: (row) => <Period row={row} /> },
  ];
}

type Translate = (key: string) => string;

/** A range or domain with its name, or a host's name with its address. */
const valueColumn = (header: string): Column<Asset> => ({
  id: 'value',
  header,
  sortable: true,
  width: '28%',
  cell: (row) => (
    <>
      <span className={styles['value']}>
        {row.withSubdomains && '*.'}
        {row.value}
      </span>
      {row.name !== row.value && <div className={styles['soft']}>{row.name}</div>}
    </>
  ),
});

const nameColumn = (header: string): Column<Asset> => ({
  id: 'name',
  header,
  sortable: true,
  width: '28%',
  cell: (row) => (
    <>
      {row.name}
      {row.value !== null && <div className={`${styles['value']} ${styles['soft']}`}>{row.value}</div>}
    </>
  ),
});

const levelColumn = (t: Translate): Column<Asset> => ({
  id: 'level',
  header: t('field.level'),
  sortable: true,
  cell: (row) => (
    <>
      {row.level ?? '–'}
      {row.level !== null && <div className={styles['soft']}>{row.levelDecision ?? t('level.undecided')}</div>}
    </>
  ),
});

const usageColumn = (t: Translate): Column<Asset> => ({ id: 'usage', header: t('field.usage'), cell: (row) => t(`usage.${row.usage}`) });

/** Days as officials say them: from a day, until the day before. */
export function Period({ row }: { row: { from: string | null; to: string | null } }): ReactElement {
  const { t } = useTranslation('assets');
  if (row.from === null && row.to === null) return <>{t('period.always')}</>;
  if (row.to === null) return <>{t('period.from', { from: formatDate(row.from!) })}</>;
  if (row.from === null) return <>{t('period.until', { to: formatDate(row.to) })}</>;
  return <>{t('period.between', { from: formatDate(row.from), to: formatDate(row.to) })}</>;
}
