import { Button, Checkbox, Modal, NumberInput, Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/error.ts';
import { formatNumber } from '../../i18n/format.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { ANSWERS, OPERATOR_ANSWERS, useKeep } from './api.ts';
import type { Answer, Finding, Outcome } from './api.ts';
import styles from './Findings.module.css';
import { Machines, Refused } from './Said.tsx';

interface Draft {
  answer: Exclude<Answer, 'passed-on'>;
  note: string;
  postponedTo: string | null;
  reference: string;
  done: number | string;
  machines: number | string;
  everything: boolean;
}

const MOST = 5000;
const COUNTED: readonly Answer[] = ['cleaned', 'patched', 'postponed'];
const number = (value: number | string): number | null => (typeof value === 'number' ? value : null);

interface AnswerDialogProps {
  findings: readonly Finding[];
  total: number | null;
  query: object | null;
  onClose: (done: boolean) => void;
}

/** One answer for one finding or for many, with what each kind of answer needs. */
export function AnswerDialog({ findings, total, query, onClose }: AnswerDialogProps): ReactElement {
  const { t } = useTranslation('findings');
  const { t: ui } = useTranslation('ui');
  const [draft, setDraft] = useState<Draft>({
    answer: 'cleaned',
    note: '',
    postponedTo: null,
    reference: '',
    done: '',
    machines: '',
    everything: false,
  });
  const [refused, setRefused] = useState<Outcome | null>(null);
  const send = useKeep('POST /findings/answer');
  const set = (part: Partial<Draft>): void => setDraft((former) => ({ ...former, ...part }));
  const offers = findings.every(({ can }) => can.operator) ? [...ANSWERS, ...OPERATOR_ANSWERS] : ANSWERS;
  const submit = (): void =>
    send.mutate(
      { body: bodyOf(draft, findings, query) as never },
      {
        onSuccess: (outcome) => {
          if (outcome.done > 0) showToast({ message: t('done.answer', { count: outcome.done, shown: formatNumber(outcome.done) }) });
          if (outcome.refused.length === 0) onClose(true);
          else setRefused(outcome);
        },
      },
    );
  return (
    <Modal
      opened
      onClose={() => onClose(refused !== null)}
      title={t('act.answer')}
      closeButtonProps={{ 'aria-label': ui('close') }}
      size="lg"
    >
      {refused !== null ? (
        <Refused outcome={refused} onClose={() => onClose(true)} />
      ) : (
        <Form onSubmit={submit} error={send.error} places={['note', 'postponedTo', 'reference', 'machinesDone', 'machinesTotal']}>
          <Machines findings={findings} />
          {total !== null && query !== null && total > findings.length && total <= MOST && (
            <Checkbox
              label={t('everything', { count: total, shown: formatNumber(total) })}
              checked={draft.everything}
              onChange={(event) => set({ everything: event.currentTarget.checked })}
            />
          )}
          <Radio.Group label={t('field.answer')} value={draft.answer} onChange={(answer) => set({ answer: answer as Draft['answer'] })}>
            {offers.map((one) => (
              <Radio key={one} value={one} label={t(`answer.${one}`)} description={t(`answerHint.${one}`)} mt={6} />
            ))}
          </Radio.Group>
          <Fields draft={draft} set={set} error={send.error} />
          <FormButtons>
            <Button variant="default" onClick={() => onClose(false)}>
              {ui('cancel')}
            </Button>
            <Button type="submit" loading={send.isPending}>
              {t('send.answer')}
            </Button>
          </FormButtons>
        </Form>
      )}
    </Modal>
  );
}

function bodyOf(draft: Draft, findings: readonly Finding[], query: object | null): object {
  const { answer, note, postponedTo, reference, everything } = draft;
  const counts = COUNTED.includes(answer) ? { machinesDone: number(draft.done), machinesTotal: number(draft.machines) } : {};
  const { page: _page, size: _size, newest, waiting, ...filters } = (query ?? {}) as Record<string, unknown>;
  const flags = {
    ...(newest !== undefined && { newest: newest === 'true' }),
    ...(waiting !== undefined && { waiting: waiting === 'true' }),
  };
  return {
    ...(everything ? { query: { ...filters, ...flags } } : { findings: findings.map(({ id }) => id) }),
    answer,
    note: note.trim() || null,
    ...counts,
    ...(answer === 'postponed' && { postponedTo }),
    ...(answer === 'head-office' && { reference: reference.trim() || null }),
  };
}

function Fields({ draft, set, error }: { draft: Draft; set: (part: Partial<Draft>) => void; error: ApiError | null }): ReactElement {
  const { t } = useTranslation('findings');
  const needsNote = ['not-ours', 'disputed', 'subscriber'].includes(draft.answer);
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
      <Textarea
        label={t(draft.answer === 'subscriber' ? 'field.subscriber' : 'field.note')}
        required={needsNote}
        minRows={2}
        value={draft.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
        error={fieldError(error, 'note')}
      />
    </>
  );
}
