import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit, Role } from '../../../api/contract.ts';
import { useChange } from '../../../api/query.ts';
import { useSession } from '../../../api/session.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../../ui/form/OrganisationPicker.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import styles from '../Access.module.css';
import { STALE, useGrantableRoles } from '../api.ts';
import type { Person } from '../api.ts';

const PLACES = ['organisationId', 'role', 'validFrom', 'validTo'];

/** Giao vai trò: a role in an organisation from a day, to a day or until it is revoked. */
export function GrantDialog({ person, onClose }: { person: Person; onClose: () => void }): ReactElement {
  const { t } = useTranslation('access');
  const { t: ui } = useTranslation('ui');
  const { today } = useSession();
  const roles = useGrantableRoles();
  const grant = useChange('POST /people/{id}/memberships', STALE);
  const [organisation, setOrganisation] = useState<OrganisationHit | null>({ ...person.organisation, context: null });
  const [role, setRole] = useState<Role>('officer');
  const [from, setFrom] = useState<string | null>(today);
  const [to, setTo] = useState<string | null>(null);
  const wrongOrder = from !== null && to !== null && to <= from;
  const send = (): void => {
    if (organisation === null || wrongOrder) return;
    const days = { ...(from !== null && { validFrom: from }), ...(to !== null && { validTo: to }) };
    grant.mutate(
      { params: { id: person.id }, body: { organisationId: organisation.id, role, ...days } },
      {
        onSuccess: () => {
          onClose();
          showToast({ message: t('grant.done', { role: t(`shell:role.${role}`), name: person.name }) });
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('action.grant')} closeButtonProps={{ 'aria-label': ui('close') }}>
      <Form onSubmit={send} error={grant.error} places={PLACES} label={t('action.grant')}>
        <OrganisationPicker
          label={t('field.organisation')}
          required
          value={organisation}
          onChange={setOrganisation}
          error={fieldError(grant.error, 'organisationId')}
        />
        <Select
          label={t('field.role')}
          description={t(`hint.role.${role}`)}
          required
          data={roles.map((one) => ({ value: one, label: t(`shell:role.${one}`) }))}
          value={role}
          onChange={(next) => setRole(next as Role)}
          error={fieldError(grant.error, 'role')}
        />
        <div className={styles['pair']}>
          <DateField label={t('field.from')} required value={from} onChange={setFrom} error={fieldError(grant.error, 'validFrom')} />
          <DateField
            label={t('field.to')}
            description={t('hint.to')}
            value={to}
            onChange={setTo}
            error={wrongOrder ? t('error.order') : fieldError(grant.error, 'validTo')}
          />
        </div>
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={grant.isPending} disabled={organisation === null || wrongOrder}>
            {t('action.grant')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
