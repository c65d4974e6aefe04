import { Button } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/error.ts';
import { useErrorText } from '../form/useErrorText.ts';
import styles from './Page.module.css';

interface EmptyStateProps {
  title: string;
  /** Why it is empty, and what would change that. */
  why: string;
  action?: ReactNode;
}

export function EmptyState({ title, why, action }: EmptyStateProps): ReactElement {
  return (
    <div className={styles['state']}>
      <h2>{title}</h2>
      <p>{why}</p>
      {action}
    </div>
  );
}

interface ErrorStateProps {
  error: ApiError;
  onRetry?: (() => void) | undefined;
  /** Stands in the place of the whole page: its heading is the page's. */
  page?: boolean;
}

/** What could not be read, in the server's words, with a way to try again; a refusal is drawn as `ForbiddenState`. */
export function ErrorState({ error, onRetry, page = false }: ErrorStateProps): ReactElement {
  const { t } = useTranslation('ui');
  const text = useErrorText();
  const Heading = page ? 'h1' : 'h2';
  if (error.status === 403) return <ForbiddenState reason={text(error)} page={page} />;
  return (
    <div className={styles['state']} role="alert">
      <Heading>{t(error.status === 404 ? 'error.notFoundTitle' : 'error.title')}</Heading>
      <p>{text(error)}</p>
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry}>
          {t('error.retry')}
        </Button>
      )}
    </div>
  );
}

/** Says that something exists for others and why it is closed to the one who acts. */
export function ForbiddenState({ reason, page = false }: { reason: string; page?: boolean }): ReactElement {
  const { t } = useTranslation('ui');
  const Heading = page ? 'h1' : 'h2';
  return (
    <div className={styles['state']}>
      <Heading>{t('forbidden.title')}</Heading>
      <p>{reason}</p>
      <p>{t('forbidden.cure')}</p>
    </div>
  );
}

/** Lines in the place of what is being read, so that the layout does not jump. */
export function LoadingLines({ lines = 4 }: { lines?: number }): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <div role="status" aria-label={t('loading')} style={{ display: 'grid', gap: 14, padding: '8px 0' }}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={styles['bone']} style={{ width: `${90 - ((line * 17) % 45)}%` }} />
      ))}
    </div>
  );
}
