import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../../api/client.ts';
import { formatDate, formatDateTime } from '../../../i18n/format.ts';
import { ForeignText } from '../../../ui/document/ForeignText.tsx';
import { EvidenceList } from '../components/EvidenceList.tsx';
import { DueText } from '../components/TaskChip.tsx';
import styles from '../Work.module.css';
import { lateText } from './proposing.ts';
import { ReturnDialog } from './ReturnDialog.tsx';
import { useApproval, useWithdrawal } from './useProposals.ts';

export type ProposalView = Output<'GET /proposals'>['items'][number];

interface ProposalCardProps {
  proposal: ProposalView;
  /** Chosen for approving several at once; left out where nothing is to be chosen. */
  chosen?: boolean;
  onChoose?: (chosen: boolean) => void;
}

/** Everything that would be sent, and the decision on it: made for a thumb. */
export function ProposalCard({ proposal, chosen, onChoose }: ProposalCardProps): ReactElement {
  const { t } = useTranslation('work');
  const title = proposal.code ?? t('card.noCode', { symbol: proposal.symbol ?? '' });
  return (
    <li className={styles['card']}>
      <div className={styles['row']} style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
        {onChoose !== undefined && (
          <Checkbox
            checked={chosen ?? false}
            onChange={(event) => onChoose(event.currentTarget.checked)}
            aria-label={t('approval.choose', { code: title })}
            mt={2}
          />
        )}
        <h3>
          <Link to={`/my-work/${proposal.directive}`}>
            <ForeignText text={proposal.subject} />
          </Link>
        </h3>
      </div>
      <div className={styles['meta']}>
        <span>
          {title}
          {proposal.issuerName !== null && ` · ${proposal.issuerName}`}
        </span>
        {proposal.due !== null && <DueText due={proposal.due} timeState={proposal.timeState} />}
      </div>
      {proposal.state === 'proposed' && <Late proposal={proposal} />}
      <p className={styles['hint']}>{t('approval.by', { who: proposal.proposedByName, at: formatDateTime(proposal.proposedAt) })}</p>
      {proposal.note !== null && (
        <p className={styles['answered']}>
          <ForeignText text={proposal.note} />
        </p>
      )}
      <Items proposal={proposal} />
      <Report proposal={proposal} />
      {proposal.state === 'proposed' ? <Decision proposal={proposal} /> : <Decided proposal={proposal} />}
    </li>
  );
}

/** It counts when it is sent, not when it was put forward. */
function Late({ proposal: { due, timeState } }: { proposal: ProposalView }): ReactElement | null {
  const { t } = useTranslation('work');
  if (due === null || (timeState !== 'at-risk' && timeState !== 'overdue')) return null;
  return (
    <p className={styles['notice']} role="note">
      {lateText({ due, timeState }, t)}
    </p>
  );
}

function Items({ proposal }: { proposal: ProposalView }): ReactElement {
  const { t } = useTranslation('work');
  const changed = proposal.items.some((item) => item.changed);
  return (
    <>
      {changed && (
        <p className={styles['notice']} role="note">
          {t('approval.changed')}
        </p>
      )}
      {proposal.items.map((item) => (
        <section key={item.task} className={styles['proposed']} aria-label={item.path}>
          <div className={styles['itemHead']}>
            <span className={styles['path']}>{item.path}</span>
            {item.nothing && <span className={styles['chip']}>{t('answer.nothingChip')}</span>}
            {item.changed && (
              <span className={styles['chip']} data-state="urgent">
                {t('approval.changedItem')}
              </span>
            )}
          </div>
          <p className={styles['hint']}>
            <ForeignText text={item.text} />
          </p>
          {item.answer === '' ? (
            <p className={styles['hint']}>{t(proposal.report === null ? 'approval.byEvidence' : 'approval.byReport')}</p>
          ) : (
            <p className={styles['answered']}>
              <ForeignText text={item.answer} />
            </p>
          )}
          <EvidenceList evidence={item.evidence} />
        </section>
      ))}
    </>
  );
}

function Report({ proposal: { report } }: { proposal: ProposalView }): ReactElement | null {
  const { t } = useTranslation('work');
  if (report === null) return null;
  return (
    <section className={styles['proposed']} aria-label={t('approval.report')}>
      <p>{t('approval.reportOf', { code: report.code, day: formatDate(report.day), signer: report.signer })}</p>
      {report.note !== null && (
        <p className={styles['hint']}>
          <ForeignText text={report.note} />
        </p>
      )}
      <EvidenceList evidence={report.evidence} label={t('approval.report')} />
    </section>
  );
}

function Decision({ proposal }: { proposal: ProposalView }): ReactElement | null {
  const { t } = useTranslation('work');
  const [returning, setReturning] = useState(false);
  const approve = useApproval();
  const withdraw = useWithdrawal();
  if (!proposal.can.approve && !proposal.can.withdraw) return null;
  return (
    <div className={styles['buttons']}>
      {proposal.can.approve ? (
        <>
          <Button variant="default" onClick={() => setReturning(true)}>
            {t('approval.return')}
          </Button>
          <Button loading={approve.isPending} onClick={() => approve.send([proposal.id])}>
            {t('approval.approve')}
          </Button>
        </>
      ) : (
        <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.send(proposal.id)}>
          {t('approval.withdraw')}
        </Button>
      )}
      {returning && <ReturnDialog proposal={proposal.id} onClose={() => setReturning(false)} />}
    </div>
  );
}

function Decided({ proposal }: { proposal: ProposalView }): ReactElement {
  const { t } = useTranslation('work');
  const who = proposal.decidedByName ?? '';
  const at = proposal.decidedAt === null ? '' : formatDateTime(proposal.decidedAt);
  return (
    <>
      <p className={styles['hint']}>{t(`approval.state.${proposal.state}`, { who, at })}</p>
      {proposal.reason !== null && (
        <p className={styles['answered']}>
          <ForeignText text={proposal.reason} />
        </p>
      )}
    </>
  );
}
