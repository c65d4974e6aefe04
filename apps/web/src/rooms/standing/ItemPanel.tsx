import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { ForeignText } from '../../ui/document/index.ts';
import { StateChip } from '../../ui/state/index.ts';
import type { FigureName, Standing, StandingItem } from './api.ts';
import { FollowUp } from './FollowUp.tsx';
import { Lead } from './Lead.tsx';
import { Recurrence } from './Recurrence.tsx';
import type { StandingControl } from './useStandingState.ts';
import styles from './Standing.module.css';

const STATES = ['missed', 'at-risk', 'no-data', 'reported', 'met'] as const satisfies readonly FigureName[];

/** One item of the directive over all organisations: how it is measured, until when, and how many stand how. */
export function ItemPanel({
  standing,
  item,
  control: { change },
}: {
  standing: Standing;
  item: StandingItem;
  control: StandingControl;
}): ReactElement {
  const { t } = useTranslation('standing');
  const language = currentLanguage();
  return (
    <div>
      <h2>{t('item.title', { path: item.path })}</h2>
      <p className={styles['itemQuote']} lang="vi">
        <ForeignText text={item.text} />
      </p>
      <p className={styles['hint']}>
        {item.measures.length === 0
          ? t('matrix.unmeasured')
          : t('item.measured', { names: item.measures.map(({ name }) => name[language]).join('; ') })}
        {' · '}
        {item.due === null
          ? item.recurrence === null || item.phrase === null
            ? t('item.noDue')
            : `“${item.phrase}”`
          : t('item.due', { at: formatDateTime(item.due), phrase: item.phrase ?? '' })}
      </p>
      {!item.withdrawn && <Recurrence standing={standing} item={item} />}
      {!item.heading && !item.withdrawn && standing.can.remind && <Lead directive={standing.id} requirement={item.id} />}
      {!item.heading && !item.withdrawn && <FollowUp standing={standing} requirement={item.id} followUp={item.followUp} />}
      <div className={styles['buttons']}>
        {STATES.filter((state) => item.counts[state] > 0).map((state) => (
          <button key={state} type="button" className={styles['count']} onClick={() => change({ fig: state, item: item.id, org: '' })}>
            <StateChip state={state} /> <strong className="tabular">{formatNumber(item.counts[state])}</strong>
          </button>
        ))}
      </div>
    </div>
  );
}
