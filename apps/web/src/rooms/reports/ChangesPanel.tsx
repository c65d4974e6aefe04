import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { ForeignText } from '../../ui/document/index.ts';
import type { Report } from './api.ts';
import { AsOf, codeOf } from './ReportWords.tsx';
import styles from './Reports.module.css';

/** What is another than in the report that this one corrects, figure by figure. */
export function ChangesPanel({ report, onFigure }: { report: Report; onFigure: (figure: string) => void }): ReactElement | null {
  const { t } = useTranslation('reports');
  const { former, changes } = report;
  if (former === null) return null;
  const name = former.number === null ? t('changes.former') : codeOf(former);
  const number = (value: number | null): string => (value === null ? '–' : formatNumber(value));
  return (
    <section className={styles['panel']} aria-label={t('changes.title')}>
      <h2>{t('changes.title')}</h2>
      <p>
        {t('changes.against')} {former.isOpen ? <Link to={`/reports/${former.id}`}>{name}</Link> : name}, <AsOf at={former.asOf} />
      </p>
      {changes.length === 0 ? (
        <p className={styles['hint']}>{t('changes.none')}</p>
      ) : (
        <ul className={styles['changes']}>
          {changes.map((change) => (
            <li key={change.figure}>
              <button type="button" className={styles['link']} onClick={() => onFigure(change.figure)}>
                {change.name[currentLanguage()]}
              </button>
              <strong className="tabular">
                {number(change.before)} → {number(change.now)}
              </strong>
              {change.came.length > 0 && <Names label={t('changes.came')} names={change.came} />}
              {change.went.length > 0 && <Names label={t('changes.went')} names={change.went} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Names({ label, names }: { label: string; names: readonly string[] }): ReactElement {
  return (
    <p className={styles['hint']}>
      {label} <ForeignText text={names.join('; ')} />
    </p>
  );
}
