import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { StateChip } from '../../ui/state/StateChip.tsx';
import { shownPhone } from './api.ts';
import type { Contact } from './api.ts';
import styles from './Organisations.module.css';

const STATES = { confirmed: 'met', due: 'at-risk', overdue: 'missed' } as const;

export function ConfirmationChip({ confirmation }: { confirmation: Contact['confirmation'] }): ReactElement {
  const { t } = useTranslation('organisations');
  return <StateChip state={STATES[confirmation]} label={t(`confirmation.${confirmation}`)} />;
}

/** Phones and e-mails; what is not masked can be called and written to. */
export function ContactWays({ contact }: { contact: Pick<Contact, 'phones' | 'emails' | 'masked'> }): ReactElement {
  return (
    <div className={styles['ways']}>
      {contact.phones.map((phone) =>
        contact.masked ? (
          <span key={phone}>{phone}</span>
        ) : (
          <a key={phone} className="touched" href={`tel:${phone}`}>
            {shownPhone(phone)}
          </a>
        ),
      )}
      {contact.emails.map((email) =>
        contact.masked ? (
          <span key={email}>{email}</span>
        ) : (
          <a key={email} className="touched" href={`mailto:${email}`}>
            {email}
          </a>
        ),
      )}
    </div>
  );
}
