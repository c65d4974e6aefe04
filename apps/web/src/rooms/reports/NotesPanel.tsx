import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ForeignText } from '../../ui/document/index.ts';
import type { Report } from './api.ts';
import { SECTIONS, takenInto, withNote } from './text.ts';
import type { ReportDraft } from './useReportDraft.ts';
import styles from './Reports.module.css';

const FIRST = 6;

/** What agencies wrote with their reports; a click takes it into a section. */
export function NotesPanel({ report, draft, editable }: { report: Report; draft: ReportDraft; editable: boolean }): ReactElement {
  const { t } = useTranslation('reports');
  const [all, setAll] = useState(false);
  const shown = all ? report.notes : report.notes.slice(0, FIRST);
  return (
    <section className={styles['panel']} aria-label={t('notes.title')}>
      <h2>{t('notes.title')}</h2>
      <p className={styles['hint']}>{t(editable ? 'notes.hint' : 'notes.source')}</p>
      <ul className={styles['notes']}>
        {shown.map((note) => {
          const taken = takenInto(draft.text, note);
          return (
            <li key={`${note.organisation} ${note.code} ${note.section}`}>
              <p>
                <strong>
                  <ForeignText text={note.organisation} />
                </strong>{' '}
                <span className={styles['hint']}>
                  <ForeignText text={note.code} />
                </span>
              </p>
              <p className={styles['note']}>
                <ForeignText text={note.note} />
              </p>
              {taken !== null && <p className={styles['hint']}>{t('notes.taken', { section: t(`text.${taken}`) })}</p>}
              {editable && taken === null && (
                <div className={styles['buttons']}>
                  <span className={styles['hint']}>{t('notes.take')}</span>
                  {(note.section === null ? SECTIONS : [note.section]).map((section) => (
                    <Button
                      key={section}
                      variant="default"
                      size="compact-sm"
                      onClick={() => draft.type({ text: withNote(draft.text, section, note) })}
                    >
                      {t(`section.${section}`)}
                    </Button>
                  ))}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {!all && report.notes.length > FIRST && (
        <Button variant="default" size="compact-md" onClick={() => setAll(true)}>
          {t('notes.all', { count: report.notes.length })}
        </Button>
      )}
    </section>
  );
}
