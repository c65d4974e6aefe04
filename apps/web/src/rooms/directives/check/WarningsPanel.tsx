import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../../ui/document/index.ts';
import type { Directive } from '../api.ts';
import styles from '../Directives.module.css';
import { useLocal } from '../useLocal.ts';
import { markAt } from './marks.ts';

interface Props {
  view: Directive;
  marks: readonly Mark[];
  onSelect: (id: string) => void;
}

/** What the reader could not read for certain, each with its place. */
export function WarningsPanel({ view, marks, onSelect }: Props): ReactElement | null {
  const { t } = useTranslation('directives');
  const local = useLocal();
  if (view.warnings.length === 0) return null;
  return (
    <details className={styles['warnings']} open>
      <summary>{t('check.warnings', { count: view.warnings.length })}</summary>
      <ul>
        {view.warnings.map((warning) => {
          const mark = warning.end > warning.start ? markAt(marks, warning.start, warning.end) : null;
          return (
            <li key={`${warning.code} ${warning.start} ${warning.message.en}`}>
              {local(warning.message)}
              {mark !== null && (
                <button type="button" className={styles['place']} onClick={() => onSelect(mark)}>
                  {t('check.seePlace')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
