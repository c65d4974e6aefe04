import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../i18n/format.ts';
import { ForeignText } from '../../../ui/document/index.ts';
import { Panel } from '../../../ui/page/index.ts';
import { linkTo } from '../api.ts';
import type { Directive } from '../api.ts';
import styles from '../Directives.module.css';

/** Of a document that came as an edXML message: who sent it, what it asks about which directive, and its files. */
export function EdxmlPanel({ view }: { view: Directive }): ReactElement | null {
  const { t } = useTranslation('directives');
  const { edxml } = view;
  if (edxml === null) return null;
  const { from, documentId, business, files } = edxml;
  return (
    <Panel label={t('edxml.title')}>
      <div className={styles['panelHead']}>
        <h2>{t('edxml.title')}</h2>
      </div>
      <p className={styles['hint']}>
        <ForeignText text={`${from.name} (${from.id || '–'}) · ${documentId}`} />
      </p>
      {business !== 'new' && <Asked edxml={edxml} />}
      {files.length > 0 && (
        <ul className={styles['edxmlFiles']} aria-label={t('edxml.files')}>
          {files.map((file, position) => (
            <li key={position}>
              <a href={linkTo('GET /directives/{id}/attachments/{position}', { params: { id: view.id, position } })} download>
                <ForeignText text={file.name} />
              </a>{' '}
              <span className={styles['hint']}>
                {formatBytes(file.size)}
                {file.read && ` · ${t('edxml.read')}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The machine proposes; withdrawing or amending is an act of its own on the directive found. */
function Asked({ edxml }: { edxml: NonNullable<Directive['edxml']> }): ReactElement {
  const { t } = useTranslation('directives');
  const { business, reason, concerned, named } = edxml;
  return (
    <div role="alert" className={styles['refused']}>
      <strong>{t(`edxml.${business as 'withdrawn' | 'updated' | 'replacing'}`)}</strong>
      {reason !== null && (
        <span>
          <ForeignText text={reason} />
        </span>
      )}
      {concerned.length === 0 && <span>{t('edxml.notFound', { names: named.join('; ') })}</span>}
      {concerned.map(({ id, code, subject, status }) => (
        <span key={id}>
          <Link to={(status === 'draft' ? `/directives/${id}/check` : `/directives/${id}/acts`) as never}>{code ?? subject}</Link> –{' '}
          {t(`status.${status}`)}. {status === 'issued' && t(`edxml.propose.${business as 'withdrawn' | 'updated' | 'replacing'}`)}
        </span>
      ))}
    </div>
  );
}
