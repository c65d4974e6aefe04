import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatNumber } from '../../i18n/format.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { EmptyState, ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { ExercisePill, OnlyExercises } from '../exercises/ExerciseChoice.tsx';
import { UnseenNotices } from '../notices/UnseenNotices.tsx';
import { ReminderNotices } from '../notifications/ReminderNotices.tsx';
import { Proposals } from './approval/Proposals.tsx';
import type { Card } from './api.ts';
import { ReceiveDialog } from './dialogs/ReceiveDialog.tsx';
import { RefuseDialog } from './dialogs/RefuseDialog.tsx';
import { MyParts } from './MyParts.tsx';
import { MyPeriods } from './periods/MyPeriods.tsx';
import styles from './Work.module.css';
import { WorkCard } from './WorkCard.tsx';

const TABS = ['todo', 'waiting', 'done'] as const;
type Tab = (typeof TABS)[number];
const SIZE = 30;

/** Việc của tôi: what the acting organisation has to do, waits for, and has done; made for a thumb. */
export function MyWorkPage(): ReactElement {
  const { t } = useTranslation('work');
  const { acting } = useSession();
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  const navigate = useNavigate();
  const tab: Tab = TABS.find((one) => one === search['tab']) ?? 'todo';
  const whose = search['whose'] === 'mine' ? 'mine' : 'all';
  const exercise = search['exercise'] === 'true' ? 'true' : undefined;
  const [pages, setPages] = useState(1);
  const approving = search['tab'] === 'approval';
  const work = useApi('GET /my-work', { query: { tab, whose, exercise, page: 1, size: SIZE * pages } });
  const open = useApi('GET /my-parts', { query: { tab: 'open', exercise, size: 100 } });
  const done = useApi('GET /my-parts', { query: { tab: 'done', exercise, size: 100 } });
  const handedOf = { todo: open.data, waiting: undefined, done: done.data };
  const handed = approving ? [] : (handedOf[tab]?.items ?? []);
  const go = (next: { tab?: Tab; whose?: 'all' | 'mine'; exercise?: 'true' | undefined }): void => {
    setPages(1);
    void navigate({ to: '/my-work', search: { tab, whose, exercise, ...next } as never, replace: true });
  };
  return (
    <>
      <PageHeader title={t('my.title')} lead={acting.organisation.name} />
      <ReminderNotices />
      <UnseenNotices />
      <nav className={`${styles['tabs']} never-printed`} aria-label={t('my.title')}>
        {TABS.map((one) => (
          <Link
            key={one}
            to="/my-work"
            search={{ tab: one, whose, exercise } as never}
            className={styles['pill']}
            aria-current={one === tab && !approving ? 'page' : undefined}
            activeOptions={{ exact: true, includeSearch: true }}
            onClick={() => setPages(1)}
          >
            {t(`my.tab.${one}`)}{' '}
            {work.data !== undefined && (
              <span className="tabular">{formatNumber(work.data.counts[one] + (handedOf[one]?.total ?? 0))}</span>
            )}
          </Link>
        ))}
        {(approving || (work.data?.counts.approvals ?? 0) > 0) && (
          <Link
            to="/my-work"
            search={{ tab: 'approval' } as never}
            className={styles['pill']}
            aria-current={approving ? 'page' : undefined}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {t(acting.role === 'leader' ? 'my.tab.approval' : 'my.tab.proposed')}{' '}
            {acting.role === 'leader' && work.data !== undefined && (
              <span className="tabular">{formatNumber(work.data.counts.approvals)}</span>
            )}
          </Link>
        )}
        <button
          type="button"
          className={styles['pill']}
          aria-pressed={whose === 'mine'}
          onClick={() => go({ whose: whose === 'mine' ? 'all' : 'mine' })}
        >
          {t('my.mine')}
        </button>
        {(exercise !== undefined || (work.data?.counts.exercise ?? 0) > 0) && (
          <ExercisePill
            count={work.data?.counts.exercise ?? 0}
            pressed={exercise !== undefined}
            className={styles['pill']}
            onToggle={() => go({ exercise: exercise === undefined ? 'true' : undefined })}
          />
        )}
      </nav>
      {exercise !== undefined && <OnlyExercises />}
      {tab === 'todo' && !approving && <MyPeriods exercise={exercise !== undefined} />}
      {handed.length > 0 && <MyParts parts={handed} />}
      {approving ? (
        <Proposals />
      ) : work.data === undefined ? (
        work.error === null ? (
          <LoadingLines lines={6} />
        ) : (
          <ErrorState error={work.error} onRetry={() => void work.refetch()} />
        )
      ) : (
        (handed.length === 0 || work.data.items.length > 0) && <Cards cards={work.data.items} tab={tab} mine={whose === 'mine'} />
      )}
      {!approving && work.data !== undefined && work.data.items.length < work.data.total && (
        <Button variant="default" mt="md" loading={work.isFetching} onClick={() => setPages(pages + 1)}>
          {t('my.more', { count: work.data.total - work.data.items.length })}
        </Button>
      )}
    </>
  );
}

const GROUPS = ['overdue', 'today', 'week', 'later', 'none'] as const;

function Cards({ cards, tab, mine }: { cards: readonly Card[]; tab: Tab; mine: boolean }): ReactElement {
  const { t } = useTranslation('work');
  const [dialog, setDialog] = useState<{ kind: 'receive' | 'refuse'; card: Card } | null>(null);
  if (cards.length === 0) return <EmptyState title={t(`my.empty.${tab}`)} why={t(mine ? 'my.empty.mineWhy' : `my.empty.${tab}Why`)} />;
  const list = (some: readonly Card[]): ReactElement => (
    <ul className={styles['cards']}>
      {some.map((card) => (
        <WorkCard
          key={`${card.directive} ${card.due ?? ''}`}
          card={card}
          tab={tab}
          onReceive={() => setDialog({ kind: 'receive', card })}
          onRefuse={() => setDialog({ kind: 'refuse', card })}
        />
      ))}
    </ul>
  );
  const grouped = GROUPS.map((group) => ({ group, some: cards.filter((card) => card.group === group) })).filter(
    ({ some }) => some.length > 0,
  );
  return (
    <>
      {tab === 'todo'
        ? grouped.map(({ group, some }) => (
            <section key={group} aria-label={t(`my.group.${group}`)}>
              <h2 className={styles['group']}>{t(`my.group.${group}`)}</h2>
              {list(some)}
            </section>
          ))
        : list(cards)}
      {dialog?.kind === 'receive' && <ReceiveDialog part={dialog.card} onClose={() => setDialog(null)} />}
      {dialog?.kind === 'refuse' && <RefuseDialog part={dialog.card} onClose={() => setDialog(null)} />}
    </>
  );
}
