import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime, formatNumber } from '../../i18n/format.ts';
import { FactsList } from '../../ui/page/FactsList.tsx';
import styles from './Audit.module.css';
import { changesOf } from './changes.ts';
import type { AuditRow } from './useAuditList.ts';

interface AuditDetailProps {
  row: AuditRow;
  onSubject: (subject: string) => void;
}

const SUBJECTS = [
  'status',
  'account',
  'person',
  'session',
  'organisation',
  'group',
  'phrase',
  'contact',
  'import',
  'directive',
  'receipt',
  'evidence',
  'reminder',
  'duty-call',
  'duty-pick',
  'api-token',
  'asset_act',
  'day',
  'finding',
  'list',
  'notice',
  'notice-rule',
  'part',
  'proposal',
  'report',
  'rollup',
  'sender',
];

/** All that one row of the log holds: subject, whom it concerns, request, and what was before and after. */
export function AuditDetail({ row, onSubject }: AuditDetailProps): ReactElement {
  const { t } = useTranslation('audit');
  const kind = SUBJECTS.includes(row.subjectKind) ? t(`subject.${row.subjectKind}`) : row.subjectKind;
  const facts = [
    { label: t('detail.subject'), value: <Subject row={row} kind={kind} name={row.names[row.subjectId] ?? null} /> },
    ...(row.concerns === null ? [] : [{ label: t('detail.concerns'), value: row.concerns.name ?? <code>{row.concerns.id}</code> }]),
    { label: t('detail.action'), value: <code>{row.action}</code> },
    { label: t('detail.request'), value: <code>{row.requestId}</code> },
  ];
  return (
    <div className={styles['detail']}>
      <FactsList facts={facts} />
      <Changes row={row} />
      <div>
        <Button variant="default" size="xs" onClick={() => onSubject(row.subjectId)}>
          {t('detail.onlySubject')}
        </Button>
      </div>
    </div>
  );
}

function Subject({ row, kind, name }: { row: AuditRow; kind: string; name: string | null }): ReactElement {
  const to = { directive: `/directives/${row.subjectId}`, organisation: `/organisations/${row.subjectId}` }[row.subjectKind];
  const text = name ?? row.subjectId;
  return (
    <>
      {kind} · {to === undefined ? <code>{text}</code> : <Link to={to as never}>{text}</Link>}
    </>
  );
}

function Changes({ row }: Pick<AuditDetailProps, 'row'>): ReactElement | null {
  const { t, i18n } = useTranslation('audit');
  const changes = changesOf(row.before, row.after);
  if (changes.length === 0) return null;
  const both = changes.some(({ before }) => before !== undefined);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('detail.changes')}>
      <table className={styles['changes']}>
        <caption className="only-heard">{t('detail.changes')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('detail.what')}</th>
            {both && <th scope="col">{t('detail.before')}</th>}
            <th scope="col">{t(both ? 'detail.after' : 'detail.content')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ key, before, after }) => (
            <tr key={key}>
              <th scope="row">
                {key === '' ? t('detail.content') : i18n.exists(`audit:key.${key}`) ? t(`key.${key}`) : <code>{key}</code>}
              </th>
              {both && (
                <td>
                  <Value value={before} names={row.names} />
                </td>
              )}
              <td>
                <Value value={after} names={row.names} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ROLES = ['administrator', 'desk', 'leader', 'analyst', 'officer', 'operator', 'auditor'];
const MOST = 40;

/** One value in words: roles, days, instants, names of organisations, lists; what has no words is shown as it was written. */
function Value({ value, names }: { value: unknown; names: AuditRow['names'] }): ReactElement {
  const { t } = useTranslation('audit');
  if (value === undefined || value === null || value === '') return <span className={styles['soft']}>{t('detail.none')}</span>;
  if (typeof value === 'boolean') return <>{t(value ? 'detail.yes' : 'detail.no')}</>;
  if (typeof value === 'number') return <>{formatNumber(value, 2)}</>;
  if (typeof value === 'string') return <Word text={value} names={names} />;
  if (!Array.isArray(value)) return <pre className={styles['raw']}>{JSON.stringify(value, null, 2)}</pre>;
  return (
    <>
      {value.slice(0, MOST).map((one, at) => (
        <div key={at}>
          <Value value={one} names={names} />
        </div>
      ))}
      {value.length > MOST && <span className={styles['soft']}>{t('detail.more', { count: value.length - MOST })}</span>}
    </>
  );
}

function Word({ text, names }: { text: string; names: AuditRow['names'] }): ReactElement {
  const { t } = useTranslation('audit');
  if (ROLES.includes(text)) return <>{t(`shell:role.${text}`)}</>;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return <>{formatDate(text)}</>;
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text)) return <>{formatDateTime(text)}</>;
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(text)) return <>{names[text] ?? <code>{text}</code>}</>;
  return <span className={styles['text']}>{text}</span>;
}
