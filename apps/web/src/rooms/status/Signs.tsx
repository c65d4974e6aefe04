import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDateTime, formatNumber } from '../../i18n/format.ts';
import { Icon } from '../../ui/icons.tsx';
import type { Status } from './StatusPage.tsx';
import styles from './Status.module.css';

/** What needs a person, each with its cure; or that nothing does. */
export function Signs({ status }: { status: Status }): ReactElement {
  const { t } = useTranslation('status');
  const { disk, database, outbox, clock } = status;
  const values = {
    free: formatBytes(disk.free),
    stop: formatBytes(disk.stop),
    directory: disk.directory,
    sync: formatNumber(disk.syncTime ?? 0),
    roundTrip: formatNumber(database.roundTrip ?? 0),
    restarts: formatNumber(database.restarts),
    failed: formatNumber(outbox.failed),
    messages: formatNumber(outbox.held?.messages ?? 0),
    by: formatNumber(Math.abs(clock.lastStep?.by ?? 0)),
    at: clock.lastStep === null ? '' : formatDateTime(clock.lastStep.at),
  };
  if (status.signs.length === 0)
    return (
      <p className={styles['fine']} role="status">
        <Icon name="done" />
        {t('fine')}
      </p>
    );
  return (
    <ul className={styles['signs']} aria-label={t('signs')} aria-live="polite">
      {status.signs.map(({ code, level }) => (
        <li key={code} className={styles[level]}>
          <Icon name="warning" />
          <div>
            <strong>
              {t(`level.${level}`)} {t(`sign.${code}.what`, values)}
            </strong>
            <p>{t(`sign.${code}.cure`, values)}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
