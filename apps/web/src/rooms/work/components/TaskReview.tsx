import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/form/ConfirmDialog.tsx';
import { useErrorText } from '../../../ui/form/useErrorText.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import type { TaskState } from '../api.ts';
import { useWorkAct } from '../api.ts';
import styles from '../Work.module.css';

interface TaskReviewProps {
  /** The tasks to decide on together; those that do not await a decision are left alone. */
  tasks: readonly { task: string; path: string; state: TaskState; requestedDue?: string | null }[];
  onDone?: () => void;
  /** Whether accepting is the page's next step. */
  primary?: boolean;
}

/** The overseer's decision: accept, with a way back, or ask for more with a reason that the agency reads; and on extensions asked for. */
export function TaskReview({ tasks, onDone, primary = true }: TaskReviewProps): ReactElement | null {
  const waiting = tasks.filter(({ state }) => state === 'submitted');
  const extended = tasks.filter(({ requestedDue }) => requestedDue !== undefined && requestedDue !== null);
  if (waiting.length === 0 && extended.length === 0) return null;
  return (
    <div className={styles['row']}>
      {waiting.length > 0 && <Decision tasks={waiting} onDone={onDone} primary={primary} />}
      {extended.length > 0 && <ExtensionDecision tasks={extended} onDone={onDone} />}
    </div>
  );
}

interface DecisionProps {
  tasks: TaskReviewProps['tasks'];
  onDone: (() => void) | undefined;
}

function Decision({ tasks, onDone, primary }: DecisionProps & { primary: boolean }): ReactElement {
  const { t } = useTranslation('work');
  const [asking, setAsking] = useState(false);
  const errorText = useErrorText();
  const accept = useWorkAct('POST /work/accept');
  const askMore = useWorkAct('POST /work/ask-more');
  const reopen = useWorkAct('POST /work/reopen');
  const ids = tasks.map(({ task }) => task);
  const fail = (error: unknown): void => void showToast({ message: errorText(error), kind: 'problem' });
  // Awaited, not handed over: these buttons go with the decision, and what is handed to `mutate` goes with them.
  const undo = async (done: string[]): Promise<void> => {
    try {
      await reopen.mutateAsync({ body: { tasks: done, reason: t('review.undoReason') } });
      onDone?.();
    } catch (error) {
      fail(error);
    }
  };
  const doAccept = async (): Promise<void> => {
    try {
      const { done } = await accept.mutateAsync({ body: { tasks: ids } });
      showToast({ message: t('review.accepted', { count: done.length }), undo: () => undo(done) });
      onDone?.();
    } catch (error) {
      fail(error);
    }
  };
  const doAsk = async (reason: string): Promise<void> => {
    const answer = await askMore.mutateAsync({ body: { tasks: ids, reason } }).catch(() => null);
    if (answer === null) return;
    setAsking(false);
    showToast({ message: t('review.moreAsked', { count: answer.done.length }) });
    onDone?.();
  };
  return (
    <>
      <Button variant={primary ? 'filled' : 'default'} onClick={() => void doAccept()} loading={accept.isPending}>
        {ids.length === 1 ? t('review.acceptOne') : t('review.accept', { count: ids.length })}
      </Button>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('review.askMore')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('review.askTitle')}
        confirm={t('review.askMore')}
        reason="required"
        onConfirm={(reason) => void doAsk(reason)}
        busy={askMore.isPending}
        error={askMore.error}
      >
        {t('review.askDetail', { count: ids.length, paths: tasks.map(({ path }) => path).join(', ') })}
      </ConfirmDialog>
    </>
  );
}

function ExtensionDecision({ tasks, onDone }: DecisionProps): ReactElement {
  const { t } = useTranslation('work');
  const [declining, setDeclining] = useState(false);
  const errorText = useErrorText();
  const decide = useWorkAct('POST /work/extension');
  const ids = tasks.map(({ task }) => task);
  const send = (granted: boolean, reason?: string): void =>
    void decide.mutateAsync({ body: { tasks: ids, granted, ...(reason === undefined || reason === '' ? {} : { reason }) } }).then(
      () => {
        setDeclining(false);
        showToast({ message: t(granted ? 'review.granted' : 'review.declined') });
        onDone?.();
      },
      (error: unknown) => declining || showToast({ message: errorText(error), kind: 'problem' }),
    );
  return (
    <>
      <Button variant="default" onClick={() => send(true)} loading={decide.isPending}>
        {t('review.grant')}
      </Button>
      <Button variant="default" onClick={() => setDeclining(true)}>
        {t('review.decline')}
      </Button>
      <ConfirmDialog
        opened={declining}
        onClose={() => setDeclining(false)}
        title={t('review.decline')}
        confirm={t('review.decline')}
        reason="required"
        onConfirm={(reason) => send(false, reason)}
        busy={decide.isPending}
        error={decide.error}
      >
        {t('review.declineDetail', { paths: tasks.map(({ path }) => path).join(', ') })}
      </ConfirmDialog>
    </>
  );
}
