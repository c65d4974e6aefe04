import { Button, Checkbox, Modal, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useChange } from '../../api/query.ts';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Standing.module.css';

interface LeadDialogProps {
  place: { directive: string; requirement: string };
  former: Routes['GET /work/lead/{directive}/{requirement}']['output'];
  onClose: () => void;
}

/** One organisation leads, others support it; everybody else keeps a task of its own. */
export function LeadDialog({ place, former, onClose }: LeadDialogProps): ReactElement {
  const { t } = useTranslation('standing');
  const [lead, setLead] = useState(former.lead?.id ?? '');
  const [supports, setSupports] = useState<readonly string[]>(former.supports.map(({ id }) => id));
  const set = useChange('POST /work/lead', [
    'GET /work/lead/{directive}/{requirement}',
    'GET /directives/{id}/standing',
    'GET /directives/{id}/matrix',
    'GET /directives/{id}/cells/{organisation}/{requirement}',
    'GET /work/{directive}/{organisation}',
  ]);
  const chosen = supports.filter((id) => id !== lead);
  const send = (to: string | null): void =>
    set.mutate(
      { body: { ...place, lead: to, supports: to === null ? [] : chosen } },
      {
        onSuccess: () => {
          showToast({ message: t(to === null ? 'lead.removed' : 'lead.done') });
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={t('lead.title')} size="lg" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={() => lead !== '' && chosen.length > 0 && send(lead)} error={set.error} places={['lead', 'supports']}>
        <p>{t('lead.detail')}</p>
        <NativeSelect
          label={t('lead.lead')}
          value={lead}
          onChange={(event) => setLead(event.currentTarget.value)}
          error={fieldError(set.error, 'lead')}
          required
          data={[{ value: '', label: t('lead.choose') }, ...former.candidates.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <fieldset className={styles['remindList']}>
          <legend>{t('lead.supporting', { count: chosen.length })}</legend>
          <ul>
            {former.candidates
              .filter(({ id }) => id !== lead)
              .map(({ id, name }) => (
                <li key={id}>
                  <Checkbox
                    label={name}
                    checked={supports.includes(id)}
                    onChange={(event) =>
                      setSupports(event.currentTarget.checked ? [...supports, id] : supports.filter((one) => one !== id))
                    }
                  />
                </li>
              ))}
          </ul>
          {fieldError(set.error, 'supports') !== null && <p role="alert">{fieldError(set.error, 'supports')}</p>}
        </fieldset>
        <FormButtons>
          {former.lead !== null && (
            <Button variant="default" onClick={() => send(null)} loading={set.isPending}>
              {t('lead.remove')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={set.isPending} disabled={lead === '' || chosen.length === 0}>
            {t('lead.save')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
