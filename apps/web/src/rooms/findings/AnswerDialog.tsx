import { Button, Checkbox, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { AnswerFields, COUNTED, emptyAnswer } from './AnswerFields.tsx';
import type { AnswerDraft } from './AnswerFields.tsx';
import { ANSWERS, OPERATOR_ANSWERS, useKeep } from './api.ts';
import type { Finding, Outcome } from './api.ts';
import { emptySource, enteredBy, EnteredFields, isToldWhence, useForeign } from './EnteredFields.tsx';
import type { Source } from './EnteredFields.tsx';
import styles from './Findings.module.css';
import { Machines, Refused } from './Said.tsx';

interface Draft extends AnswerDraft {
  everything: boolean;
  source: Source;
}

const MOST = 5000;
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
  const { today } = useSession();
  const [draft, setDraft] = useState<Draft>({ ...emptyAnswer, everything: false, source: emptySource(today) });
  const [refused, setRefused] = useState<Outcome | null>(null);
  const send = useKeep('POST /findings/answer');
  const set = (part: Partial<Draft>): void => setDraft((former) => ({ ...former, ...part }));
  const foreign = useForeign(findings);
  const [unit] = foreign;
  const isBlocked = foreign.length > 1 || (unit !== undefined && !isToldWhence(draft.source));
  const offers = findings.every(({ can }) => can.operator) ? [...ANSWERS, ...OPERATOR_ANSWERS] : ANSWERS;
  const submit = (): void =>
    send.mutate(
      { body: bodyOf(draft, findings, { query, isForeign: unit !== undefined }) as never },
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
      title={unit === undefined ? t('act.answer') : t('entered.title')}
      closeButtonProps={{ 'aria-label': ui('close') }}
      size="lg"
    >
      {refused !== null ? (
        <Refused outcome={refused} onClose={() => onClose(true)} />
      ) : (
        <Form
          onSubmit={submit}
          error={send.error}
          places={['note', 'postponedTo', 'reference', 'machinesDone', 'machinesTotal', 'subscriber', 'who', 'at']}
        >
          <Machines findings={findings} />
          {unit === undefined && total !== null && query !== null && total > findings.length && total <= MOST && (
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
          <AnswerFields draft={draft} set={set} error={send.error} finding={findings[0]?.id ?? ''} />
          {foreign.length > 1 && <p className={styles['notice']}>{t('entered.several', { count: foreign.length })}</p>}
          {unit !== undefined && foreign.length === 1 && (
            <EnteredFields
              unit={unit}
              source={draft.source}
              set={(part) => set({ source: { ...draft.source, ...part } })}
              error={send.error}
            />
          )}
          <FormButtons>
            <Button variant="default" onClick={() => onClose(false)}>
              {ui('cancel')}
            </Button>
            <Button type="submit" loading={send.isPending} disabled={isBlocked}>
              {t(unit === undefined ? 'send.answer' : 'entered.send')}
            </Button>
          </FormButtons>
        </Form>
      )}
    </Modal>
  );
}

function bodyOf(draft: Draft, findings: readonly Finding[], { query, isForeign }: { query: object | null; isForeign: boolean }): object {
  const { answer, note, postponedTo, reference, everything, subscriber } = draft;
  const counts = COUNTED.includes(answer) ? { machinesDone: number(draft.done), machinesTotal: number(draft.machines) } : {};
  const { page: _page, size: _size, newest, waiting, cleaned, ...filters } = (query ?? {}) as Record<string, unknown>;
  const flags = {
    ...(newest !== undefined && { newest: newest === 'true' }),
    ...(waiting !== undefined && { waiting: waiting === 'true' }),
    ...(cleaned !== undefined && { cleaned: cleaned === 'true' }),
  };
  return {
    ...(everything ? { query: { ...filters, ...flags } } : { findings: findings.map(({ id }) => id) }),
    answer,
    note: note.trim() || null,
    ...counts,
    ...(answer === 'postponed' && { postponedTo }),
    ...(answer === 'subscriber' && subscriber !== null && { subscriber: subscriber.id }),
    ...(isForeign && { entered: enteredBy(draft.source) }),
    ...(answer === 'head-office' && { reference: reference.trim() || null }),
  };
}
