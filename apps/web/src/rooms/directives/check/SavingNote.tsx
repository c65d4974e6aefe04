import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../../i18n/format.ts';
import { useErrorText } from '../../../ui/form/index.ts';
import styles from '../Directives.module.css';
import type { Saving } from './useSaving.ts';

/** Whether what was typed is safe: saved when, or why not and what to do. */
export function SavingNote({ saving, onlyProblems = false }: { saving: Saving; onlyProblems?: boolean }): ReactElement | null {
  const { t } = useTranslation('directives');
  const text = useErrorText();
  const { kind, at, error } = saving.state;
  if (kind === 'saved' || kind === 'saving') {
    if (onlyProblems) return null;
    return (
      <span role="status">
        {kind === 'saving'
          ? t('saving.saving')
          : at === null
            ? t('saving.unseen')
            : t('saving.saved', { time: formatTime(at.toISOString()) })}
      </span>
    );
  }
  if (!onlyProblems) return null;
  return (
    <div className={styles['unsaved']} role="alert">
      <span>{text(error)}</span>
      {kind === 'lost' && (
        <Button size="compact-sm" onClick={() => void saving.flush()}>
          {t('ui:error.retry')}
        </Button>
      )}
      {kind === 'conflict' && (
        <Button size="compact-sm" onClick={() => void saving.reload()}>
          {t('saving.reload')}
        </Button>
      )}
      {kind === 'refused' && (
        <Button size="compact-sm" variant="default" onClick={() => void saving.drop()}>
          {t('saving.drop')}
        </Button>
      )}
    </div>
  );
}
