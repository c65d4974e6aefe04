import { Button } from '@mantine/core';
import { Link, useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../api/client.ts';
import { useChange } from '../../../api/query.ts';
import { ConfirmDialog } from '../../../ui/form/ConfirmDialog.tsx';
import { FilePicker } from '../../../ui/form/FilePicker.tsx';
import { Problem } from '../../../ui/form/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page/PageHeader.tsx';
import { Panel } from '../../../ui/page/Panel.tsx';
import { useImportSteps, Wizard } from '../../../ui/wizard/Wizard.tsx';
import styles from '../Access.module.css';
import { STALE } from '../api.ts';
import type { Imported, Tried } from '../api.ts';
import { PrintedSlips, SlipFacts } from '../slips/Slips.tsx';
import { ImportRows } from './ImportRows.tsx';

type Step = 'file' | 'recognised' | 'dryRun' | 'result';

const LIMIT = 20_000_000;
const REQUIRED = ['name', 'username', 'organisation', 'role'];

/** The wizard of account lists: file, recognised columns, dry-run, run, slips. Columns are known by their headings, so nothing is mapped. */
export function ImportPage(): ReactElement {
  const { t } = useTranslation('access');
  const [step, setStep] = useState<Step>('file');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [printed, setPrinted] = useState(false);
  const attempt = useChange('POST /people/import/try');
  const run = useChange('POST /people/import', STALE);
  const input = { query: { name: files[0]?.name ?? '' }, body: files[0] as Blob };
  const missing = (attempt.data?.columns ?? []).filter(({ field, title }) => title === null && REQUIRED.includes(field));
  const fresh = (attempt.data?.rows ?? []).filter(({ outcome }) => outcome === 'new').length;
  const steps = useImportSteps().filter(({ id }) => id !== 'map');
  const next = {
    file: {
      label: t('import.read'),
      busy: attempt.isPending,
      reason: files.length === 0 ? t('import.noFile') : undefined,
      onClick: () => attempt.mutate(input, { onSuccess: () => setStep('recognised') }),
    },
    recognised: {
      label: t('import.toDryRun'),
      reason: missing.length > 0 ? t('import.missing') : undefined,
      onClick: () => setStep('dryRun'),
    },
    dryRun: {
      label: t('import.run', { count: fresh }),
      busy: run.isPending,
      reason: fresh === 0 ? t('import.nothing') : undefined,
      onClick: () => run.mutate(input, { onSuccess: () => setStep('result') }),
    },
    result: undefined,
  }[step];
  const back = { file: undefined, recognised: () => setStep('file'), dryRun: () => setStep('recognised'), result: undefined }[step];
  const error = { file: attempt.error, recognised: null, dryRun: run.error, result: null }[step];
  return (
    <>
      <PageHeader title={t('import.title')} lead={t('import.lead')} trail={<Link to={'/accounts' as never}>{t('title')}</Link>} />
      <Wizard
        steps={steps}
        current={step === 'dryRun' && run.isPending ? 'run' : step}
        {...(step !== 'result' && { onStep: (id: string) => setStep(id as Step) })}
        next={next}
        back={back}
        note={step === 'result' ? undefined : t('import.note')}
      >
        <Panel>
          {error !== null && <Problem error={error} />}
          {step === 'file' && <ChooseFile files={files} onChange={setFiles} />}
          {step === 'recognised' && attempt.data !== undefined && <Recognised tried={attempt.data} />}
          {step === 'dryRun' &&
            attempt.data !== undefined &&
            (run.isPending ? <p role="status">{t('import.running', { count: fresh })}</p> : <ImportRows rows={attempt.data.rows} />)}
          {step === 'result' && run.data !== undefined && <Result imported={run.data} printed={printed} onPrint={() => setPrinted(true)} />}
        </Panel>
      </Wizard>
      <KeepSlips active={run.isPending || ((run.data?.slips.length ?? 0) > 0 && !printed)} />
    </>
  );
}

function ChooseFile({ files, onChange }: { files: readonly File[]; onChange: (files: readonly File[]) => void }): ReactElement {
  const { t } = useTranslation('access');
  return (
    <div className={styles['stack']}>
      <FilePicker label={t('import.choose')} files={files} onChange={onChange} accept=".xlsx,.csv" maxBytes={LIMIT} warnOfSecrecy={false} />
      <p className={styles['soft']}>
        <a href={hrefOf('GET /people/import/form')}>{t('import.form')}</a>
      </p>
    </div>
  );
}

function Recognised({ tried }: { tried: Tried }): ReactElement {
  const { t } = useTranslation('access');
  return (
    <div className={styles['stack']}>
      <p>{t('import.recognised', { count: tried.rows.length })}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('import.columns')}>
        <table className={styles['grid']}>
          <caption className="only-heard">{t('import.columns')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('import.field')}</th>
              <th scope="col">{t('import.heading')}</th>
            </tr>
          </thead>
          <tbody>
            {tried.columns.map(({ field, title }) => (
              <tr key={field}>
                <th scope="row">{t(`field.${field}`)}</th>
                <td className={title === null && REQUIRED.includes(field) ? styles['refused'] : undefined}>
                  {title ?? t(REQUIRED.includes(field) ? 'import.absent' : 'import.absentOptional')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Result({ imported, printed, onPrint }: { imported: Imported; printed: boolean; onPrint: () => void }): ReactElement {
  const { t } = useTranslation('access');
  const { slips } = imported;
  const refused = imported.rows.filter(({ outcome }) => outcome === 'refused');
  const print = (): void => {
    onPrint();
    window.print();
  };
  return (
    <div className={styles['stack']}>
      <p role="status">{t('import.done', { count: slips.length, refused: refused.length })}</p>
      {slips.length > 0 && (
        <>
          <p>{t(printed ? 'import.printed' : 'slip.onceMany')}</p>
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
      {refused.length > 0 && <ImportRows rows={refused} />}
      <div>
        <Link to={'/accounts' as never}>{t('import.toList')}</Link>
      </div>
    </div>
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
