import { Button, Modal, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../api/contract.ts';
import { useSession } from '../../api/session.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../ui/form/OrganisationPicker.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { useKeep } from './api.ts';
import type { Finding, Outcome } from './api.ts';
import { Machines, Refused } from './Said.tsx';

/** The authority's or a leader's word on what waits for it. */
export function DecideDialog({
  act,
  findings,
  onClose,
}: {
  act: 'decide' | 'approve';
  findings: readonly Finding[];
  onClose: (done: boolean) => void;
}): ReactElement {
  const { t } = useTranslation('findings');
  const { t: ui } = useTranslation('ui');
  const { today } = useSession();
  const [accept, setAccept] = useState(true);
  const [note, setNote] = useState('');
  const [to, setTo] = useState<OrganisationHit | null>(() => namedIn(findings));
  const [from, setFrom] = useState<string | null>(null);
  const [refused, setRefused] = useState<Outcome | null>(null);
  const decide = useKeep('POST /findings/decide');
  const approve = useKeep('POST /findings/postponements');
  const { error, isPending } = act === 'decide' ? decide : approve;
  const onSuccess = (outcome: Outcome): void => {
    if (outcome.done > 0) showToast({ message: t(`done.${act}`, { count: outcome.done }) });
    if (outcome.refused.length === 0) onClose(true);
    else setRefused(outcome);
  };
  const body = { findings: findings.map(({ id }) => id), accept, note: note.trim() || null };
  const submit = (): void =>
    act === 'decide'
      ? decide.mutate(
          { body: { ...body, moveTo: accept ? (to?.id ?? null) : null, registerFrom: accept && to !== null ? from : null } },
          { onSuccess },
        )
      : approve.mutate({ body }, { onSuccess });
  const moves = act === 'decide' && accept;
  return (
    <Modal
      opened
      onClose={() => onClose(refused !== null)}
      title={t(`act.${act}`)}
      closeButtonProps={{ 'aria-label': ui('close') }}
      size="lg"
    >
      {refused !== null ? (
        <Refused outcome={refused} onClose={() => onClose(true)} />
      ) : (
        <Form onSubmit={submit} error={error} places={['note', 'moveTo', 'registerFrom']}>
          <Machines findings={findings} saysWhatIsAsked />
          <Radio.Group value={accept ? 'yes' : 'no'} onChange={(value) => setAccept(value === 'yes')} label={t('field.decision')}>
            <Radio value="yes" label={t(`decision.${act}.yes`)} mt={6} />
            <Radio value="no" label={t(`decision.${act}.no`)} mt={6} />
          </Radio.Group>
          {moves && (
            <OrganisationPicker
              label={t('field.moveTo')}
              description={t('hint.moveTo')}
              value={to}
              onChange={setTo}
              error={fieldError(error, 'moveTo')}
            />
          )}
          {moves && to !== null && findings.length === 1 && (
            <DateField
              label={t('field.registerFrom')}
              description={t('hint.registerFrom', { today })}
              value={from}
              onChange={setFrom}
              error={fieldError(error, 'registerFrom')}
            />
          )}
          <Textarea
            label={t(accept ? 'field.note' : 'field.reason')}
            required={!accept}
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            error={fieldError(error, 'note')}
          />
          <FormButtons>
            <Button variant="default" onClick={() => onClose(false)}>
              {ui('cancel')}
            </Button>
            <Button type="submit" loading={isPending} disabled={!accept && note.trim() === ''}>
              {t('send.decide')}
            </Button>
          </FormButtons>
        </Form>
      )}
    </Modal>
  );
}

/** Whom the operator named: offered, and changed where it is another. */
function namedIn(findings: readonly (Finding & { subscriber?: { id: string; name: string } | null })[]): OrganisationHit | null {
  const named = findings.length === 1 ? findings[0]?.subscriber : null;
  return named ? { ...named, context: null } : null;
}
