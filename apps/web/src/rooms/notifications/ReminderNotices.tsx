import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { ForeignText } from '../../ui/document/index.ts';
import { ExerciseBadge } from '../exercises/ExerciseBanner.tsx';
import styles from './Notifications.module.css';

/** Reminders that the acting organisation has not seen yet, each leading to its document. */
export function ReminderNotices(): ReactElement | null {
  const { t } = useTranslation('notifications');
  const { permissions } = useSession();
  const { data } = useApi('GET /reminders', { query: { unseen: 'true', size: 5 } });
  const seen = useChange('POST /reminders/{id}/seen', ['GET /reminders']);
  if (data === undefined || data.items.length === 0) return null;
  const may = permissions.includes('tasks:work');
  const mark = (id: string): void => {
    if (may) seen.mutate({ params: { id }, body: {} });
  };
  return (
    <ul className={styles['notices']} aria-label={t('title', { count: data.total })}>
      {data.items.map((one) => (
        <li key={one.id}>
          <div>
            <strong>{one.ticket}</strong> {one.directive.exercise && <ExerciseBadge />} · {t('open', { count: one.open })} ·{' '}
            <Link to={`/my-work/${one.directive.id}`} onClick={() => mark(one.id)}>
              <ForeignText text={one.directive.code ?? one.directive.subject} />
            </Link>
            <div className={styles['from']}>
              {formatDateTime(one.sentAt)} · <ForeignText text={one.sentBy} />
            </div>
            {one.note !== null && (
              <p>
                <ForeignText text={one.note} />
              </p>
            )}
          </div>
          {may && (
            <Button variant="default" onClick={() => mark(one.id)} loading={seen.isPending && seen.variables?.params.id === one.id}>
              {t('seen')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
