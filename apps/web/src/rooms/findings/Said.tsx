import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../i18n/language.ts';
import { FormButtons } from '../../ui/form/Form.tsx';
import { machineOf } from './api.ts';
import type { Finding, Outcome } from './api.ts';
import styles from './Findings.module.css';

const SHOWN = 4;

/** Which findings an act is about: the first few, and how many more. */
export function Machines({ findings }: { findings: readonly Finding[] }): ReactElement {
  const { t } = useTranslation('findings');
  return (
    <ul className={styles['plain']}>
      {findings.slice(0, SHOWN).map((row) => (
        <li key={row.id}>
          <span className={styles['value']}>{machineOf(row)}</span>{' '}
          <span className={styles['soft']}>
            {row.family} · {row.organisation.name}
          </span>
        </li>
      ))}
      {findings.length > SHOWN && <li className={styles['soft']}>{t('others', { count: findings.length - SHOWN })}</li>}
    </ul>
  );
}

/** What could not be done, each with its reason. */
export function Refused({ outcome, onClose }: { outcome: Outcome; onClose: () => void }): ReactElement {
  const { t } = useTranslation('findings');
  const { t: ui } = useTranslation('ui');
  return (
    <>
      <p>{t('refused', { done: outcome.done, count: outcome.refused.length })}</p>
      <ul className={styles['plain']}>
        {outcome.refused.slice(0, 50).map(({ id, name, text }) => (
          <li key={id}>
            <strong className={styles['value']}>{name}</strong>: {text[currentLanguage()]}
          </li>
        ))}
      </ul>
      <FormButtons>
        <Button onClick={onClose}>{ui('close')}</Button>
      </FormButtons>
    </>
  );
}
