import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../../i18n/format.ts';
import { ForeignText } from '../../../ui/document/ForeignText.tsx';
import type { Work } from '../api.ts';
import styles from '../Work.module.css';
import { lateText } from './proposing.ts';
import { useWithdrawal } from './useProposals.ts';

type Proposal = Work['approval']['proposals'][number];

/** What of this directive waits for the own leader, and why the last proposal came back. */
export function ProposalNotices({ work }: { work: Work }): ReactElement {
  return (
    <>
      {work.approval.proposals.map((proposal) =>
        proposal.state === 'proposed' ? (
          <Waiting key={proposal.id} proposal={proposal} work={work} />
        ) : (
          <Returned key={proposal.id} proposal={proposal} work={work} />
        ),
      )}
    </>
  );
}

const pathsOf = (proposal: Proposal, work: Work): string =>
  work.items
    .filter(({ task }) => proposal.tasks.includes(task))
    .map(({ path }) => path)
    .join(', ');

function Waiting({ proposal, work }: { proposal: Proposal; work: Work }): ReactElement {
  const { t } = useTranslation('work');
  const withdraw = useWithdrawal();
  const urgent = work.items
    .filter(({ task, answeredAt, due }) => proposal.tasks.includes(task) && answeredAt === null && due !== null)
    .toSorted((a, b) => (a.due ?? '').localeCompare(b.due ?? ''))
    .find(({ timeState }) => timeState === 'at-risk' || timeState === 'overdue');
  const { approve, withdraw: mayWithdraw } = proposal.can;
  return (
    <div className={styles['notice']} role="note">
      <p>
        <strong>{t('approval.waiting', { paths: pathsOf(proposal, work) })}</strong>{' '}
        {t('approval.by', { who: proposal.proposedByName, at: formatDateTime(proposal.proposedAt) })}. {t('approval.locked')}
        {urgent?.due !== undefined && urgent.due !== null && <> {lateText({ due: urgent.due, timeState: urgent.timeState }, t)}</>}
      </p>
      <div className={`${styles['row']} never-printed`} style={{ marginTop: 8 }}>
        {mayWithdraw && (
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.send(proposal.id)}>
            {t('approval.withdraw')}
          </Button>
        )}
        {approve && (
          <Button component={Link} to="/my-work" search={{ tab: 'approval' } as never}>
            {t('approval.decide')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Only as long as the items it was about still wait to be reported. */
function Returned({ proposal, work }: { proposal: Proposal; work: Work }): ReactElement | null {
  const { t } = useTranslation('work');
  const waiting = new Set(work.approval.proposals.filter(({ state }) => state === 'proposed').flatMap(({ tasks }) => tasks));
  const isOpen = work.items.some(
    ({ task, state }) =>
      proposal.tasks.includes(task) && !waiting.has(task) && state !== 'submitted' && state !== 'accepted' && state !== 'withdrawn',
  );
  if (!isOpen) return null;
  return (
    <p className={styles['notice']} role="note">
      <strong>
        {t('approval.returnedBy', {
          who: proposal.decidedByName ?? '',
          at: proposal.decidedAt === null ? '' : formatDateTime(proposal.decidedAt),
          paths: pathsOf(proposal, work),
        })}
      </strong>{' '}
      <ForeignText text={proposal.reason ?? ''} />
    </p>
  );
}
