import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError, Form, FormButtons } from '../../../ui/form/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { useAct } from '../api.ts';
import type { Directive } from '../api.ts';
import { OrganisationsField } from '../check/OrganisationsField.tsx';
import type { Named } from '../check/OrganisationsField.tsx';

/** Another organisation follows and sums up, from a day on. */
export function HandoverDialog({ view, onClose }: { view: Directive; onClose: () => void }): ReactElement {
  const { t } = useTranslation('directives');
  const { today } = useSession();
  const act = useAct('POST /directives/{id}/handover');
  const [to, setTo] = useState<Named[]>([]);
  const [from, setFrom] = useState<string | null>(today);
  const [reason, setReason] = useState('');
  const ready = to.length === 1 && from !== null && reason.trim() !== '';
  const send = (): void => {
    if (!ready) return;
    act.mutate(
      { params: { id: view.id }, body: { version: view.version, overseer: to[0]!.id, from, reason: reason.trim() } },
      {
        onSuccess: ({ applied }) => {
          showToast({ message: t(applied ? 'handover.done' : 'handover.waiting') });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('acts.handover')} size="lg" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={send} error={act.error} places={['overseer']}>
        <p>{t('handover.now', { name: view.overseer.name })}</p>
        <OrganisationsField
          label={t('handover.to')}
          value={to}
          onChange={setTo}
          single
          required
          error={fieldError(act.error, 'overseer')}
        />
        <DateField label={t('handover.from')} value={from} onChange={setFrom} required />
        <Textarea label={t('ui:confirm.reason')} required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={act.isPending}>
            {t('handover.do')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
