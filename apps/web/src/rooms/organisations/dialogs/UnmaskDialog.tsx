import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/query.ts';
import { ConfirmDialog } from '../../../ui/form/ConfirmDialog.tsx';
import type { Contact } from '../api.ts';
import { ContactWays } from '../ContactParts.tsx';

/** Beside masked numbers: the way to see them, with a reason that goes into the log. */
export function MaskedHint({ contact }: { contact: Pick<Contact, 'id'> }): ReactElement {
  const { t } = useTranslation('organisations');
  const [asking, setAsking] = useState(false);
  const unmask = useChange('POST /contacts/{id}/unmask');
  if (unmask.data !== undefined) return <ContactWays contact={{ ...unmask.data, masked: false }} />;
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={() => setAsking(true)}>
        {t('contact.unmask')}
      </Button>
      {asking && (
        <ConfirmDialog
          opened
          onClose={() => setAsking(false)}
          title={t('contact.unmaskTitle')}
          confirm={t('contact.unmask')}
          reason="required"
          onConfirm={(reason) => unmask.mutate({ params: { id: contact.id }, body: { reason } })}
          busy={unmask.isPending}
          error={unmask.error}
        >
          {t('contact.unmaskDetail')}
        </ConfirmDialog>
      )}
    </>
  );
}
