import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { EmptyState, ErrorState, LoadingLines } from '../../../ui/page/PageStates.tsx';
import styles from '../Work.module.css';
import { ProposalCard } from './ProposalCard.tsx';
import { useApproval } from './useProposals.ts';

const SIZE = 30;

/** What waits for the leader of the organisation, to be approved one by one or several at once; below it what was decided last. */
export function Proposals(): ReactElement {
  const { t } = useTranslation('work');
  const [pages, setPages] = useState(1);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const open = useApi('GET /proposals', { query: { tab: 'open', size: SIZE * pages } });
  const approve = useApproval(() => setChosen([]));
  if (open.data === undefined)
    return open.error === null ? <LoadingLines lines={6} /> : <ErrorState error={open.error} onRetry={() => void open.refetch()} />;
  const { items, total } = open.data;
  const waiting = items.filter(({ can }) => can.approve).map(({ id }) => id);
  const sending = chosen.filter((id) => waiting.includes(id));
  const many = waiting.length > 1;
  return (
    <>
      {items.length === 0 && <EmptyState title={t('approval.empty')} why={t('approval.emptyWhy')} />}
      {many && (
        <div className={styles['row']} style={{ marginBottom: 12 }}>
          <Button variant="default" size="md" onClick={() => setChosen(sending.length === waiting.length ? [] : waiting)}>
            {t(sending.length === waiting.length ? 'approval.chooseNone' : 'approval.chooseAll', { count: waiting.length })}
          </Button>
          <Button size="md" disabled={sending.length === 0} loading={approve.isPending} onClick={() => approve.send(sending)}>
            {t(sending.length === 0 ? 'approval.approveChosenNone' : 'approval.approveChosen', { count: sending.length })}
          </Button>
        </div>
      )}
      <ul className={styles['cards']}>
        {items.map((proposal) => (
          <ProposalCard
            key={proposal.id}
            proposal={proposal}
            {...(many && proposal.can.approve
              ? {
                  chosen: chosen.includes(proposal.id),
                  onChoose: (on: boolean) => setChosen(on ? [...chosen, proposal.id] : chosen.filter((id) => id !== proposal.id)),
                }
              : {})}
          />
        ))}
      </ul>
      {items.length < total && (
        <Button variant="default" mt="md" loading={open.isFetching} onClick={() => setPages(pages + 1)}>
          {t('my.more', { count: total - items.length })}
        </Button>
      )}
      <Decided />
    </>
  );
}

/** The last decisions, so that nobody asks what became of a proposal. */
function Decided(): ReactElement | null {
  const { t } = useTranslation('work');
  const decided = useApi('GET /proposals', { query: { tab: 'decided', size: 10 } });
  if (decided.data === undefined || decided.data.items.length === 0) return null;
  return (
    <details className={styles['decided']}>
      <summary>{t('approval.decided', { count: decided.data.total })}</summary>
      <ul className={styles['cards']}>
        {decided.data.items.map((proposal) => (
          <ProposalCard key={proposal.id} proposal={proposal} />
        ))}
      </ul>
    </details>
  );
}
