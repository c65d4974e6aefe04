import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import type { RouteKey } from '../../api/contract.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { ConfirmDialog } from '../form/ConfirmDialog.tsx';
import { Download } from '../form/Download.tsx';
import { Problem } from '../form/Form.tsx';
import { Counts, Grid } from '../table/Grid.tsx';
import styles from './ImportRun.module.css';
import { RunProgress } from './RunProgress.tsx';
import { type ImportRunView, isWorking, useImportRun, useRunStep } from './useImportRun.ts';

interface ImportRunProps {
  id: string;
  /** Reads that show what is taken in; they are stale when the run ends. */
  stale: readonly RouteKey[];
  /** Shown once it no longer works: slips. */
  children?: (run: ImportRunView) => ReactNode;
  /** The way on. */
  foot?: ReactNode;
}

/** A run of an import from its start to its undo: progress, cancel, what it did, refused rows, going on, taking back. */
export function ImportRun({ id, stale, children, foot }: ImportRunProps): ReactElement {
  const { t } = useTranslation('ui');
  const { data: run, error, dataUpdatedAt } = useImportRun(id, stale);
  if (error !== null && run === undefined)
    return (
      <div className={styles['stack']}>
        <Problem error={error} />
        <div className={styles['buttons']}>{foot}</div>
      </div>
    );
  if (run === undefined) return <p role="status">{t('loading')}</p>;
  return (
    <div className={styles['stack']}>
      {error !== null && <Problem error={error} />}
      <Said run={run} />
      {isWorking(run) && <RunProgress key={run.state} run={run} at={dataUpdatedAt} />}
      <Counts of={STATES.map((state) => ({ name: t(`importRun.count.${state}`), count: run.counts[state] }))} />
      <Acts run={run} stale={stale} />
      {!isWorking(run) && children?.(run)}
      {run.undo.kept.length > 0 && (
        <Rows
          title={t('importRun.kept', { count: run.undo.keptTotal })}
          rows={run.undo.kept.map(({ row, name, why }) => ({ row, name, why: why[currentLanguage()] }))}
        />
      )}
      {run.refused.length > 0 && (
        <Rows
          title={t('importRun.refused', { count: run.counts.refused, shown: formatNumber(run.counts.refused) })}
          rows={run.refused.map(({ row, name, reason }) => ({ row, name, why: reason?.[currentLanguage()] ?? '' }))}
        />
      )}
      {!isWorking(run) && <div className={`${styles['buttons']} never-printed`}>{foot}</div>}
    </div>
  );
}

/** What is the case, in one sentence; what has gone wrong in another colour. */
function Said({ run }: { run: ImportRunView }): ReactElement {
  const { t } = useTranslation('ui');
  const grave = run.state === 'stopped' || run.state === 'undo_stopped' || run.fault !== null;
  const figures = {
    done: formatNumber(run.done),
    total: formatNumber(run.total),
    undone: formatNumber(run.undo.undone),
    left: formatNumber(run.total - run.done),
  };
  return (
    <>
      <p role="status" className={grave ? styles['notice'] : undefined}>
        <strong>{t(`importRun.state.${run.cancelAsked && run.state === 'running' ? 'cancelling' : run.state}`, figures)}</strong>
        {run.fault !== null && ` ${run.fault[currentLanguage()]}`}
      </p>
      <p className={styles['soft']}>
        {t('importRun.file', { name: run.name })}
        {run.undoUntil !== null && ` ${t('importRun.undoUntil', { until: formatDateTime(run.undoUntil) })}`}
      </p>
    </>
  );
}

const STATES = ['new', 'changed', 'same', 'refused'] as const;

function Acts({ run, stale }: { run: ImportRunView; stale: readonly RouteKey[] }): ReactElement {
  const { t } = useTranslation('ui');
  const [asks, setAsks] = useState(false);
  const cancel = useRunStep('POST /import-runs/{id}/cancel', run.id, []);
  const goOn = useRunStep('POST /import-runs/{id}/continue', run.id, stale);
  const undo = useRunStep('POST /import-runs/{id}/undo', run.id, stale);
  const undoable = run.undo.total - run.undo.undone - run.undo.keptTotal;
  return (
    <>
      {[cancel.error, goOn.error].map((error, at) => error !== null && <Problem key={at} error={error} />)}
      <div className={`${styles['buttons']} never-printed`}>
        {run.state === 'running' && (
          <Button variant="default" loading={cancel.isPending} disabled={run.cancelAsked} onClick={() => cancel.act()}>
            {t('importRun.cancel')}
          </Button>
        )}
        {(run.state === 'stopped' || run.state === 'cancelled') && (
          <Button loading={goOn.isPending} onClick={() => goOn.act()}>
            {t('importRun.continue', { count: run.total - run.done, shown: formatNumber(run.total - run.done) })}
          </Button>
        )}
        {(run.counts.refused > 0 || run.undo.keptTotal > 0) && !isWorking(run) && (
          <Download path={hrefOf('GET /import-runs/{id}/refused', { params: { id: run.id } })}>{t('importRun.download')}</Download>
        )}
        {run.undoUntil !== null && (
          <Button variant="default" onClick={() => setAsks(true)}>
            {t('importRun.undo')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={asks}
        onClose={() => setAsks(false)}
        title={t('importRun.undoTitle')}
        confirm={t('importRun.undo')}
        onConfirm={() => undo.act(() => setAsks(false))}
        busy={undo.isPending}
        error={undo.error}
        grave
      >
        {t('importRun.undoDetail', { count: undoable, shown: formatNumber(undoable) })}
      </ConfirmDialog>
    </>
  );
}

function Rows({ title, rows }: { title: string; rows: readonly { row: number; name: string; why: string }[] }): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <section className={styles['stack']}>
      <h2>{title}</h2>
      <Grid label={title} heads={(['line', 'name', 'why'] as const).map((head) => t(`importRun.head.${head}`))} stacks>
        {rows.map((row) => (
          <tr key={row.row}>
            <td className="tabular">{row.row}</td>
            <td>{row.name}</td>
            <td>{row.why}</td>
          </tr>
        ))}
      </Grid>
    </section>
  );
}
