import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ForeignText } from '../../ui/document/index.ts';
import type { Report } from './api.ts';
import { differences, fieldOf } from './text.ts';
import type { ReportDraft } from './useReportDraft.ts';
import styles from './Reports.module.css';

/** Somebody else saved meanwhile: both texts where they differ, and the choice between them. */
export function ConflictPanel({ report, draft }: { report: Report; draft: ReportDraft }): ReactElement {
  const { t } = useTranslation('reports');
  const editable = report.can.includes('edit');
  const shown = (text: string): ReactElement => (text.trim() === '' ? <em>{t('conflict.empty')}</em> : <ForeignText text={text} />);
  return (
    <section className={styles['conflict']} role="alert">
      <h2>{t('conflict.title')}</h2>
      <p>{t(editable ? 'conflict.why' : 'conflict.moved', { status: t(`status.${report.status}`) })}</p>
      <div className={styles['scroll']}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('conflict.field')}</th>
              <th scope="col">{t('conflict.mine')}</th>
              <th scope="col">{t('conflict.theirs')}</th>
            </tr>
          </thead>
          <tbody>
            {differences(draft.text, report.text).map((field) => (
              <tr key={field}>
                <th scope="row">{t(`text.${field}`)}</th>
                <td>{shown(fieldOf(draft.text, field))}</td>
                <td>{shown(fieldOf(report.text, field))}</td>
              </tr>
            ))}
            {draft.symbol !== report.symbol && (
              <tr>
                <th scope="row">{t('field.symbol')}</th>
                <td>{shown(draft.symbol)}</td>
                <td>{shown(report.symbol)}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <div className={styles['buttons']}>
        {editable && <Button onClick={draft.keepMine}>{t('conflict.keep')}</Button>}
        <Button variant="default" onClick={draft.takeTheirs}>
          {t('conflict.take')}
        </Button>
      </div>
    </section>
  );
}
