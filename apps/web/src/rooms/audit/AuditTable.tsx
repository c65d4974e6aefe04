import { Fragment, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../i18n/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { knownAction } from './actions.ts';
import styles from './Audit.module.css';
import { AuditDetail } from './AuditDetail.tsx';
import type { AuditRow } from './useAuditList.ts';

interface AuditTableProps {
  rows: readonly AuditRow[];
  onSubject: (subject: string) => void;
}

const HEADS = ['when', 'who', 'what', 'where'] as const;

/** One row an act; its button opens what was changed and why. */
export function AuditTable({ rows, onSubject }: AuditTableProps): ReactElement {
  const { t } = useTranslation('audit');
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void =>
    setOpened((former) => {
      const next = new Set(former);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <table className={styles['table']}>
      <caption className="only-heard">{t('title')}</caption>
      <thead>
        <tr>
          {HEADS.map((head) => (
            <th key={head} scope="col">
              {t(`head.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Fragment key={row.id}>
            <tr>
              <td className={styles['when']}>
                <time dateTime={row.at}>{formatDateTime(row.at)}</time>
              </td>
              <td>
                {row.actorName}
                <div className={styles['soft']}>
                  {[row.role === null ? null : t(`shell:role.${row.role}`), row.organisation.name].filter(Boolean).join(' · ')}
                </div>
              </td>
              <td>
                <button
                  type="button"
                  className={styles['act']}
                  aria-expanded={opened.has(row.id)}
                  aria-controls={`detail-${row.id}`}
                  onClick={() => toggle(row.id)}
                >
                  <Icon name={opened.has(row.id) ? 'down' : 'right'} size={14} />
                  <ActionName action={row.action} />
                </button>
                {row.reason !== null && <div className={styles['reason']}>{t('reason', { reason: row.reason })}</div>}
              </td>
              <td className={styles['where']}>
                <code>{row.address}</code>
              </td>
            </tr>
            {opened.has(row.id) && (
              <tr id={`detail-${row.id}`}>
                <td colSpan={HEADS.length} className={styles['opened']}>
                  <AuditDetail row={row} onSubject={onSubject} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function ActionName({ action }: { action: string }): ReactElement {
  const { t } = useTranslation('audit');
  const known = knownAction(action);
  return known === null ? <code>{action}</code> : <span>{t(`action.${known.room}.${known.verb}`)}</span>;
}
