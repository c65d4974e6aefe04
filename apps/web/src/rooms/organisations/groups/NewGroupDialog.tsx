import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../../api/contract.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../../ui/form/OrganisationPicker.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useKeep } from '../api.ts';
import styles from '../Organisations.module.css';
import { MemberPicker } from './MemberPicker.tsx';

/** Lập nhóm nơi nhận: a name as documents write it, validity, members. */
export function NewGroupDialog({ onClose, onMade }: { onClose: () => void; onMade: (id: string) => void }): ReactElement {
  const { t } = useTranslation('organisations');
  const { t: ui } = useTranslation('ui');
  const [name, setName] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [chosen, setChosen] = useState<readonly OrganisationHit[]>([]);
  const [keeper, setKeeper] = useState<OrganisationHit | null>(null);
  const create = useKeep('POST /groups');
  const send = (): void =>
    create.mutate(
      { body: { name, keeperId: keeper?.id, from: from ?? undefined, to: to ?? undefined, members: chosen.map(({ id }) => id) } },
      {
        onSuccess: ({ id }) => {
          showToast({ message: t('group.made') });
          onClose();
          onMade(id);
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={t('group.create')} size="lg" closeButtonProps={{ 'aria-label': ui('close') }}>
      <Form onSubmit={send} error={create.error} places={['name', 'from', 'to']}>
        <TextInput
          label={t('group.name')}
          description={t('group.nameHint')}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldError(create.error, 'name')}
          data-autofocus
        />
        <div className={styles['pair']}>
          <DateField label={t('field.fromDay')} value={from} onChange={setFrom} error={fieldError(create.error, 'from')} />
          <DateField
            label={t('group.to')}
            description={t('group.toHint')}
            value={to}
            onChange={setTo}
            error={fieldError(create.error, 'to')}
          />
        </div>
        <OrganisationPicker
          label={t('group.keeper')}
          description={t('group.keeperHint')}
          value={keeper}
          onChange={setKeeper}
          error={fieldError(create.error, 'keeperId')}
        />
        <MemberPicker label={t('group.add')} chosen={chosen} onChange={setChosen} on={from ?? undefined} />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={name.trim() === ''}>
            {t('group.create')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
