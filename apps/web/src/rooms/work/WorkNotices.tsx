import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../ui/page/Panel.tsx';
import type { Work } from './api.ts';
import styles from './Work.module.css';

/** Why nothing can be done, where that is so. */
export function WorkNotices({ work }: { work: Work }): ReactElement | null {
  const { t } = useTranslation('work');
  const text =
    work.directive.status === 'withdrawn'
      ? t('notice.withdrawn')
      : work.receipt.state === '02'
        ? t('notice.refused', { reason: work.receipt.refusedReason ?? '' })
        : !work.can.work && !work.can.enterFor && !work.can.review
          ? t('notice.readOnly')
          : null;
  return text === null ? null : (
    <p className={styles['notice']} role="note">
      {text}
    </p>
  );
}

interface EnterForProps {
  source: string;
  agency: string;
  /** Opens the form that takes down what was said, with who, when and proof. */
  onEntry: () => void;
  onStart: (source: string) => void;
  onStop: () => void;
}

/** Nhập thay: the desk enters what an agency sent on paper or said on the telephone, and names where it comes from. */
export function EnterFor({ source, agency, onEntry, onStart, onStop }: EnterForProps): ReactElement {
  const { t } = useTranslation('work');
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  if (source !== '') {
    return (
      <div className={`${styles['notice']} ${styles['row']}`} role="note">
        <span>{t('enterFor.active', { agency, source })}</span>
        <Button variant="default" size="compact-md" onClick={onStop}>
          {t('enterFor.stop')}
        </Button>
      </div>
    );
  }
  if (!opened) {
    return (
      <p className={styles['row']} style={{ marginBottom: 12 }}>
        <Button variant="default" onClick={onEntry}>
          {t('entry.button')}
        </Button>
        <Button variant="subtle" onClick={() => setOpened(true)}>
          {t('enterFor.start')}
        </Button>
      </p>
    );
  }
  return (
    <Panel label={t('enterFor.start')}>
      <form
        className={styles['row']}
        style={{ alignItems: 'flex-end' }}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') onStart(typed.trim());
        }}
      >
        <TextInput
          label={t('enterFor.source')}
          description={t('enterFor.sourceHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={300}
          style={{ flex: '1 1 280px' }}
          required
        />
        <Button type="submit" disabled={typed.trim() === ''}>
          {t('enterFor.go')}
        </Button>
      </form>
    </Panel>
  );
}
