import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../../api/contract.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { Counts, Grid } from '../../../ui/table/Grid.tsx';

type Plan = Routes['POST /organisation-imports/{id}/plan']['output'];
type Row = Plan['rows'][number];

const STATES = ['new', 'changed', 'same', 'refused'] as const;
const PAGE = 100;

export function PlanCounts({ counts }: { counts: Plan['counts'] }): ReactElement {
  const { t } = useTranslation('organisations');
  return <Counts of={STATES.map((state) => ({ name: t(`row.${state}`), count: counts[state] }))} />;
}

/** Row by row what would happen, refusals first; `nameOf` names the changes of other rooms' lists. */
export function PlannedRows({ rows, nameOf }: { rows: readonly Row[]; nameOf?: (change: string) => string }): ReactElement {
  const { t } = useTranslation('organisations');
  const [shown, setShown] = useState(PAGE);
  const order: readonly Row['state'][] = ['refused', 'changed', 'new', 'same'];
  const sorted = rows.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.row - b.row);
  return (
    <>
      <Grid stacks label={t('row.caption')} heads={(['line', 'what', 'name', 'why'] as const).map((head) => t(`row.${head}`))}>
        {sorted.slice(0, shown).map((row) => (
          <tr key={row.row}>
            <td className="tabular">{row.row}</td>
            <td>{t(`row.${row.state}`)}</td>
            <td>{row.name}</td>
            <td>{row.reason?.[currentLanguage()] ?? row.changes.map((key) => nameOf?.(key) ?? t(`change.${key}`)).join(', ')}</td>
          </tr>
        ))}
      </Grid>
      {sorted.length > shown && (
        <Button variant="default" mt="sm" onClick={() => setShown(shown + PAGE)}>
          {t('more', { count: sorted.length - shown })}
        </Button>
      )}
    </>
  );
}
