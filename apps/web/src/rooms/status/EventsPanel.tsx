import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDateTime, formatNumber } from '../../i18n/format.ts';
import { Panel } from '../../ui/page/Panel.tsx';
import type { Status } from './StatusPage.tsx';
import styles from './Status.module.css';

type Event = Status['events'][number];

/** What the server noticed of disk, database and clock, as the audit log has it; newest first. */
export function EventsPanel({ events }: { events: readonly Event[] }): ReactElement {
  const { t } = useTranslation('status');
  const said = ({ action, after }: Event): string => {
    const value = (name: string): number => Number(after?.[name] ?? 0);
    const key = action.replace('installation.', '');
    return t(`event.${key}`, {
      free: formatBytes(value('free')),
      time: formatNumber(value('milliseconds')),
      seconds: formatNumber(value('seconds')),
      by: formatNumber(value('by')),
      attempt: formatNumber(value('attempt')),
      how: String(after?.['how'] ?? ''),
      defaultValue: action,
    });
  };
  return (
    <Panel label={t('events.title')}>
      <h2 className={styles['heading']}>{t('events.title')}</h2>
      {events.length === 0 ? (
        <p>{t('events.none')}</p>
      ) : (
        <ul className={styles['events']}>
          {events.map((event, at) => (
            <li key={at}>
              <span className="tabular">{formatDateTime(event.at)}</span>
              <span>{said(event)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
