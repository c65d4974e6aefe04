import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../../i18n/format.ts';
import { ConfirmDialog, Form, FormButtons } from '../../../ui/form/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { useAct } from '../api.ts';
import type { Act, Directive } from '../api.ts';
import styles from '../Directives.module.css';

interface Props {
  view: Directive;
  onClose: () => void;
}

/** Proposes a withdrawal; nothing changes until a second person agrees. */
export function WithdrawDialog({ view, onClose }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const propose = useAct('POST /directives/{id}/withdrawal');
  const send = (reason: string): void =>
    propose.mutate(
      { params: { id: view.id }, body: { reason } },
      {
        onSuccess: () => {
          showToast({ message: t('withdraw.proposed') });
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('acts.withdraw')}
      confirm={t('withdraw.propose')}
      onConfirm={send}
      reason="required"
      grave
      busy={propose.isPending}
      error={propose.error}
    >
      {t('withdraw.lead', { count: view.organisations.length })}
    </ConfirmDialog>
  );
}

/** The second person's decision. */
export function DecideDialog({ view, act, onClose }: Props & { act: Act }): ReactElement {
  const { t } = useTranslation('directives');
  const decide = useAct('POST /directives/{id}/withdrawal/decision');
  const [note, setNote] = useState('');
  const send = (agree: boolean): void =>
    decide.mutate(
      { params: { id: view.id }, body: { act: act.id, agree, ...(note.trim() === '' ? {} : { note: note.trim() }) } },
      {
        onSuccess: () => {
          showToast({ message: t(agree ? 'withdraw.done' : 'withdraw.declined') });
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={t('acts.decide')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={() => send(true)} error={decide.error}>
        <p>{t('withdraw.asked', { name: act.proposedByName, at: formatDateTime(act.proposedAt) })}</p>
        <p className={styles['quoted']}>{act.reason}</p>
        <p>{t('withdraw.effect')}</p>
        <Textarea label={t('withdraw.note')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <FormButtons>
          <Button variant="default" onClick={() => send(false)} loading={decide.isPending}>
            {t('withdraw.decline')}
          </Button>
          <Button type="submit" color="var(--missed)" loading={decide.isPending}>
            {t('withdraw.agree')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
