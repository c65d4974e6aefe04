import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../api/client.ts';
import type { RouteKey } from '../../../api/contract.ts';
import { useChange } from '../../../api/query.ts';
import { FilePicker } from '../../../ui/form/FilePicker.tsx';
import { Problem } from '../../../ui/form/Form.tsx';
import { PageHeader } from '../../../ui/page/PageHeader.tsx';
import { Panel } from '../../../ui/page/Panel.tsx';
import { Grid } from '../../../ui/table/Grid.tsx';
import { ImportRun } from '../../../ui/wizard/ImportRun.tsx';
import { ImportRuns } from '../../../ui/wizard/ImportRuns.tsx';
import { useRunStage } from '../../../ui/wizard/useImportRun.ts';
import { useImportSteps, Wizard } from '../../../ui/wizard/Wizard.tsx';
import type { WizardStep } from '../../../ui/wizard/Wizard.tsx';
import styles from '../Access.module.css';
import { STALE } from '../api.ts';
import type { Tried } from '../api.ts';
import { RunSlips } from '../slips/RunSlips.tsx';
import { ImportRows } from './ImportRows.tsx';

type Step = 'file' | 'recognised' | 'dryRun';

const LIMIT = 20_000_000;
const REQUIRED = ['name', 'username', 'organisation', 'role'];

/** The wizard of account lists: file, recognised columns, dry-run, run, slips. Columns are known by their headings, so nothing is mapped. */
export function ImportPage(): ReactElement {
  const { t } = useTranslation('access');
  const { run } = useSearch({ strict: false }) as { run?: string };
  return (
    <>
      <PageHeader title={t('import.title')} lead={t('import.lead')} trail={<Link to={'/accounts' as never}>{t('title')}</Link>} />
      {run === undefined ? <Preparation /> : <Running id={run} />}
    </>
  );
}

const useSteps = (): readonly WizardStep[] => useImportSteps().filter(({ id }) => id !== 'map');

function Running({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('access');
  const navigate = useNavigate();
  const foot = (
    <>
      <Button variant="default" onClick={() => void navigate({ to: '/accounts' as never })}>
        {t('import.toList')}
      </Button>
      <Button variant="default" onClick={() => void navigate({ to: '.', search: {} as never })}>
        {t('import.another')}
      </Button>
    </>
  );
  return (
    <Wizard steps={useSteps()} current={useRunStage(id)}>
      <Panel>
        <ImportRun key={id} id={id} stale={STALE_RUN} foot={foot}>
          {() => <RunSlips id={id} />}
        </ImportRun>
      </Panel>
    </Wizard>
  );
}

const STALE_RUN: readonly RouteKey[] = [...STALE, 'GET /people/import/{id}/slips'];

function Preparation(): ReactElement {
  const { t } = useTranslation('access');
  const navigate = useNavigate();
  const [step, setStep] = useState<Step>('file');
  const [files, setFiles] = useState<readonly File[]>([]);
  const attempt = useChange('POST /people/import/try');
  const run = useChange('POST /people/import', [...STALE_RUN, 'GET /import-runs']);
  const input = { query: { name: files[0]?.name ?? '' }, body: files[0] as Blob };
  const missing = (attempt.data?.columns ?? []).filter(({ field, title }) => title === null && REQUIRED.includes(field));
  const fresh = (attempt.data?.rows ?? []).filter(({ outcome }) => outcome === 'new').length;
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
      onClick: () => run.mutate(input, { onSuccess: ({ id }) => void navigate({ to: '.', search: { run: id } as never }) }),
    },
  }[step];
  const back = { file: undefined, recognised: () => setStep('file'), dryRun: () => setStep('recognised') }[step];
  const error = { file: attempt.error, recognised: null, dryRun: run.error }[step];
  return (
    <Wizard
      steps={useSteps()}
      current={step === 'dryRun' && run.isPending ? 'run' : step}
      onStep={(id) => setStep(id as Step)}
      next={next}
      back={back}
      note={t('import.note')}
    >
      <Panel>
        {error !== null && <Problem error={error} />}
        {step === 'file' && <ChooseFile files={files} onChange={setFiles} />}
        {step === 'recognised' && attempt.data !== undefined && <Recognised tried={attempt.data} />}
        {step === 'dryRun' && attempt.data !== undefined && <ImportRows rows={attempt.data.rows} />}
      </Panel>
    </Wizard>
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
      <ImportRuns kind="people" />
    </div>
  );
}

function Recognised({ tried }: { tried: Tried }): ReactElement {
  const { t } = useTranslation('access');
  return (
    <div className={styles['stack']}>
      <p>{t('import.recognised', { count: tried.rows.length })}</p>
      <Grid label={t('import.columns')} heads={[t('import.field'), t('import.heading')]}>
        {tried.columns.map(({ field, title }) => (
          <tr key={field}>
            <th scope="row">{t(`field.${field}`)}</th>
            <td className={title === null && REQUIRED.includes(field) ? styles['refused'] : undefined}>
              {title ?? t(REQUIRED.includes(field) ? 'import.absent' : 'import.absentOptional')}
            </td>
          </tr>
        ))}
      </Grid>
    </div>
  );
}
