import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../ui/form/useErrorText.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';
import type { Card } from '../api.ts';
import styles from '../Work.module.css';

/**
 * A card whose items all recur, end this week and are not answered yet: one tap says that nothing happened in the period and hands it in.
 * Of a period that goes on for weeks nobody can say so yet.
 */
export function canSendNothing({ receiptState, group, items, proposed }: Card): boolean {
  const fresh = items.every(
    ({ period, state, nothing }) => period !== null && (state === 'assigned' || (state === 'in-progress' && nothing)),
  );
  return receiptState === '03' && group !== 'later' && group !== 'none' && proposed === 0 && items.length > 0 && fresh;
}

export function NothingSend({ card }: { card: Card }): ReactElement {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const say = useWorkAct('POST /work/{directive}/{organisation}/nothing', true);
  const submit = useWorkAct('POST /work/{directive}/{organisation}/submit');
  const back = useWorkAct('POST /work/{directive}/{organisation}/withdraw-submission');
  const params = { directive: card.directive, organisation: card.organisation };
  const tasks = card.items.map(({ task }) => task);
  const fail = (error: unknown): void => void showToast({ message: errorText(error), kind: 'problem' });
  const undo = async (): Promise<void> => {
    try {
      await back.mutateAsync({ params, body: { tasks } });
      for (const task of tasks) await say.mutateAsync({ params, body: { task, nothing: false } });
    } catch (error) {
      fail(error);
    }
  };
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      for (const { task, period } of card.items)
        await say.mutateAsync({ params, body: { task, nothing: true, ...(period === null ? {} : { period: period.number }) } });
      const periods = Object.fromEntries(card.items.flatMap(({ task, period }) => (period === null ? [] : [[task, period.number]])));
      const { proposal } = await submit.mutateAsync({ params, body: { tasks, periods } });
      if (proposal === null) showToast({ message: t('period.sent'), undo: () => void undo() });
      else showToast({ message: t('approval.done', { count: tasks.length }) });
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="default" className={styles['whole']} loading={busy} onClick={() => void send()}>
      {t('period.nothingSend')}
    </Button>
  );
}
