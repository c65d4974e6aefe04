import { NumberInput, Textarea, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/error.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import type { Answer } from './api.ts';
import styles from './Findings.module.css';
import { SubscriberPicker } from './SubscriberPicker.tsx';
import type { Subscriber } from './SubscriberPicker.tsx';

export interface AnswerDraft {
  answer: Exclude<Answer, 'passed-on'>;
  note: string;
  postponedTo: string | null;
  reference: string;
  done: number | string;
  machines: number | string;
  subscriber: Subscriber | null;
}

export const emptyAnswer: AnswerDraft = {
  answer: 'cleaned',
  note: '',
  postponedTo: null,
  reference: '',
  done: '',
  machines: '',
  subscriber: null,
};

/** Answers that say how many machines were dealt with. */
export const COUNTED: readonly Answer[] = ['cleaned', 'patched', 'postponed'];

/** What each kind of answer needs besides. `finding`: the one from which an operator looks for its subscriber. */
export function AnswerFields({
  draft,
  set,
  error,
  finding,
}: {
  draft: AnswerDraft;
  set: (part: Partial<AnswerDraft>) => void;
  error: ApiError | null;
  finding: string;
}): ReactElement {
  const { t } = useTranslation('findings');
  const needsNote = ['not-ours', 'disputed'].includes(draft.answer) || (draft.answer === 'subscriber' && draft.subscriber === null);
  return (
    <>
      {draft.answer === 'postponed' && (
        <DateField
          label={t('field.postponedTo')}
          required
          value={draft.postponedTo}
          onChange={(day) => set({ postponedTo: day })}
          error={fieldError(error, 'postponedTo')}
        />
      )}
      {draft.answer === 'head-office' && (
        <TextInput
          label={t('field.reference')}
          required
          value={draft.reference}
          onChange={(event) => set({ reference: event.currentTarget.value })}
          error={fieldError(error, 'reference')}
        />
      )}
      {COUNTED.includes(draft.answer) && (
        <div className={styles['pair']}>
          <NumberInput
            label={t('field.machinesDone')}
            min={0}
            hideControls
            value={draft.done}
            onChange={(done) => set({ done })}
            error={fieldError(error, 'machinesDone')}
          />
          <NumberInput
            label={t('field.machinesTotal')}
            min={1}
            hideControls
            value={draft.machines}
            onChange={(machines) => set({ machines })}
            error={fieldError(error, 'machinesTotal')}
          />
        </div>
      )}
      {draft.answer === 'subscriber' && (
        <SubscriberPicker
          finding={finding}
          value={draft.subscriber}
          onChange={(subscriber) => set({ subscriber })}
          error={fieldError(error, 'subscriber')}
        />
      )}
      <Textarea
        label={t(draft.answer === 'subscriber' && draft.subscriber === null ? 'field.subscriber' : 'field.note')}
        required={needsNote}
        minRows={2}
        value={draft.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
        error={fieldError(error, 'note')}
      />
    </>
  );
}
