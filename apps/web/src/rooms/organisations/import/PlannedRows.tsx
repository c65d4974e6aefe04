import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../../api/contract.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import styles from '../Organisations.module.css';
import { Scroll } from '../Scroll.tsx';

type Plan = Routes['POST /organisation-imports/{id}/plan']['output'];
type Row = Plan['rows'][number];

const STATES = ['new', 'changed', 'same', 'refused'] as const;
const PAGE = 100;

export function Counts({ counts }: { counts: Plan['counts'] }): ReactElement {
  const { t } = useTranslation('organisations');
  return (
    <div className={styles['counts']}>
      {STATES.map((state) => (
        <div key={state} className={styles['count']}>
          <strong>{formatNumber(counts[state])}</strong>
          <span className={styles['soft']}>{t(`row.${state}`)}</span>
        </div>
      ))}
    </div>
  );
}

/** Row by row what would happen, refusals first. */
export function PlannedRows({ rows }: { rows: readonly Row[] }): ReactElement {
  const { t } = useTranslation('organisations');
  const [shown, setShown] = useState(PAGE);
  const order: readonly Row['state'][] = ['refused', 'changed', 'new', 'same'];
  const sorted = rows.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.row - b.row);
  return (
    <>
      <Scroll label={t('row.caption')}>
        <table className={styles['grid']}>
          <caption className="only-heard">{t('row.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('row.line')}</th>
              <th scope="col">{t('row.what')}</th>
              <th scope="col">{t('row.name')}</th>
              <th scope="col">{t('row.why')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map((row) => (
              <tr key={row.row}>
                <td className="tabular">{row.row}</td>
                <td>{t(`row.${row.state}`)}</td>
                <td>{row.name}</td>
                <td>{row.reason?.[currentLanguage()] ?? row.changes.map((key) => t(`change.${key}`)).join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {sorted.length > shown && (
        <Button variant="default" mt="sm" onClick={() => setShown(shown + PAGE)}>
          {t('more', { count: sorted.length - shown })}
        </Button>
      )}
    </>
  );
}
