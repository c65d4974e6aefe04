import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import styles from './Leftovers.module.css';

/** How much waits to be handed on, of one former unit or of all; nothing where nothing does. */
export function LeftoverNotice({ from }: { from?: string }): ReactElement | null {
  const { t } = useTranslation('organisations');
  const { data } = useApi('GET /leftovers', { query: from === undefined ? { size: 1 } : { from, size: 1 } });
  if (data === undefined || data.total === 0) return null;
  return (
    <div className={`${styles['notice']} never-printed`} role="status">
      <span>{t(from === undefined ? 'left.notice' : 'left.noticeHere', { count: data.total })}</span>
      <Link className="touched" to={'/organisations' as never} search={{ view: 'left', from } as never}>
        {t('left.open')}
      </Link>
    </div>
  );
}
