import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { useDraft } from '../../ui/form/useDraft.ts';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { ExerciseBanner } from '../exercises/ExerciseBanner.tsx';
import { useWork, useWorkAct } from './api.ts';
import type { Part, Work } from './api.ts';
import { ProposalNotices } from './approval/ProposalNotices.tsx';
import { isProposing, reportable } from './approval/proposing.ts';
import { DeclaredPanel } from './DeclaredPanel.tsx';
import { EnterForDialog } from './dialogs/EnterForDialog.tsx';
import { ReceiveDialog } from './dialogs/ReceiveDialog.tsx';
import { RefuseDialog } from './dialogs/RefuseDialog.tsx';
import { SubmitDialog } from './dialogs/SubmitDialog.tsx';
import { EnterFor, WorkNotices } from './WorkNotices.tsx';
import { WorkHeader } from './WorkHeader.tsx';
import { WorkItems } from './WorkItems.tsx';
import { WorkSide } from './WorkSide.tsx';
import styles from './Work.module.css';

/** A directive as one organisation works on it; without an organisation in the address it is the acting one. */
export function WorkPage(): ReactElement {
  const { directive = '', organisation } = useParams({ strict: false }) as { directive?: string; organisation?: string };
  const { acting } = useSession();
  const part: Part = { directive, organisation: organisation ?? acting.organisation.id };
  const work = useWork(part);
  // While another part loads, the former answer is still at hand; it must not be worked on under this address.
  const isThis = work.data?.directive.id === part.directive && work.data.receipt.organisation === part.organisation;
  if (work.data === undefined || !isThis) {
    return work.error === null ? <LoadingLines lines={10} /> : <ErrorState page error={work.error} onRetry={() => void work.refetch()} />;
  }
  return <WorkContent key={`${part.directive} ${part.organisation}`} part={part} work={work.data} />;
}

export type WorkDialog = 'receive' | 'refuse' | 'submit' | 'entry' | null;

function WorkContent({ part, work }: { part: Part; work: Work }): ReactElement {
  const { t } = useTranslation('work');
  const { acting } = useSession();
  const [dialog, setDialog] = useState<WorkDialog>(null);
  const [source, setSource, clearSource] = useDraft<string>(`work/${part.directive}/${part.organisation}/source`, '');
  useFirstOpening(part, work);
  const entering = work.can.enterFor && source !== '';
  const mayWork = work.can.work || entering;
  const from = entering ? source : undefined;
  const close = (): void => setDialog(null);
  const open = reportable(work);
  return (
    <>
      <ExerciseBanner name={work.directive.exerciseName} />
      <WorkHeader work={work} mayWork={mayWork} onDialog={setDialog} part={part} source={from} />
      <WorkNotices work={work} />
      <ProposalNotices work={work} />
      {work.can.enterFor && (
        <EnterFor
          source={source}
          onEntry={() => setDialog('entry')}
          onStart={setSource}
          onStop={clearSource}
          agency={work.receipt.organisationName}
        />
      )}
      <div className={styles['page']}>
        <div className={styles['column']}>
          <DeclaredPanel part={part} />
          <WorkItems part={part} work={work} mayWork={mayWork} source={from} />
        </div>
        <WorkSide part={part} work={work} mayWork={mayWork} source={from} />
      </div>
      {mayWork && open.length > 0 && work.receipt.state === '03' && (
        <div className={`${styles['bar']} never-printed`}>
          <button type="button" className={styles['next']} onClick={() => setDialog('submit')}>
            {t(isProposing(work, acting.role, from) ? 'approval.button' : 'submit.button', { count: open.length })}
          </button>
        </div>
      )}
      {dialog === 'receive' && <ReceiveDialog part={part} source={from} onClose={close} />}
      {dialog === 'entry' && <EnterForDialog part={part} work={work} onClose={close} />}
      {dialog === 'refuse' && <RefuseDialog part={part} source={from} onClose={close} />}
      {dialog === 'submit' && (
        <SubmitDialog
          part={part}
          items={open}
          waiting={work.parts.filter(({ state }) => state === 'given')}
          source={from}
          proposing={isProposing(work, acting.role, from)}
          onClose={close}
        />
      )}
      <span className="only-heard">{t('page.status', { status: t(`status.${work.status}`) })}</span>
    </>
  );
}

/** The first opening by the agency's own people is a figure of the authority, so it is told once the page is read. */
function useFirstOpening(part: Part, work: Work): void {
  const tell = useWorkAct('POST /work/{directive}/{organisation}/open', true);
  const { mutate } = tell;
  const first = work.can.work && work.receipt.openedAt === null;
  useEffect(() => {
    if (first) mutate({ params: { directive: part.directive, organisation: part.organisation }, body: {} });
  }, [first, mutate, part.directive, part.organisation]);
}
