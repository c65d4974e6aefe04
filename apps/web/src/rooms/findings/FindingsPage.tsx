import { Button, Checkbox, Menu } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Download } from '../../ui/form/Download.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { useExerciseFilter } from '../exercises/ExerciseChoice.tsx';
import { BulkActs } from './BulkActs.tsx';
import { COLUMN_IDS, useColumns } from './columns.tsx';
import styles from './Findings.module.css';
import { UnitFilter } from './UnitFilter.tsx';
import { Views } from './Views.tsx';

const FILTERS = [
  'state',
  'family',
  'verdict',
  'due',
  'usage',
  'newest',
  'waiting',
  'cleaned',
  'organisation',
  'list',
  'side',
  'exercise',
] as const;
const KEPT = ['side'] as const;

/** Findings: what has to be cleaned, in the order of work. */
export function FindingsPage(): ReactElement {
  const { t } = useTranslation('findings');
  const navigate = useNavigate();
  const list = useListState({ sort: 'work', filters: FILTERS, kept: KEPT });
  const query = Object.fromEntries(Object.entries(listQuery(list.state)).filter(([, value]) => value !== '')) as never;
  const answer = useApi('GET /findings', { query });
  const { columns, hidden, toggle } = useColumns();
  const data = answer.data;
  const states = data?.states;
  const total = data?.total ?? 0;
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={
          states !== undefined &&
          t('lead', { open: formatNumber(states.open), answered: formatNumber(states.answered), closed: formatNumber(states.closed) })
        }
        actions={
          <>
            {data?.can.answer === true && (
              <Button
                variant="default"
                onClick={() => void navigate({ to: '/findings/sheets' as never, search: sheetRange(query) as never })}
              >
                {t('sheets.action')}
              </Button>
            )}
            <Button variant="default" onClick={() => void navigate({ to: '/findings/overview' as never })}>
              {t('action.overview')}
            </Button>
          </>
        }
      />
      <Views side={data?.both === true ? data.side : null} />
      <DataTable
        caption={t('title')}
        columns={columns}
        rowId={(row) => row.id}
        answer={answer}
        list={list}
        onOpen={(row) => void navigate({ to: `/findings/${row.id}` as never })}
        filters={useFilters(data?.families ?? [])}
        {...(data?.can.answer === true || data?.can.decide === true
          ? {
              renderBulk: (ids: readonly string[], done: () => void) => (
                <BulkActs
                  findings={(data.items ?? []).filter(({ id }) => ids.includes(id))}
                  total={data.more ? null : total}
                  query={query}
                  onDone={done}
                />
              ),
            }
          : {})}
        exports={
          <>
            <UnitFilter />
            <Menu closeOnItemClick={false}>
              <Menu.Target>
                <Button variant="default">{t('action.columns')}</Button>
              </Menu.Target>
              <Menu.Dropdown>
                {COLUMN_IDS.map((id) => (
                  <Menu.Item key={id} component="div">
                    <Checkbox label={t(`column.${id}`)} checked={!hidden.has(id)} onChange={() => toggle(id)} />
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
            <Download path={hrefOf('GET /findings/export', { query })}>{t('action.export')}</Download>
          </>
        }
        empty={{ title: t('empty.title'), why: t('empty.why') }}
      />
      {data?.more === true && <p className={styles['soft']}>{t('more', { count: total })}</p>}
    </>
  );
}

/** What of the list's filters a sheet knows. */
const sheetRange = ({ organisation, list }: Readonly<Record<string, unknown>>): object => ({ organisation, list });

function useFilters(families: readonly string[]) {
  const { t } = useTranslation('findings');
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const chosen = search['family'];
  const known = chosen !== undefined && chosen !== '' && !families.includes(chosen) ? [chosen, ...families] : families;
  const exercise = useExerciseFilter();
  const of = (name: string, values: readonly string[]) => values.map((value) => ({ value, label: t(`${name}.${value}`) }));
  return [
    { name: 'state', label: t('field.state'), unset: t('state.open'), options: of('state', ['answered', 'closed', 'all']) },
    { name: 'family', label: t('field.family'), options: known.filter(Boolean).map((value) => ({ value, label: value })) },
    { name: 'verdict', label: t('field.verdict'), options: of('verdict', ['unverified', 'not-seen', 'seen-again']) },
    { name: 'due', label: t('field.due'), options: of('dueIn', ['overdue', 'soon', 'none']) },
    { name: 'usage', label: t('field.usage'), options: of('usage', ['own', 'exit', 'dynamic', 'carrier']) },
    exercise,
  ];
}
