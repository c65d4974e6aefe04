import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../i18n/language.ts';
import type { Report } from './api.ts';
import { useFraction } from './ReportWords.tsx';
import styles from './Reports.module.css';

/** Every figure that was frozen with the report, also those that the form does not print. */
export function FiguresPanel({ report, onFigure }: { report: Report; onFigure: (figure: string) => void }): ReactElement {
  const { t } = useTranslation('reports');
  const fraction = useFraction();
  const ofItems = (id: string): boolean => id.startsWith('item:');
  const list = (figures: Report['figures']): ReactElement => (
    <ul className={styles['figures']}>
      {figures.map((figure) => (
        <li key={figure.id}>
          <span>{figure.name[currentLanguage()]}</span>
          {figure.value === null ? (
            <span className={styles['hint']}>{fraction(figure)}</span>
          ) : (
            <button type="button" className={`${styles['link']} tabular`} onClick={() => onFigure(figure.id)}>
              {fraction(figure)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
  return (
    <section className={styles['panel']} aria-label={t('figure.title')}>
      <h2>{t('figure.title')}</h2>
      <p className={styles['hint']}>{t('figure.hint')}</p>
      {list(report.figures.filter(({ id }) => !ofItems(id)))}
      <details className={styles['more']}>
        <summary>{t('figure.items')}</summary>
        {list(report.figures.filter(({ id }) => ofItems(id)))}
      </details>
    </section>
  );
}
