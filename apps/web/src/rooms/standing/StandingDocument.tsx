import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import { DocumentPaper, ForeignText } from '../../ui/document/index.ts';
import { StateBar } from '../../ui/state/index.ts';
import type { Standing, StandingItem } from './api.ts';
import styles from './Standing.module.css';

interface StandingDocumentProps {
  standing: Standing;
  /** The chosen requirement. */
  item: string;
  onItem: (id: string) => void;
}

/** The directive as it was signed; the state of each item stands in its margin. */
export function StandingDocument({ standing, item, onItem }: StandingDocumentProps): ReactElement {
  const { t } = useTranslation('standing');
  const demanding = useMemo(
    () => standing.requirements.filter(({ heading, withdrawn }) => !heading && !withdrawn),
    [standing.requirements],
  );
  const marks = useMemo(
    () =>
      demanding.flatMap(({ id, span }) => (span === null ? [] : [{ id, start: span.start, end: span.end, kind: 'requirement' as const }])),
    [demanding],
  );
  const margin = useMemo(() => Object.fromEntries(demanding.map((one) => [one.id, <ItemState key={one.id} item={one} />])), [demanding]);
  const unmarked = demanding.filter(({ id }) => !marks.some((mark) => mark.id === id));
  return (
    <>
      {marks.length > 0 && (
        <DocumentPaper
          text={standing.text}
          marks={marks}
          margin={margin}
          selected={item === '' ? null : item}
          onSelect={onItem}
          label={t('document.label', { code: standing.code ?? '' })}
          height="calc(100dvh - 120px)"
        />
      )}
      {unmarked.length > 0 && (
        <ol className={styles['items']} aria-label={t('document.items')}>
          {unmarked.map((one) => (
            <li key={one.id}>
              <button type="button" aria-pressed={one.id === item} onClick={() => onItem(one.id)}>
                <span className={styles['itemText']}>
                  <strong>{one.path}</strong> <ForeignText text={one.text} />
                </span>
                <ItemState item={one} />
              </button>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** How many organisations stand how. What no measure is bound to is not called met: it says how many have reported. */
function ItemState({ item: { counts, measures } }: { item: StandingItem }): ReactElement {
  const { t } = useTranslation('standing');
  const total = counts.met + counts['at-risk'] + counts.missed + counts.reported + counts['no-data'];
  const measured = measures.length > 0;
  const value = measured ? counts.met : counts.reported;
  const worst =
    counts.missed > 0
      ? 'missed'
      : counts['at-risk'] > 0
        ? 'at-risk'
        : counts['no-data'] > 0
          ? 'no-data'
          : measured && total > 0
            ? 'met'
            : 'reported';
  return (
    <span className={styles['itemState']} data-worst={total === 0 ? 'none' : worst}>
      <span className="tabular">
        <strong>
          {formatNumber(value)}/{formatNumber(total)}
        </strong>{' '}
        {t(measured ? 'document.met' : 'document.reported')}
      </span>
      <StateBar counts={counts} hideLabel />
    </span>
  );
}
