import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Exercises.module.css';

/** Stands on every screen of what belongs to an exercise, and at the top of its printed page; nothing where `name` is null. */
export function ExerciseBanner({ name }: { name: string | null | undefined }): ReactElement | null {
  const { t } = useTranslation('exercises');
  if (name === null || name === undefined) return null;
  return (
    <div role="note" className={styles['banner']}>
      <ExerciseBadge /> <strong>{name}</strong> <span>{t('banner')}</span>
    </div>
  );
}

export function ExerciseBadge(): ReactElement {
  const { t } = useTranslation('exercises');
  return <span className={styles['badge']}>{t('badge')}</span>;
}
