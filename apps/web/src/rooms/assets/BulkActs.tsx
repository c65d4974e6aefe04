import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from './api.ts';
import type { Asset } from './api.ts';
import { ActDialog } from './ActDialog.tsx';
import type { Act } from './ActDialog.tsx';

const ACTS: readonly Act[] = ['approve', 'refuse', 'withdraw', 'transfer', 'end'];

/** Which of the rows an act is for. */
export function fitting(act: Act, assets: readonly Asset[]): readonly Asset[] {
  return assets.filter(
    ({ can }) => ({ approve: can.decide, refuse: can.decide, withdraw: can.withdraw, end: can.end, transfer: can.end })[act],
  );
}

/** What may be done with the chosen rows; what is for none of them is not shown. */
export function BulkActs({ assets, onDone }: { assets: readonly Asset[]; onDone: () => void }): ReactElement {
  const { t } = useTranslation('assets');
  const [asked, setAsked] = useState<Act | null>(null);
  const approves = useMay('assets:approve');
  const fit = ACTS.filter((act) => (act !== 'transfer' || approves) && fitting(act, assets).length > 0);
  return (
    <>
      {fit.map((act) => (
        <Button key={act} size="xs" variant={act === 'approve' ? 'filled' : 'default'} onClick={() => setAsked(act)}>
          {assets.length === 1 ? t(`act.${act}.confirm`) : t(`act.${act}.button`, { count: fitting(act, assets).length })}
        </Button>
      ))}
      {asked !== null && (
        <ActDialog
          act={asked}
          assets={fitting(asked, assets)}
          onClose={(isDone) => {
            setAsked(null);
            if (isDone) onDone();
          }}
        />
      )}
    </>
  );
}
