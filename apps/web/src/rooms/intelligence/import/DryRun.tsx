import { Radio } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatNumber } from '../../../i18n/format.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { Counts, Grid } from '../../../ui/table/Grid.tsx';
import type { Trial, TriedRow } from '../api.ts';
import styles from '../Intelligence.module.css';
import type { Draft } from './ImportPage.tsx';
import { Names } from './Names.tsx';
import { Odd } from './Recognised.tsx';

interface DryRunProps {
  id: string;
  trial: Trial;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  /** Tries again, after names were confirmed. */
  onAgain: () => void;
}

const COUNTS = ['rows', 'matched', 'unmatched', 'same', 'refused', 'findingsNew', 'findingsAgain'] as const;

/** What would happen; nothing has been written. */
export function DryRun({ id, trial, draft, onChange, onAgain }: DryRunProps): ReactElement {
  const { t } = useTranslation('intelligence');
  return (
    <div className={styles['stack']}>
      <Counts of={COUNTS.map((name) => ({ name: t(`count.${name}`), count: trial.counts[name] }))} />
      {trial.names.some(({ kind }) => kind === 'unit') && <Names id={id} names={trial.names} onConfirmed={onAgain} />}
      <Covers trial={trial} draft={draft} onChange={onChange} />
      {trial.units.length > 0 && (
        <Grid label={t('units')} heads={[t('field.unit'), t('count.machines'), t('field.rows')]}>
          {trial.units.map(({ unit, rows, machines }) => (
            <tr key={unit.id}>
              <th scope="row">{unit.name}</th>
              <td className="tabular">{formatNumber(machines)}</td>
              <td className="tabular">{formatNumber(rows)}</td>
            </tr>
          ))}
        </Grid>
      )}
      {trial.why.length > 0 && (
        <Grid label={t('whys')} heads={[t('field.why'), t('field.rows')]}>
          {trial.why.map(({ why, rows }) => (
            <tr key={why}>
              <th scope="row">{t(`why.${why}`)}</th>
              <td className="tabular">{formatNumber(rows)}</td>
            </tr>
          ))}
        </Grid>
      )}
      <h2 className={styles['heading']}>{t('import.first')}</h2>
      <Rows label={t('import.first')} rows={trial.first.slice(0, 8)} />
      {trial.unmatched.length > 0 && (
        <>
          <h2 className={styles['heading']}>{t('view.unmatched')}</h2>
          <Rows label={t('view.unmatched')} rows={trial.unmatched.slice(0, 8)} />
        </>
      )}
      {trial.refused.length > 0 && (
        <>
          <h2 className={styles['heading']}>{t('import.odd')}</h2>
          <Odd rows={trial.refused} />
        </>
      )}
    </div>
  );
}

/** What the list covers decides which answers it may judge. */
function Covers({ trial, draft, onChange }: Pick<DryRunProps, 'trial' | 'draft' | 'onChange'>): ReactElement {
  const { t } = useTranslation('intelligence');
  const families = trial.families.map(({ family }) => family).filter((family) => family !== '');
  return (
    <>
      <h2 className={styles['heading']}>{t('field.covers')}</h2>
      <div className={styles['pair']}>
        <DateField label={t('covers.from')} value={draft.from} onChange={(from) => onChange({ from })} />
        <DateField label={t('covers.to')} value={draft.to} onChange={(to) => onChange({ to })} />
      </div>
      <Radio.Group
        label={t('field.families')}
        description={t('families.hint')}
        value={draft.allFamilies ? 'all' : 'named'}
        onChange={(value) => onChange({ allFamilies: value === 'all' })}
      >
        <div className={styles['stack']} style={{ paddingTop: 6 }}>
          <Radio value="all" label={t('families.all')} />
          <Radio
            value="named"
            disabled={families.length === 0}
            label={t('families.named', { names: families.slice(0, 8).join(', ') || '–' })}
          />
        </div>
      </Radio.Group>
    </>
  );
}

/** What a row says besides, that may have led somewhere. */
function Besides({ row: { address, domain, machine, unit } }: { row: TriedRow }): ReactElement | null {
  const said = [machine, unit].filter((one) => one !== null && one !== (address ?? domain ?? machine ?? unit));
  return said.length === 0 ? null : <div className={styles['soft']}>{said.join(' · ')}</div>;
}

function Rows({ label, rows }: { label: string; rows: readonly TriedRow[] }): ReactElement {
  const { t } = useTranslation('intelligence');
  return (
    <Grid label={label} heads={(['row', 'seen', 'address', 'family', 'unit', 'why'] as const).map((head) => t(`field.${head}`))} stacks>
      {rows.map((row) => (
        <tr key={row.row}>
          <td className="tabular">{row.row}</td>
          <td>{row.isTimed ? formatDateTime(row.seenAt) : t('rows.untimed')}</td>
          <td>
            <span className={styles['value']}>{row.address ?? row.domain ?? row.machine ?? row.unit}</span>
            <Besides row={row} />
          </td>
          <td>{row.family || '–'}</td>
          <td>{row.unitName ?? '–'}</td>
          <td>
            {t(`why.${row.why}`)}
            {row.network !== null && <span className={styles['value']}> {row.network}</span>}
          </td>
        </tr>
      ))}
    </Grid>
  );
}
