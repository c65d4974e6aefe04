import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { ForeignText } from '../../ui/document/index.ts';
import styles from './Standing.module.css';

/** How often and by which way an organisation was reminded, and whether it arrived. */
export function RemindersLine({ directive, organisation }: { directive: string; organisation: string }): ReactElement | null {
  const { t } = useTranslation('standing');
  const { data } = useApi('GET /directives/{id}/reminders', { params: { id: directive }, query: { organisation, size: 5 } });
  if (data === undefined || data.total === 0) return null;
  return (
    <details className={styles['reminders']}>
      <summary>{t('reminders.count', { count: data.total })}</summary>
      <ul className={styles['rows']}>
        {data.items.map(({ id, ticket, way, sentAt, sentBy, note, seenAt, delivery, why }) => (
          <li key={id}>
            <time dateTime={sentAt}>{formatDateTime(sentAt)}</time> {ticket} · {t(`way.${way}`)} · <ForeignText text={sentBy} />
            {delivery !== 'none' && ` · ${t(`delivery.${delivery}`)}`}
            {why !== null && ` · ${why[currentLanguage()]}`}
            {seenAt !== null && ` · ${t('reminders.seen', { at: formatDateTime(seenAt) })}`}
            {note !== null && (
              <>
                {' · '}
                <ForeignText text={note} />
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
