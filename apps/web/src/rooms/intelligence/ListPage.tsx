import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { formatDate, formatDateTime, formatNumber } from '../../i18n/format.ts';
import { Download } from '../../ui/form/Download.tsx';
import { FactsList } from '../../ui/page/FactsList.tsx';
import type { Fact } from '../../ui/page/FactsList.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { StateChip } from '../../ui/state/StateChip.tsx';
import { Counts, Grid } from '../../ui/table/Grid.tsx';
import { CHIPS, dayIn, type ListView, useList, useMayTakeIn } from './api.ts';
import { Bucket } from './Bucket.tsx';
import styles from './Intelligence.module.css';
import { Rematch } from './Rematch.tsx';
import { RowsTable } from './RowsTable.tsx';
import { RunPanel } from './RunPanel.tsx';
import { Withdrawal } from './Withdrawal.tsx';

const VIEWS = ['result', 'unmatched', 'rows'] as const;

/** One list: what it is, whom its rows lead to, what leads nowhere yet, every row with its reason. */
export function ListPage(): ReactElement {
  const { t } = useTranslation('intelligence');
  const { id } = useParams({ strict: false }) as { id: string };
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const answer = useList(id);
  const view = VIEWS.find((one) => one === search['view']) ?? 'result';
  const list = answer.data;
  const trail = <Link to={'/lists' as never}>{t('title')}</Link>;
  if (list === undefined)
    return (
      <>
        <PageHeader title={t('title')} trail={trail} />
        {answer.error === null ? <LoadingLines /> : <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
      </>
    );
  return (
    <>
      <PageHeader
        title={list.title}
        trail={trail}
        lead={
          <>
            <StateChip state={CHIPS[list.state]} label={t(`state.${list.state}`)} /> {t('of', { sender: list.sender.name })}
            {list.exercise !== null && <span className={styles['drill']}>{t('exercise.of', { name: list.exercise.name })}</span>}
          </>
        }
      />
      <RunPanel list={list} at={answer.dataUpdatedAt} />
      <nav className={`${styles['tabs']} never-printed`} aria-label={list.title}>
        {VIEWS.map((one) => (
          <Link key={one} to="." search={{ view: one } as never} className={styles['tab']} aria-current={one === view ? 'page' : undefined}>
            {t(`view.${one}`)}
            {one === 'unmatched' && ` ${formatNumber(list.counts.unmatched)}`}
          </Link>
        ))}
      </nav>
      {view === 'result' && <Result list={list} />}
      {view === 'unmatched' && (
        <>
          <Rematch list={list} />
          <Bucket list={list} />
        </>
      )}
      {view === 'rows' && <RowsTable id={list.id} units={list.units.map(({ unit }) => unit)} />}
    </>
  );
}

const COUNTS = ['rows', 'matched', 'unmatched', 'same', 'refused', 'findingsNew', 'findingsAgain'] as const;

function Result({ list }: { list: ListView }): ReactElement {
  const { t } = useTranslation('intelligence');
  const writes = useMayTakeIn();
  return (
    <div className={styles['stack']}>
      <Counts of={COUNTS.map((name) => ({ name: t(`count.${name}`), count: list.counts[name] }))} />
      {list.correction !== null && (
        <p className={styles['notice']}>
          {t('corrected', {
            title: list.supersedes?.title ?? '',
            added: formatNumber(list.correction.added),
            same: formatNumber(list.correction.same),
            removed: formatNumber(list.correction.removed),
          })}
        </p>
      )}
      {list.units.length > 0 && (
        <Panel>
          <Grid label={t('units')} heads={[t('field.unit'), t('count.machines'), t('field.rows')]}>
            {list.units.map(({ unit, rows, machines }) => (
              <tr key={unit.id}>
                <th scope="row">
                  <Link to="." search={{ view: 'rows', unit: unit.id } as never}>
                    {unit.name}
                  </Link>
                </th>
                <td className="tabular">{formatNumber(machines)}</td>
                <td className="tabular">{formatNumber(rows)}</td>
              </tr>
            ))}
          </Grid>
        </Panel>
      )}
      {list.why.length > 0 && (
        <Panel>
          <Grid label={t('whys')} heads={[t('field.why'), t('field.rows')]}>
            {list.why.map(({ why, rows }) => (
              <tr key={why}>
                <th scope="row">
                  <Link to="." search={{ view: 'rows', why } as never}>
                    {t(`why.${why}`)}
                  </Link>
                </th>
                <td className="tabular">{formatNumber(rows)}</td>
              </tr>
            ))}
          </Grid>
        </Panel>
      )}
      <Panel>
        <FactsList facts={useFacts(list)} />
      </Panel>
      <div className={`${styles['buttons']} never-printed`}>
        {list.counts.refused > 0 && (
          <Download path={hrefOf('GET /lists/{id}/refused', { params: { id: list.id } })}>{t('action.refused')}</Download>
        )}
        {writes && <Withdrawal list={list} />}
      </div>
    </div>
  );
}

function useFacts(list: ListView): Fact[] {
  const { t } = useTranslation('intelligence');
  const day = (instant: string | null): string => (instant === null ? '…' : formatDate(dayIn(instant)));
  const facts: (Fact | false)[] = [
    { label: t('field.file'), value: list.name },
    { label: t('field.made'), value: t('by', { at: formatDateTime(list.madeAt), by: list.madeBy }) },
    list.finishedAt !== null && { label: t('field.finished'), value: formatDateTime(list.finishedAt) },
    {
      label: t('field.covers'),
      value: list.coversFrom === null && list.coversTo === null ? t('covers.unknown') : `${day(list.coversFrom)} – ${day(list.coversTo)}`,
    },
    { label: t('field.families'), value: list.families === null ? t('families.all') : list.families.join(', ') },
    list.directive !== null && {
      label: t('field.directive'),
      value: <Link to={`/directives/${list.directive.id}` as never}>{list.directive.subject}</Link>,
    },
    list.due !== null && { label: t('field.due'), value: formatDate(list.due) },
    list.supersedes !== null && {
      label: t('field.supersedes'),
      value: <Link to={`/lists/${list.supersedes.id}` as never}>{list.supersedes.title}</Link>,
    },
    list.supersededBy !== null && {
      label: t('field.supersededBy'),
      value: <Link to={`/lists/${list.supersededBy.id}` as never}>{list.supersededBy.title}</Link>,
    },
    list.withdrawn !== null && {
      label: t('field.withdrawn'),
      value: t('by', { at: formatDateTime(list.withdrawn.at), by: list.withdrawn.by }),
    },
  ];
  return facts.filter((fact) => fact !== false);
}
