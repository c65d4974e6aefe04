import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { Panel } from '../../ui/page/Panel.tsx';
import styles from './Notices.module.css';

/** The notices that have a finding, newest first; nothing where there are none. */
export function NoticesOfFinding({ finding, exercise }: { finding: string; exercise: boolean }): ReactElement | null {
  const { t } = useTranslation('notices');
  const { data } = useApi('GET /notices', { query: { finding, size: 10, ...(exercise ? { exercise: 'true' } : {}) } });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Panel>
      <h2 className={styles['heading']}>{t('inNotices')}</h2>
      <ul className={styles['plain']}>
        {data.items.map(({ id, ticket, frozenAt, test }) => (
          <li key={id}>
            <Link to={`/notices/${id}` as never}>{ticket}</Link>{' '}
            {test && <span className={`${styles['badge']} ${styles['test']}`}>{t('test')}</span>}
            <div className={styles['soft']}>{formatDateTime(frozenAt)}</div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
