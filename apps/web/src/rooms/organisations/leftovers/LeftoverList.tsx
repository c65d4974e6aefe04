import { Button, Checkbox } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { formatDate, formatDateTime } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { ForeignText } from '../../../ui/document/index.ts';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import type { Column } from '../../../ui/table/model.ts';
import { listQuery, useListState } from '../../../ui/table/useListState.ts';
import { useMay } from '../api.ts';
import type { Leftover, Leftovers } from '../api.ts';
import styles from '../Organisations.module.css';
import { HandOnDialog } from './HandOnDialog.tsx';
import leftStyles from './Leftovers.module.css';

/** Việc chờ giao lại: tasks, contacts and accounts that a reorganisation left without a successor. */
export function LeftoverList(): ReactElement {
  const { t } = useTranslation('organisations');
  const list = useListState({ filters: ['state', 'kind', 'from'] });
  const answer = useApi('GET /leftovers', { query: listQuery(list.state) as never });
  const may = useMay('organisations:write');
  const [chosen, setChosen] = useState<{ rows: readonly Leftover[]; done: () => void } | null>(null);
  const rows = answer.data?.items ?? [];
  const isSettled = list.state.filters['state'] === 'settled';
  const pick = (ids: readonly string[], done: () => void): void => setChosen({ rows: rows.filter(({ id }) => ids.includes(id)), done });
  const columns = useColumns(isSettled, may && !isSettled ? (row) => pick([row.id], () => undefined) : null, answer.data?.kinds);
  return (
    <div className={styles['stack']}>
      <From of={rows[0]?.from} />
      <DataTable
        caption={t('view.left')}
        columns={columns}
        rowId={(row) => row.id}
        answer={answer}
        list={list}
        filters={[
          {
            name: 'kind',
            label: t('left.kind'),
            options: (answer.data?.kinds ?? []).map(({ kind, name, count }) => ({
              value: kind,
              label: `${name[currentLanguage()]} (${count})`,
            })),
          },
        ]}
        {...(may && !isSettled
          ? {
              renderBulk: (ids, done) => (
                <Button size="compact-sm" onClick={() => pick(ids, done)}>
                  {t('left.handOn')}
                </Button>
              ),
            }
          : {})}
        exports={
          <Checkbox
            label={t('left.settled')}
            checked={isSettled}
            onChange={(event) => list.setFilter('state', event.currentTarget.checked ? 'settled' : '')}
          />
        }
        empty={{ title: t('left.empty'), why: t('left.emptyWhy') }}
      />
      {chosen !== null && <HandOnDialog rows={chosen.rows} onDone={chosen.done} onClose={() => setChosen(null)} />}
    </div>
  );
}

/** Says that the list is that of one former unit, and leads back to all. */
function From({ of }: { of: { name: string } | undefined }): ReactElement | null {
  const { t } = useTranslation('organisations');
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  if (search['from'] === undefined) return null;
  return (
    <div className={leftStyles['notice']}>
      <span>{t('left.only', { name: of?.name ?? '…' })}</span>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => void navigate({ to: '.', search: { ...search, from: undefined, page: undefined } as never, replace: true })}
      >
        {t('left.everything')}
      </Button>
    </div>
  );
}

function useColumns(
  isSettled: boolean,
  onHandOn: ((row: Leftover) => void) | null,
  kinds: Leftovers['kinds'] | undefined,
): readonly Column<Leftover>[] {
  const { t } = useTranslation('organisations');
  const nameOf = new Map((kinds ?? []).map(({ kind, name }) => [kind, name[currentLanguage()]]));
  return [
    {
      id: 'what',
      header: t('left.what'),
      width: '34%',
      cell: (row) => (
        <>
          <ForeignText text={row.text[currentLanguage()]} />
          <div className={styles['soft']}>{nameOf.get(row.kind)}</div>
        </>
      ),
    },
    {
      id: 'from',
      header: t('left.from'),
      cell: (row) => (
        <Link to={'/organisations/$id' as never} params={{ id: row.from.id } as never}>
          {row.from.name}
        </Link>
      ),
    },
    {
      id: 'act',
      header: t('left.act'),
      wide: true,
      cell: (row) => (
        <>
          {t('left.actOn', { act: t(`reorganise.act.${row.act.kind}`), day: formatDate(row.act.on) })}
          <div className={styles['soft']}>
            <ForeignText text={row.act.basis} />
          </div>
        </>
      ),
    },
    { id: 'since', header: t('left.since'), cell: (row) => formatDate(row.leftAt) },
    isSettled
      ? { id: 'result', header: t('left.result'), cell: (row) => <Result of={row} /> }
      : {
          id: 'handOn',
          header: t('left.handOn'),
          cell: (row) =>
            onHandOn !== null && (
              <Button size="compact-sm" variant="default" onClick={() => onHandOn(row)}>
                {t('left.handOn')}
              </Button>
            ),
        },
  ];
}

function Result({ of: { settled } }: { of: Leftover }): ReactElement | null {
  const { t } = useTranslation('organisations');
  if (settled === null) return null;
  return (
    <>
      {settled.to === null ? t('left.letGo') : t('left.wentTo', { name: settled.to.name })}
      <div className={styles['soft']}>
        {t('left.byAt', { by: settled.by, at: formatDateTime(settled.at) })} · <ForeignText text={settled.reason} />
      </div>
    </>
  );
}
