import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../Directives.module.css';
import type { Passage } from './passage.ts';

interface Props {
  text: string;
  passage: Passage;
  busy: boolean;
  onMake: () => void;
}

/** What can be made of the passage that is selected in the document. */
export function PassageBar({ text, passage, busy, onMake }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const quote = text.slice(passage.start, passage.end).replaceAll(/\s+/g, ' ').trim();
  return (
    <div className={styles['passage']} role="region" aria-label={t('passage.title')}>
      <span className={styles['passageText']}>“{quote.length > 90 ? `${quote.slice(0, 90)}…` : quote}”</span>
      {/* The selection stays while the pointer comes down on the button. */}
      <Button loading={busy} onMouseDown={(event) => event.preventDefault()} onClick={onMake}>
        {t('passage.make')}
      </Button>
    </div>
  );
}
