import { Button } from '@mantine/core';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { useErrorText } from '../../ui/form/useErrorText.ts';
import { FactsList } from '../../ui/page/FactsList.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import type { Column } from '../../ui/table/model.ts';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { ExerciseBadge } from '../exercises/ExerciseBanner.tsx';
import { STALE } from './api.ts';
import type { FrozenRow, NoticeDetail } from './api.ts';
import styles from './Notices.module.css';
import { Delivery } from './NoticesPage.tsx';

type Search = Readonly<Record<string, string | undefined>>;

/** One notice: its figures, each of which opens the rows that it counted; for the authority, how its mail went. */
export function NoticePage(): ReactElement {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const answer = useApi('GET /notices/{id}', { params: { id } });
  const notice = answer.data?.id === id ? answer.data : undefined;
  if (notice !== undefined) return <Detail notice={notice} />;
  return answer.error === null ? (
    <LoadingLines lines={8} />
  ) : (
    <ErrorState page error={answer.error} onRetry={() => void answer.refetch()} />
  );
}

function Detail({ notice }: { notice: NoticeDetail }): ReactElement {
  const { t } = useTranslation('notices');
  useSeen(notice);
  return (
    <>
      <PageHeader
        trail={
          <Link to={'/notices' as never} search={{ side: notice.side } as never}>
            {t(`title.${notice.side}`)}
          </Link>
        }
        title={t('one', { ticket: notice.ticket })}
        lead={
          <>
            {notice.side === 'own' ? notice.overseer.name : notice.organisation.name} · {t('asOf', { at: formatDateTime(notice.frozenAt) })}{' '}
            {notice.exercise && <ExerciseBadge />}
            {notice.test && <span className={`${styles['badge']} ${styles['test']}`}>{t('test')}</span>}
          </>
        }
        actions={notice.can.retry ? <Retry id={notice.id} /> : undefined}
      />
      {notice.test && <p className={styles['notice']}>{t('testMeans')}</p>}
      <Figures notice={notice} />
      <div className={styles['stack']}>
        <Rows notice={notice} />
        <Panel label={t('facts')}>
          <FactsList facts={useFacts(notice)} />
        </Panel>
      </div>
    </>
  );
}

/** Opening it is seeing it; said once. */
function useSeen({ id, can }: NoticeDetail): void {
  const { permissions } = useSession();
  const { mutate } = useChange('POST /notices/{id}/seen', ['GET /notices']);
  const told = useRef<string | null>(null);
  const may = can.see && permissions.includes('findings:answer');
  useEffect(() => {
    if (!may || told.current === id) return;
    told.current = id;
    mutate({ params: { id }, body: {} });
  }, [id, may, mutate]);
}

