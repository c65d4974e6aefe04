import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { Panel } from '../../ui/page/Panel.tsx';
import type { Status } from './StatusPage.tsx';
import styles from './Status.module.css';

/** What the server does by itself: when last, how it went, when next. */
export function JobsPanel({ jobs }: { jobs: Status['jobs'] }): ReactElement {
  const { t } = useTranslation('status');
  const shown = (at: string | null): string => (at === null ? t('never') : formatDateTime(at));
  return (
    <Panel label={t('jobs.title')}>
      <h2 className={styles['heading']}>{t('jobs.title')}</h2>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('jobs.name')}</th>
              <th scope="col">{t('jobs.lastDone')}</th>
              <th scope="col">{t('jobs.lastFailure')}</th>
              <th scope="col">{t('jobs.next')}</th>
            </tr>
          </thead>
          <tbody>
            {jobs.map(({ id, name, lastDone, lastFailure, next }) => (
              <tr key={id}>
                <th scope="row">{name[currentLanguage()]}</th>
                <td className="tabular">{shown(lastDone)}</td>
                <td className="tabular">
                  {lastFailure === null ? (
                    t('jobs.noFailure')
                  ) : (
                    <>
                      {formatDateTime(lastFailure.at)} <code className={styles['address']}>{lastFailure.error}</code>
                    </>
                  )}
                </td>
                <td className="tabular">{shown(next)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
