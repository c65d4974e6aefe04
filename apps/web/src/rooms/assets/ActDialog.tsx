import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../api/contract.ts';
import type { ApiError } from '../../api/error.ts';
import { useSession } from '../../api/session.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../ui/form/OrganisationPicker.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { useKeep } from './api.ts';
import type { Asset, Outcome } from './api.ts';
import styles from './Assets.module.css';

export type Act = 'approve' | 'refuse' | 'withdraw' | 'end' | 'transfer';

interface Draft {
  reason: string;
  on: string;
  to: OrganisationHit | null;
  endOthers: boolean;
}

interface Sending {
  send: () => void;
  error: ApiError | null;
  busy: boolean;
}

/** Each act with its route; all of them are called, one of them is used. */
function useSending(act: Act, ids: string[], draft: Draft, onDone: (outcome: Outcome) => void): Sending {
  const approve = useKeep('POST /assets/approve');
  const refuse = useKeep('POST /assets/refuse');
  const withdraw = useKeep('POST /assets/withdraw');
  const end = useKeep('POST /assets/end');
  const transfer = useKeep('POST /assets/transfer');
  const reason = draft.reason.trim();
  const done = { onSuccess: onDone };
  const sends: Record<Act, () => void> = {
    approve: () => approve.mutate({ body: { assets: ids, endOthersOn: draft.endOthers ? draft.on : null } }, done),
    refuse: () => refuse.mutate({ body: { assets: ids, reason } }, done),
    withdraw: () => withdraw.mutate({ body: { assets: ids, ...(reason && { reason }) } }, done),
    end: () => end.mutate({ body: { assets: ids, on: draft.on, reason } }, done),
    transfer: () =>
      transfer.mutate(
        { body: { assets: ids, to: draft.to?.id ?? '', on: draft.on, reason } },
        { onSuccess: ({ undo }) => onDone({ done: ids.length, refused: [], undo }) },
      ),
  };
  const { error, isPending } = { approve, refuse, withdraw, end, transfer }[act];
  return { send: sends[act], error, busy: isPending };
}

/** Takes an act back and says what could not be. */
function useTakeBack(): (act: string) => Promise<void> {
  const { t } = useTranslation('assets');
  const undo = useKeep('POST /assets/acts/{id}/undo');
  const tell = ({ done, refused }: Outcome): void => {
    if (refused.length === 0) return void showToast({ message: t('act.undone', { count: done }) });
    const why = refused.slice(0, 3).map(({ name, text }) => `${name}: ${text[currentLanguage()]}`);
    showToast({ kind: 'problem', message: `${t('act.notUndone', { done, count: refused.length })} ${why.join(' ')}` });
  };
  // The dialog has gone by then: what its own callbacks would say, nobody would hear.
  return (id) =>
    undo.mutateAsync({ params: { id } }).then(tell, (error: unknown) => {
      showToast({ kind: 'problem', message: error instanceof Error ? error.message : String(error) });
    });
}

/** Asks for what an act needs, says what it will do, and afterwards what could not be done. */
export function ActDialog({
  act,
  assets,
  onClose,
}: {
  act: Act;
  assets: readonly Asset[];
  onClose: (done: boolean) => void;
}): ReactElement {
  const { t } = useTranslation('assets');
  const { t: ui } = useTranslation('ui');
  const { today } = useSession();
  const [draft, setDraft] = useState<Draft>({ reason: '', on: today, to: null, endOthers: false });
  const [refused, setRefused] = useState<Outcome | null>(null);
  const set = (part: Partial<Draft>): void => setDraft((former) => ({ ...former, ...part }));
  const ids = assets.map(({ id }) => id);
  const takeBack = useTakeBack();
  const { send, error, busy } = useSending(act, ids, draft, (outcome) => {
    if (outcome.done > 0) {
      const { undo } = outcome;
      showToast({ message: t(`act.${act}.done`, { count: outcome.done }), ...(undo !== null && { undo: () => takeBack(undo) }) });
    }
    if (outcome.refused.length === 0) onClose(true);
    else setRefused(outcome);
  });
  const needsReason = act !== 'approve' && act !== 'withdraw';
  const incomplete = (needsReason && draft.reason.trim() === '') || (act === 'transfer' && draft.to === null);
  return (
    <Modal
      opened
      onClose={() => onClose(refused !== null)}
      title={t(`act.${act}.title`, { count: ids.length })}
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      {refused !== null ? (
        <Refused outcome={refused} onClose={() => onClose(true)} />
      ) : (
        <Form onSubmit={send} error={error} places={['to', 'on', 'reason', 'endOthersOn']}>
          <p>{t(`act.${act}.detail`)}</p>
          <Names assets={assets} />
          {act === 'approve' && assets.some(({ rivals }) => rivals > 0) && (
            <Checkbox
              label={t('act.approve.endOthers')}
              description={t('act.approve.endOthersHint')}
              checked={draft.endOthers}
              onChange={(event) => set({ endOthers: event.currentTarget.checked })}
            />
          )}
          {act === 'transfer' && (
            <OrganisationPicker
              label={t('field.receiver')}
              required
              value={draft.to}
              onChange={(to) => set({ to })}
              error={fieldError(error, 'to')}
            />
          )}
          {(act === 'end' || act === 'transfer' || draft.endOthers) && (
            <DateField
              label={t(act === 'end' ? 'field.endsOn' : 'field.changesOn')}
              description={t('hint.day')}
              required
              value={draft.on}
              onChange={(on) => set({ on: on ?? today })}
              error={fieldError(error, 'on') ?? fieldError(error, 'endOthersOn')}
            />
          )}
          {act !== 'approve' && (
            <Textarea
              label={t('field.reason')}
              description={t(`act.${act}.reasonHint`)}
              required={needsReason}
              minRows={2}
              value={draft.reason}
              onChange={(event) => set({ reason: event.currentTarget.value })}
              error={fieldError(error, 'reason')}
            />
          )}
          <FormButtons>
            <Button variant="default" onClick={() => onClose(false)}>
              {ui('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={incomplete}>
              {t(`act.${act}.confirm`)}
            </Button>
          </FormButtons>
        </Form>
      )}
    </Modal>
  );
}

const SHOWN = 5;

function Names({ assets }: { assets: readonly Asset[] }): ReactElement {
  const { t } = useTranslation('assets');
  return (
    <ul className={styles['plain']}>
      {assets.slice(0, SHOWN).map(({ id, name, value, organisation }) => (
        <li key={id}>
          <span className={styles['value']}>{value ?? name}</span> <span className={styles['soft']}>{organisation.name}</span>
        </li>
      ))}
      {assets.length > SHOWN && <li className={styles['soft']}>{t('more', { count: assets.length - SHOWN })}</li>}
    </ul>
  );
}

function Refused({ outcome, onClose }: { outcome: Outcome; onClose: () => void }): ReactElement {
  const { t } = useTranslation('assets');
  const { t: ui } = useTranslation('ui');
  return (
    <div className={styles['stack']}>
      <p>{t('act.refused', { done: outcome.done, count: outcome.refused.length })}</p>
      <ul className={styles['plain']}>
        {outcome.refused.map(({ id, name, text }) => (
          <li key={id}>
            <strong>{name}</strong>: {text[currentLanguage()]}
          </li>
        ))}
      </ul>
      <FormButtons>
        <Button onClick={onClose}>{ui('close')}</Button>
      </FormButtons>
    </div>
  );
}
