import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../i18n/language.ts';
import { FormButtons } from '../../ui/form/index.ts';
import type { MailState, Reminded } from './api.ts';
import type { Way } from './RemindDialog.tsx';
import styles from './Standing.module.css';

interface RemindDoneProps {
  done: Reminded;
  way: Way;
  mail: MailState;
  onClose: () => void;
}

/** What the reminder did: its ticket, whom it left out and why, and the text to paste. */
export function RemindDone({ done, way, mail, onClose }: RemindDoneProps): ReactElement {
  const { t } = useTranslation('standing');
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(done.text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className={styles['done']}>
      <p role="status">{t(way === 'text' ? 'remind.made' : 'remind.sent', { ticket: done.ticket, count: done.reminded.length })}</p>
      {way === 'mail' && mail !== 'ready' && <p className={styles['caution']}>{t(`mailState.${mail}`)}</p>}
      {done.skipped.length > 0 && (
        <details open>
          <summary>{t('remind.skipped', { count: done.skipped.length })}</summary>
          <ul className={styles['rows']}>
            {done.skipped.map(({ organisation, why }) => (
              <li key={organisation.id}>
                {organisation.name}: {why[currentLanguage()]}
              </li>
            ))}
          </ul>
        </details>
      )}
      {way === 'text' && (
        <Textarea label={t('remind.text')} description={t('remind.textHint')} value={done.text} readOnly autosize maxRows={14} />
      )}
      <FormButtons>
        {way === 'text' && (
          <Button variant="default" onClick={() => void copy()}>
            {t(copied ? 'remind.copied' : 'remind.copy')}
          </Button>
        )}
        <Button onClick={onClose}>{t('ui:close')}</Button>
      </FormButtons>
    </div>
  );
}
