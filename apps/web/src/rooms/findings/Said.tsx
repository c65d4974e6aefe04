import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { FormButtons } from '../../ui/form/Form.tsx';
import { machineOf } from './api.ts';
import type { Finding, Outcome } from './api.ts';
import styles from './Findings.module.css';

const SHOWN = 4;

/** Which findings an act is about: the first few, each with what its organisation asks for where that is to be decided, and how many more. */
export function Machines({ findings, saysWhatIsAsked = false }: { findings: readonly Finding[]; saysWhatIsAsked?: boolean }): ReactElement {
  const { t } = useTranslation('findings');
  return (
    <ul className={styles['plain']}>
      {findings.slice(0, SHOWN).map((row) => (
        <li key={row.id}>
          <span className={styles['value']}>{machineOf(row) ?? row.privateAddress ?? row.mac ?? t('noMachine')}</span>{' '}
          <span className={styles['soft']}>
            {row.family || t('noFamily')} · {row.organisation.name}
          </span>
          {saysWhatIsAsked && <Asked finding={row} />}
        </li>
      ))}
      {findings.length > SHOWN && <li className={styles['soft']}>{t('others', { count: findings.length - SHOWN })}</li>}
    </ul>
  );
}

/** What the organisation asks for: its answer, until when, and why. */
function Asked({ finding: { answer, postponedTo, note } }: { finding: Finding }): ReactElement | null {
  const { t } = useTranslation('findings');
  if (answer === null) return null;
  const until = postponedTo === null ? '' : ` ${t('askedUntil', { day: formatDate(postponedTo) })}`;
  return (
    <div>
      {t(`answer.${answer}`)}
      {until}
      {note !== null && `: ${note}`}
    </div>
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
