import { Button, Select } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../../api/contract.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { Counts, Grid } from '../../../ui/table/Grid.tsx';
import styles from '../Organisations.module.css';
import type { Founding } from './Chooser.tsx';

type Plan = Routes['POST /reorganisations/plan']['output'];
type Predecessor = Plan['predecessors'][number];

/** `kind⏎row` → the successor, or null for the desk. */
export type Assigned = ReadonlyMap<string, string | null>;

interface Props {
  plan: Plan;
  /** The old organisation lives on: rows stay with it unless they are assigned. */
  stays: boolean;
  founds: Founding | null;
  assigned: Assigned;
  onAssign: (next: Assigned) => void;
}

/** The dry-run: what hangs on each that ends, and, with several successors, where each row goes. */
export function PlanView({ plan, stays, founds, assigned, onAssign }: Props): ReactElement {
  const { t } = useTranslation('organisations');
  return (
    <div className={styles['stack']}>
      {plan.problems.map((problem) => (
        <p key={problem.code} className={styles['problem']} role="alert">
          {problem.text[currentLanguage()]}
        </p>
      ))}
      <p>{t(`reorganise.${whatHappens(plan, { founds, stays })}`, { name: plan.successors[0]?.name ?? founds?.name ?? '' })}</p>
      {plan.predecessors.map((one) => (
        <section key={one.organisation.id}>
          <div className={styles['heading']}>
            <h2>{one.organisation.name}</h2>
          </div>
          <Holdings of={one} />
          {one.rows.length > 0 && <Assign of={one} plan={plan} stays={stays} founds={founds} assigned={assigned} onAssign={onAssign} />}
        </section>
      ))}
    </div>
  );
}

function whatHappens(plan: Plan, { founds, stays }: Pick<Props, 'founds' | 'stays'>): 'noSuccessor' | 'separate' | 'several' | 'one' {
  if (plan.successors.length === 0 && founds === null) return 'noSuccessor';
  if (stays) return 'separate';
  return plan.assigns ? 'several' : 'one';
}

function Holdings({ of }: { of: Predecessor }): ReactElement {
  const { t } = useTranslation('organisations');
  const some = of.holdings.filter(({ count }) => count > 0);
  if (some.length === 0) return <p className={styles['soft']}>{t('reorganise.nothing')}</p>;
  return <Counts of={some.map(({ name, count }) => ({ name: name[currentLanguage()], count }))} />;
}

/** A successor by its id; the one that the act founds has none yet. */
function successorsOf({ successors }: Plan, founds: Founding | null): { id: string; name: string }[] {
  return founds === null ? successors : [...successors, { id: 'founded', name: founds.name }];
}

function Assign({ of, plan, stays, founds, assigned, onAssign }: { of: Predecessor } & Props): ReactElement {
  const { t } = useTranslation('organisations');
  const holding = new Map(of.holdings.map((one) => [one.kind, one]));
  const successors = successorsOf(plan, founds);
  const optionsOf = (kind: string): { value: string; label: string }[] => {
    const both = stays && holding.get(kind)?.shared === true;
    const first = both ? t('reorganise.onlyOld') : stays ? t('reorganise.stay') : t('reorganise.toDesk');
    const label = (name: string): string => (both ? t('reorganise.alsoTo', { name }) : name);
    return [{ value: '', label: first }, ...successors.map(({ id, name }) => ({ value: id, label: label(name) }))];
  };
  const put = (keys: readonly string[], to: string | null): void =>
    onAssign(new Map([...assigned, ...keys.map((key) => [key, to || null] as const)]));
  const keyOf = (row: { kind: string; id: string }): string => `${row.kind}\n${row.id}`;
  return (
    <>
      <div className={styles['chosen']} style={{ marginBottom: 8 }}>
        {successors.map(({ id, name }) => (
          <Button key={id} size="compact-sm" variant="light" onClick={() => put(of.rows.map(keyOf), id)}>
            {t('reorganise.allTo', { name })}
          </Button>
        ))}
      </div>
      <Grid label={t('reorganise.assign')} heads={[t('reorganise.what'), t('row.name'), t('reorganise.goesTo')]} stacks>
        {of.rows.map((row) => (
          <tr key={keyOf(row)}>
            <td>{holding.get(row.kind)?.name[currentLanguage()]}</td>
            <td>{row.text[currentLanguage()]}</td>
            <td>
              <Select
                aria-label={t('reorganise.goesTo')}
                size="xs"
                miw={220}
                data={optionsOf(row.kind)}
                value={assigned.get(keyOf(row)) ?? ''}
                onChange={(to) => put([keyOf(row)], to)}
              />
            </td>
          </tr>
        ))}
      </Grid>
    </>
  );
}
