import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { CONTACT_ROLES, useKeep } from './api.ts';
import type { Contact, Organisation } from './api.ts';
import { ConfirmationChip, ContactWays } from './ContactParts.tsx';
import { ConfirmButton } from './ContactRegister.tsx';
import { ContactDialog } from './dialogs/ContactDialog.tsx';
import { MaskedHint } from './dialogs/UnmaskDialog.tsx';
import styles from './Organisations.module.css';
import { Validity } from './Relations.tsx';

/** The contacts of one organisation with their confirmation; former ones below. */
export function ContactSection({ organisation }: { organisation: Organisation }): ReactElement {
  const { t } = useTranslation('organisations');
  const [editing, setEditing] = useState<Contact | 'new' | null>(null);
  const confirm = useKeep('POST /organisations/{id}/contacts/confirm');
  const { id, contacts, formerContacts, seesContacts, editsContacts, lives } = organisation;
  const ordered = contacts.toSorted((a, b) => CONTACT_ROLES.indexOf(a.role) - CONTACT_ROLES.indexOf(b.role));
  const open = contacts.filter((contact) => contact.confirmation !== 'confirmed').length;
  const confirmAll = (): void =>
    confirm.mutate(
      { params: { id }, body: {} },
      { onSuccess: ({ confirmed }) => void showToast({ message: t('contact.confirmedMany', { count: confirmed }) }) },
    );
  return (
    <Panel label={t('section.contacts')}>
      <div className={styles['heading']}>
        <h2>{t('section.contacts')}</h2>
        {editsContacts && lives && (
          <div className={styles['contactHead']}>
            {open > 1 && (
              <Button size="xs" variant="default" loading={confirm.isPending} onClick={confirmAll}>
                {t('contact.allRight')}
              </Button>
            )}
            <Button size="xs" onClick={() => setEditing('new')}>
              {t('contact.add')}
            </Button>
          </div>
        )}
      </div>
      {!seesContacts && <p className={styles['soft']}>{t('hint.unseen')}</p>}
      {seesContacts && contacts.length === 0 && <p className={styles['soft']}>{t('none.contacts')}</p>}
      {seesContacts && contacts.length > 0 && !contacts.some(({ role }) => role === 'duty') && (
        <p className={styles['notice']}>{t('none.duty')}</p>
      )}
      {ordered.map((contact) => (
        <ContactCard key={contact.id} contact={contact} onEdit={() => setEditing(contact)} />
      ))}
      {formerContacts.length > 0 && (
        <details>
          <summary>{t('section.formerContacts', { count: formerContacts.length })}</summary>
          {formerContacts.map((contact) => (
            <ContactCard key={contact.id} contact={{ ...contact, editable: false }} former />
          ))}
        </details>
      )}
      {editing !== null && (
        <ContactDialog organisation={organisation} contact={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Panel>
  );
}

function ContactCard({ contact, onEdit, former = false }: { contact: Contact; onEdit?: () => void; former?: boolean }): ReactElement {
  const { t } = useTranslation('organisations');
  const details = [
    contact.position,
    contact.department,
    contact.address,
    contact.digitalSignature === null ? null : t('contact.signature', { value: contact.digitalSignature }),
    contact.note,
  ].filter((text) => text !== null);
  return (
    <div className={styles['contact']}>
      <div className={styles['contactHead']}>
        <strong>{t(`role.${contact.role}`)}</strong>
        <span className={styles['grow']}>{contact.name ?? (contact.hotline ? t('contact.hotline') : '')}</span>
        {!former && <ConfirmationChip confirmation={contact.confirmation} />}
      </div>
      <ContactWays contact={contact} />
      {contact.masked && <MaskedHint contact={contact} />}
      {details.length > 0 && <div className={styles['soft']}>{details.join(' · ')}</div>}
      <div className={styles['soft']}>
        {former ? (
          <Validity from={contact.validFrom} to={contact.validTo} />
        ) : contact.confirmedAt === null ? (
          t('contact.neverConfirmed')
        ) : (
          t('contact.confirmedOn', { day: formatDate(contact.confirmedAt), by: contact.confirmedBy ?? '' })
        )}
      </div>
      {contact.editable && !former && (
        <div className={`${styles['acts']} never-printed`}>
          <ConfirmButton id={contact.id} />
          <Button size="xs" variant="default" mt={4} onClick={onEdit} disabled={contact.masked}>
            {t('contact.change')}
          </Button>
          <EndButton contact={contact} />
        </div>
      )}
    </div>
  );
}

function EndButton({ contact }: { contact: Contact }): ReactElement {
  const { t } = useTranslation('organisations');
  const [asking, setAsking] = useState(false);
  const end = useKeep('POST /contacts/{id}/end');
  return (
    <>
      <Button size="xs" variant="subtle" mt={4} onClick={() => setAsking(true)}>
        {t('contact.end')}
      </Button>
      {asking && (
        <ConfirmDialog
          opened
          onClose={() => setAsking(false)}
          title={t('contact.endTitle')}
          confirm={t('contact.end')}
          reason="required"
          grave
          busy={end.isPending}
          error={end.error}
          onConfirm={(reason) => end.mutate({ params: { id: contact.id }, body: { reason } }, { onSuccess: () => setAsking(false) })}
        >
          {t('contact.endDetail')}
        </ConfirmDialog>
      )}
    </>
  );
}