function Retry({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('notices');
  const text = useErrorText();
  const retry = useChange('POST /notices/{id}/retry', STALE);
  const go = (): void =>
    retry.mutate(
      { params: { id }, body: {} },
      {
        onSuccess: () => showToast({ message: t('retried') }),
        onError: (error) => showToast({ kind: 'problem', message: text(error) }),
      },
    );
  return (
    <Button onClick={go} loading={retry.isPending}>
      {t('retry')}
    </Button>
  );
}

function Figures({ notice }: { notice: NoticeDetail }): ReactElement {
  const { t } = useTranslation('notices');
  const search = useSearch({ strict: false }) as Search;
  const figures: readonly { id: string; value: number; search: Search }[] = [
    { id: 'total', value: notice.total, search: {} },
    { id: 'newest', value: notice.newest, search: { newest: 'true' } },
    { id: 'again', value: notice.again, search: { freshness: 'again' } },
    { id: 'fresh', value: notice.fresh, search: { freshness: 'first' } },
  ];
  const isShown = (one: Search): boolean => one['newest'] === search['newest'] && one['freshness'] === search['freshness'];
  return (
    <div className={styles['figures']}>
      {figures.map(({ id, value, search: to }) => (
        <Link key={id} className={styles['figure']} to={'.' as never} search={to as never} data-shown={isShown(to)}>
          <strong>{formatNumber(value)}</strong>
          {t(`figure.${id}`)}
        </Link>
      ))}
    </div>
  );
}

function Rows({ notice }: { notice: NoticeDetail }): ReactElement {
  const { t } = useTranslation('notices');
  const navigate = useNavigate();
  const list = useListState({ filters: ['freshness', 'newest', 'family'] });
  const query = Object.fromEntries(
    Object.entries(listQuery(list.state)).filter(([name, value]) => value !== '' && !['sort', 'q'].includes(name)),
  ) as never;
  const answer = useApi('GET /notices/{id}/findings', { params: { id: notice.id }, query });
  const options = notice.families
    .filter(({ family }) => family !== '')
    .map(({ family, n }) => ({ value: family, label: `${family} (${formatNumber(n)})` }));
  return (
    <DataTable
      caption={t('rows')}
      columns={useColumns()}
      rowId={(row) => row.finding}
      answer={answer}
      list={list}
      searchable={false}
      filters={options.length === 0 ? [] : [{ name: 'family', label: t('column.family'), options }]}
      onOpen={(row) => void (row.now !== null && navigate({ to: `/findings/${row.finding}` as never }))}
      empty={{ title: t('rowsEmpty'), why: t('rowsEmptyWhy') }}
    />
  );
}

function useColumns(): readonly Column<FrozenRow>[] {
  const { t } = useTranslation('notices');
  const { t: finding } = useTranslation('findings');
  return [
    {
      id: 'name',
      header: t('column.machine'),
      width: '28%',
      cell: ({ name, privateAddress }) => (
        <>
          <span className={styles['value']}>{name}</span>
          {privateAddress !== null && <div className={`${styles['value']} ${styles['soft']}`}>{privateAddress}</div>}
        </>
      ),
    },
    { id: 'family', header: t('column.family'), cell: ({ family }) => family || finding('noFamily') },
    { id: 'seen', header: t('column.lastSeen'), cell: ({ lastSeen }) => formatDateTime(lastSeen) },
    {
      id: 'freshness',
      header: t('column.then'),
      wide: true,
      cell: ({ freshness, inNewest }) => (
        <>
          {t(`freshness.${freshness}`)}
          {inNewest && <div className={styles['soft']}>{t('inNewest')}</div>}
        </>
      ),
    },
    {
      id: 'now',
      header: t('column.now'),
      cell: ({ now }) => (
        <>
          {now === null ? t('gone') : finding(`state.${now.state}`)}
          {now !== null && now.answer !== null && <div className={styles['soft']}>{finding(`answer.${now.answer}`)}</div>}
        </>
      ),
    },
  ];
}

/** Who cannot sign in answers in a keyed sheet. */
function NoAccount(): ReactElement {
  const { t } = useTranslation('notices');
  return (
    <>
      {t('noAccount')} <Link to={'/findings/sheets' as never}>{t('sheets')}</Link>
    </>
  );
}

function useFacts(notice: NoticeDetail): { label: string; value: ReactElement | string }[] {
  const { t } = useTranslation('notices');
  const { side, rule, by, roles, mail, seen, organisation } = notice;
  const theirs = [
    { label: t('fact.organisation'), value: organisation.name },
    { label: t('fact.rule'), value: [rule, by].filter((one) => one !== null && one !== '').join(' · ') },
    { label: t('fact.roles'), value: roles.map((role) => t(`role.${role}`)).join(' → ') },
    { label: t('fact.mail'), value: <Delivery notice={notice} /> },
    ...(notice.account === false ? [{ label: t('fact.account'), value: <NoAccount /> }] : []),
    ...(mail?.sentAt == null ? [] : [{ label: t('fact.sentAt'), value: formatDateTime(mail.sentAt) }]),
    ...(mail !== null && mail.sentAt === null && notice.delivery === 'waiting' && mail.dueAt !== null
      ? [{ label: t('fact.nextTry'), value: formatDateTime(mail.dueAt) }]
      : []),
  ];
  const own = [{ label: t('fact.overseer'), value: notice.overseer.name }];
  return [
    ...(side === 'own' ? own : theirs),
    { label: t('fact.seen'), value: seen === null ? t('unseen') : `${formatDateTime(seen.at)} · ${seen.by}` },
  ];
}
