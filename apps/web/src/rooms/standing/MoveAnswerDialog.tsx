import { Button, Checkbox, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useApi, useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { fold } from '../../i18n/format.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { useErrorText } from '../../ui/form/useErrorText.ts';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Standing.module.css';

type Targets = Routes['GET /work/answer-targets/{task}']['output'];
type Moved = Routes['POST /work/move-answer']['output'];

interface MoveAnswerDialogProps {
  task: string;
  onClose: () => void;
}

/** Trả lời nhầm đơn vị: which organisation the answer belongs to, why, and what comes of it. */
export function MoveAnswerDialog({ task, onClose }: MoveAnswerDialogProps): ReactElement {
  const { t } = useTranslation('standing');
  const targets = useApi('GET /work/answer-targets/{task}', { params: { task } });
  return (
    <Modal opened onClose={onClose} title={t('move.title')} size="lg" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      {targets.data === undefined ? (
        targets.error === null ? (
          <LoadingLines lines={4} />
        ) : (
          <ErrorState error={targets.error} onRetry={() => void targets.refetch()} />
        )
      ) : (
        <MoveForm task={task} targets={targets.data} onClose={onClose} />
      )}
    </Modal>
  );
}

/** The move and the way back; both stay in the histories. */
function useMove(from: Targets, onClose: () => void) {
  const { t } = useTranslation('standing');
  const errorText = useErrorText();
  const move = useChange('POST /work/move-answer', [
    'GET /work/{directive}/{organisation}',
    'GET /work/answer-targets/{task}',
    'GET /work/{directive}/{organisation}/declarations',
    'GET /directives/{id}/standing',
    'GET /directives/{id}/matrix',
    'GET /directives/{id}/cells/{organisation}/{requirement}',
  ]);
  const back = async ({ tasks }: Moved, report: boolean): Promise<void> => {
    const [task] = tasks;
    if (task === undefined) return;
    const body = { task, to: from.organisation.id, reason: t('move.undoReason'), report, replaceDraft: true };
    await move.mutateAsync({ body }).catch((error: unknown) => showToast({ message: errorText(error), kind: 'problem' }));
  };
  // Awaited, not handed over: this dialog goes with the answer that it moves, and what is handed to `mutate` goes with it.
  const send = async (body: Parameters<typeof move.mutate>[0]['body'], name: string): Promise<void> => {
    const moved = await move.mutateAsync({ body }).catch(() => null);
    if (moved === null) return;
    showToast({ message: t('move.done', { count: moved.tasks.length, name }), undo: () => back(moved, body.report === true) });
    onClose();
  };
  return { send, error: move.error, isPending: move.isPending };
}

function MoveForm({ task, targets, onClose }: MoveAnswerDialogProps & { targets: Targets }): ReactElement {
  const { t } = useTranslation('standing');
  const { today } = useSession();
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [whole, setWhole] = useState(true);
  const [overDraft, setOverDraft] = useState(false);
  const [received, setReceived] = useState<{ number: string; day: string | null }>({ number: '', day: null });
  const { send, error, isPending } = useMove(targets, onClose);
  const right = targets.candidates.find(({ id }) => id === to);
  const shared = targets.report !== null && targets.report.paths.length > 1 ? targets.report : null;
  const needsReceipt = right !== undefined && !right.received;
  const hasReceipt = received.number.trim() !== '' && received.day !== null;
  const complete = right !== undefined && reason.trim() !== '' && (!needsReceipt || hasReceipt) && (right.state !== 'draft' || overDraft);
  const submit = (): void => {
    if (right === undefined || !complete) return;
    void send(
      {
        task,
        to: right.id,
        reason: reason.trim(),
        ...(shared === null ? {} : { report: whole }),
        ...(right.state === 'draft' ? { replaceDraft: overDraft } : {}),
        ...(needsReceipt && received.day !== null ? { number: received.number.trim(), day: received.day } : {}),
      },
      right.name,
    );
  };
  if (targets.candidates.length === 0) return <p>{t('move.nobody', { path: targets.path })}</p>;
  return (
    <Form onSubmit={submit} error={error} places={['to', 'reason', 'number', 'day']}>
      <p>{t('move.detail', { path: targets.path, from: targets.organisation.name })}</p>
      <TargetField targets={targets} value={to} onChange={setTo} error={fieldError(error, 'to')} />
      {needsReceipt && (
        <ReceiptFields name={right.name} value={received} onChange={setReceived} today={today} error={fieldError(error, 'number')} />
      )}
      {right?.state === 'draft' && (
        <Checkbox label={t('move.overDraft')} checked={overDraft} onChange={(event) => setOverDraft(event.currentTarget.checked)} />
      )}
      {shared !== null && (
        <Checkbox
          label={t('move.whole', { code: shared.code, paths: shared.paths.join(', ') })}
          description={t(whole ? 'move.wholeHint' : 'move.aloneHint', { code: shared.code })}
          checked={whole}
          onChange={(event) => setWhole(event.currentTarget.checked)}
        />
      )}
      <Textarea
        label={t('move.reason')}
        description={t('move.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={fieldError(error, 'reason')}
        autosize
        minRows={2}
        maxLength={1000}
        required
      />
      <Outcome targets={targets} to={right?.name} />
      <FormButtons>
        <Button variant="default" onClick={onClose}>
          {t('ui:cancel')}
        </Button>
        <Button type="submit" loading={isPending} disabled={!complete}>
          {t('move.send')}
        </Button>
      </FormButtons>
    </Form>
  );
}

interface TargetFieldProps {
  targets: Targets;
  value: string | null;
  onChange: (id: string | null) => void;
  error: string | null;
}

/** Found with or without diacritics; who has answered already stands there with the reason why it cannot be chosen. */
function TargetField({ targets, value, onChange, error }: TargetFieldProps): ReactElement {
  const { t } = useTranslation('standing');
  return (
    <Select
      label={t('move.to')}
      placeholder={t('move.search')}
      data={targets.candidates.map(({ id, name, state }) => ({
        value: id,
        label: state === 'free' ? name : `${name} (${t(`move.state.${state}`)})`,
        disabled: state === 'answered',
      }))}
      value={value}
      onChange={onChange}
      error={error}
      searchable
      required
      nothingFoundMessage={t('move.notFound')}
      filter={({ options, search }) => options.filter((one) => 'label' in one && fold(one.label).includes(fold(search.trim())))}
      limit={100}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}

interface ReceiptFieldsProps {
  name: string;
  value: { number: string; day: string | null };
  onChange: (value: { number: string; day: string | null }) => void;
  today: string;
  error: string | null;
}

function ReceiptFields({ name, value, onChange, today, error }: ReceiptFieldsProps): ReactElement {
  const { t } = useTranslation('standing');
  return (
    <fieldset className={styles['plain']}>
      <legend>{t('move.notReceived', { name })}</legend>
      <TextInput
        label={t('work:entry.number')}
        value={value.number}
        onChange={(event) => onChange({ ...value, number: event.currentTarget.value })}
        error={error}
        maxLength={30}
        required
      />
      <DateField label={t('work:entry.arrived')} value={value.day} onChange={(day) => onChange({ ...value, day })} max={today} required />
    </fieldset>
  );
}

function Outcome({ targets, to }: { targets: Targets; to: string | undefined }): ReactElement {
  const { t } = useTranslation('standing');
  return (
    <div className={`${styles['hint']} ${styles['outcome']}`}>
      <strong>{t('move.outcome')}</strong>
      <ul>
        <li>{t('move.goes', { name: to ?? t('move.right') })}</li>
        <li>{t('move.waits', { name: targets.organisation.name })}</li>
        <li>{t('move.said')}</li>
      </ul>
    </div>
  );
}
