import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../api/contract.ts';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../ui/form/OrganisationPicker.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { useKeep } from './api.ts';
import type { FindingDetail } from './api.ts';
import styles from './Findings.module.css';

interface Part {
  to: OrganisationHit | null;
  privateAddress: string;
  machine: string;
}

const EMPTY: Part = { to: null, privateAddress: '', machine: '' };

/** Behind a shared exit: whose machines they are, by private address or name. */
export function SplitDialog({ finding, onClose }: { finding: FindingDetail; onClose: () => void }): ReactElement {
  const { t } = useTranslation('findings');
  const { t: ui } = useTranslation('ui');
  const [parts, setParts] = useState<readonly Part[]>([EMPTY]);
  const [note, setNote] = useState('');
  const split = useKeep('POST /findings/{id}/split');
  const change = (at: number, part: Partial<Part>): void =>
    setParts((former) => former.map((one, place) => (place === at ? { ...one, ...part } : one)));
  const submit = (): void =>
    split.mutate(
      {
        params: { id: finding.id },
        body: {
          parts: parts.map(({ to, privateAddress, machine }) => ({
            organisation: to?.id ?? '',
            privateAddress: privateAddress.trim() || null,
            machine: machine.trim() || null,
          })),
          note: note.trim() || null,
        },
      },
      {
        onSuccess: ({ ids }) => {
          showToast({ message: t('done.split', { count: ids.length }) });
          onClose();
        },
      },
    );
  const incomplete = parts.some(
    ({ to, privateAddress, machine }) => to === null || (privateAddress.trim() === '' && machine.trim() === ''),
  );
  return (
    <Modal opened onClose={onClose} title={t('act.split')} closeButtonProps={{ 'aria-label': ui('close') }} size="lg">
      <Form onSubmit={submit} error={split.error} places={parts.flatMap((_, at) => [`parts.${at}.privateAddress`, `parts.${at}.machine`])}>
        <p>{t('hint.split')}</p>
        {parts.map((part, at) => (
          <div key={at} className={styles['stack']}>
            <OrganisationPicker
              label={t('field.part', { number: at + 1 })}
              required
              value={part.to}
              onChange={(to) => change(at, { to })}
            />
            <div className={styles['pair']}>
              <TextInput
                label={t('field.privateAddress')}
                value={part.privateAddress}
                onChange={(event) => change(at, { privateAddress: event.currentTarget.value })}
                error={fieldError(split.error, `parts.${at}.privateAddress`)}
              />
              <TextInput
                label={t('field.machineName')}
                value={part.machine}
                onChange={(event) => change(at, { machine: event.currentTarget.value })}
              />
            </div>
            {parts.length > 1 && (
              <div>
                <Button variant="default" size="compact-sm" onClick={() => setParts(parts.filter((_, place) => place !== at))}>
                  {t('action.dropPart', { number: at + 1 })}
                </Button>
              </div>
            )}
          </div>
        ))}
        <div>
          <Button variant="default" onClick={() => setParts([...parts, EMPTY])}>
            {t('action.addPart')}
          </Button>
        </div>
        <Textarea label={t('field.note')} minRows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={split.isPending} disabled={incomplete}>
            {t('send.split')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
