import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/client.ts';
import type { Routes } from '../../../api/contract.ts';
import type { ApiError } from '../../../api/error.ts';
import { queryKeyOf, useApi } from '../../../api/query.ts';
import { ConfirmDialog } from '../../../ui/form/ConfirmDialog.tsx';
import { Problem } from '../../../ui/form/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Progress } from '../../../ui/wizard/Progress.tsx';
import styles from '../Access.module.css';
import { PrintedSlips, SlipFacts } from './Slips.tsx';
import type { Slip } from './Slips.tsx';

const LEFT = 'GET /people/import/{id}/slips';
const TAKE = 'POST /people/import/{id}/slips';

type Taking = { slips: Slip[]; busy: boolean; error: ApiError | null; total: number; take: () => void };

/** Takes the slips in parts, since each password is made at that moment; what has come stays over an error. */
function useSlips(id: string, left: number): Taking {
  const { t } = useTranslation('access');
  const client = useQueryClient();
  const [slips, setSlips] = useState<Slip[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [total, setTotal] = useState(0);
  const take = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    setTotal(slips.length + left);
    try {
      for (let more = true; more;) {
        const part = (await call(TAKE, { params: { id } })) as Routes[typeof TAKE]['output'];
        setSlips((former) => [...former, ...part.slips.map((slip) => ({ ...slip, role: t(`shell:role.${slip.role}`) }))]);
        more = part.slips.length > 0 && part.left > 0;
      }
    } catch (problem) {
      setError(problem as ApiError);
    }
    await client.invalidateQueries({ queryKey: queryKeyOf(LEFT, { params: { id } }) });
    setBusy(false);
  };
  return { slips, busy, error, total, take: () => void take() };
}

/** The slips of a run: taken once, shown here, printed; leaving before is asked about. */
export function RunSlips({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation('access');
  const [printed, setPrinted] = useState(false);
  const { data } = useApi(LEFT, { params: { id } });
  const left = data?.left ?? 0;
  const { slips, busy, error, total, take } = useSlips(id, left);
  const print = (): void => {
    setPrinted(true);
    window.print();
  };
  if (left === 0 && slips.length === 0) return null;
  return (
    <section className={styles['stack']}>
      <h2>{t('slip.many')}</h2>
      {error !== null && <Problem error={error} />}
      {busy && <Progress done={slips.length} total={total} noun={t('slip.noun')} />}
      {left > 0 && !busy && (
        <>
          <p>{t('slip.waiting', { count: left })}</p>
          <div>
            <Button onClick={take}>{t('slip.take', { count: left })}</Button>
          </div>
        </>
      )}
      {slips.length > 0 && !busy && (
        <>
          <p role="status">{t(printed ? 'import.printed' : 'slip.onceMany')}</p>
          <div>
            <Button leftSection={<Icon name="print" />} onClick={print}>
              {t('slip.printMany', { count: slips.length })}
            </Button>
          </div>
          <div className={styles['slips']}>
            {slips.map((slip) => (
              <section key={slip.username} aria-label={slip.name}>
                <SlipFacts slip={slip} />
              </section>
            ))}
          </div>
          <PrintedSlips slips={slips} />
        </>
      )}
      <KeepSlips active={busy || (slips.length > 0 && !printed)} />
    </section>
  );
}

/** First passwords cannot be shown again: leaving before they are printed is asked about. */
function KeepSlips({ active }: { active: boolean }): ReactElement {
  const { t } = useTranslation('access');
  const blocked = useBlocker({ shouldBlockFn: () => active, enableBeforeUnload: () => active, withResolver: true });
  return (
    <ConfirmDialog
      opened={blocked.status === 'blocked'}
      onClose={() => blocked.reset?.()}
      title={t('leave.title')}
      confirm={t('leave.confirm')}
      onConfirm={() => blocked.proceed?.()}
      grave
    >
      {t('leave.detail')}
    </ConfirmDialog>
  );
}
