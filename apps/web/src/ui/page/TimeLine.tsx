import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../i18n/format.ts';
import styles from './Page.module.css';

export interface TimeLineEntry {
  id: string;
  /** Instant, ISO 8601. */
  at: string;
  what: string;
  who?: string | undefined;
  /** Whose organisation spoke, and for whom it was entered (*nhập thay*). */
  organisation?: string | undefined;
  detail?: string | undefined;
}

/** History with who and when, in the order given. */
export function TimeLine({ entries }: { entries: readonly TimeLineEntry[] }): ReactElement {
  const { t } = useTranslation('ui');
  if (entries.length === 0) return <p className={styles['when']}>{t('timeline.empty')}</p>;
  return (
    <ol className={styles['timeline']}>
      {entries.map(({ id, at, what, who, organisation, detail }) => (
        <li key={id}>
          <div>{what}</div>
          <div className={styles['when']}>
            <time dateTime={at}>{formatDateTime(at)}</time>
            {[who, organisation].filter(Boolean).map((part) => ` · ${part}`)}
          </div>
          {detail !== undefined && <div className={styles['detail']}>{detail}</div>}
        </li>
      ))}
    </ol>
  );
}
