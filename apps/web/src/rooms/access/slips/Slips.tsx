import { FIRST_PASSWORD_DAYS } from '@vonggac/contract/terms';
import { createPortal } from 'react-dom';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Slips.module.css';

export interface Slip {
  name: string;
  username: string;
  organisation: string;
  role: string;
  firstPassword: string;
}

/** The slips as they are printed and nothing else of the page: one an account, cut apart along the dashed lines. Not on the screen. */
export function PrintedSlips({ slips }: { slips: readonly Slip[] }): ReactElement {
  const { t } = useTranslation('access');
  return createPortal(
    <div className={styles['sheet']} aria-hidden="true">
      {slips.map((slip) => (
        <section key={slip.username} className={styles['slip']}>
          <h2>{t('slip.title')}</h2>
          <SlipFacts slip={slip} />
          <p>{t('slip.rules', { count: FIRST_PASSWORD_DAYS })}</p>
          <p>{t('slip.receiver')}</p>
        </section>
      ))}
    </div>,
    document.body,
  );
}

/** Address, account and one-time password. */
export function SlipFacts({ slip }: { slip: Slip }): ReactElement {
  const { t } = useTranslation('access');
  return (
    <dl className={styles['facts']}>
      <dt>{t('field.name')}</dt>
      <dd>{slip.name}</dd>
      <dt>{t('field.organisation')}</dt>
      <dd>{slip.organisation}</dd>
      <dt>{t('field.role')}</dt>
      <dd>{slip.role}</dd>
      <dt>{t('slip.address')}</dt>
      <dd className="address">{window.location.origin}</dd>
      <dt>{t('field.username')}</dt>
      <dd className={styles['secret']}>{slip.username}</dd>
      <dt>{t('slip.password')}</dt>
      <dd className={styles['secret']}>{slip.firstPassword}</dd>
    </dl>
  );
}
