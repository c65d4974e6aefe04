import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatNumber } from '../../i18n/format.ts';
import styles from './Work.module.css';

/** How much work waits for the acting organisation, in the top bar of every page; nothing where none does. */
export function WorkStatus(): ReactElement | null {
  const { t } = useTranslation('work');
  const { data } = useApi('GET /my-work/counts');
  if (data === undefined) return null;
  const todo = data.todo + data.parts;
  if (todo === 0 && data.approvals === 0) return null;
  return (
    <>
      {data.approvals > 0 && (
        <Link to="/my-work" search={{ tab: 'approval' } as never} className={styles['status']}>
          {t('status.approvals', { count: data.approvals, shown: formatNumber(data.approvals) })}
        </Link>
      )}
      {todo > 0 && <Todo todo={todo} overdue={data.overdue} />}
    </>
  );
}

function Todo({ todo, overdue }: { todo: number; overdue: number }): ReactElement {
  const { t } = useTranslation('work');
  return (
    <Link to="/my-work" className={styles['status']}>
      {t('status.todo', { count: todo, shown: formatNumber(todo) })}
      {overdue > 0 && (
        <span className={styles['due']} data-time="overdue">
          {t('status.overdue', { count: overdue, shown: formatNumber(overdue) })}
        </span>
      )}
    </Link>
  );
}
