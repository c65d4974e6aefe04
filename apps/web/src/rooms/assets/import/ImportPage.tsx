import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../api/client.ts';
import type { Routes } from '../../../api/contract.ts';
import { useChange } from '../../../api/query.ts';
import { Download } from '../../../ui/form/Download.tsx';
import { FilePicker } from '../../../ui/form/FilePicker.tsx';
import { Problem } from '../../../ui/form/Form.tsx';
import { PageHeader } from '../../../ui/page/PageHeader.tsx';
import { Panel } from '../../../ui/page/Panel.tsx';
import { ImportRun } from '../../../ui/wizard/ImportRun.tsx';
import { ImportRuns } from '../../../ui/wizard/ImportRuns.tsx';
import { useRunStage } from '../../../ui/wizard/useImportRun.ts';
import { useImportSteps, Wizard } from '../../../ui/wizard/Wizard.tsx';
import { MapColumns } from '../../organisations/import/MapColumns.tsx';
import { PlanCounts, PlannedRows } from '../../organisations/import/PlannedRows.tsx';
import { Recognised } from '../../organisations/import/Recognised.tsx';
import { STALE } from '../api.ts';
import styles from '../Assets.module.css';

type Place = Routes['POST /asset-imports/{id}/plan']['body'];
type Plan = Routes['POST /asset-imports/{id}/plan']['output'];
type Step = 'file' | 'recognised' | 'map' | 'dryRun';

const LIMIT = 20_000_000;

/** The wizard of lists of assets: file, what was recognised, columns, dry-run, run, result. */
export function ImportPage(): ReactElement {
  const { t } = useTranslation('assets');
  const { run } = useSearch({ strict: false }) as { run?: string };
  return (
    <>
      <PageHeader title={t('import.title')} trail={<Link to={'/asset-register' as never}>{t('title')}</Link>} lead={t('import.lead')} />
      {run === undefined ? <Preparation /> : <Running id={run} />}
    </>
  );
}

function Running({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('assets');
  const navigate = useNavigate();
  const foot = (
    <>
      <Button variant="default" onClick={() => void navigate({ to: '/asset-register' as never })}>
        {t('import.toList')}
      </Button>
      <Button variant="default" onClick={() => void navigate({ to: '.', search: {} as never })}>
        {t('import.another')}
      </Button>
    </>
  );
  return (
    <Wizard steps={useImportSteps()} current={useRunStage(id)}>
      <Panel>
        <ImportRun id={id} stale={STALE} foot={foot} />
      </Panel>
    </Wizard>
  );
}

function Preparation(): ReactElement {
  const { t } = useTranslation('assets');
  const navigate = useNavigate();
  const [step, setStep] = useState<Step>('file');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [place, setPlace] = useState<Place>({ sheet: 0, head: 0, columns: {} });
  const upload = useChange('POST /asset-imports');
  const plan = useChange('POST /asset-imports/{id}/plan');
  const run = useChange('POST /asset-imports/{id}/run', [...STALE, 'GET /import-runs']);
  const params = { id: upload.data?.id ?? '' };
  const send = (): void =>
    upload.mutate(
      { query: { name: files[0]?.name }, body: files[0] as Blob },
      {
        onSuccess: (found) => {
          const at = Math.max(
            0,
            found.sheets.findIndex((sheet) => !sheet.hidden && sheet.rows > 0),
          );
          setPlace({ sheet: at, head: found.sheets[at]?.head ?? 0, columns: { ...found.sheets[at]?.columns } });
          setStep('recognised');
        },
      },
    );
  const dryRun = (): void => plan.mutate({ params, body: place }, { onSuccess: () => setStep('dryRun') });
  const carryOut = (): void =>
    run.mutate({ params, body: place }, { onSuccess: ({ id }) => void navigate({ to: '.', search: { run: id } as never }) });
  const nothing = plan.data !== undefined && plan.data.counts.new + plan.data.counts.changed === 0;
  const steps = {
    file: { label: t('import.read'), onClick: send, busy: upload.isPending, reason: files.length === 0 ? t('import.noFile') : undefined },
    recognised: { label: t('import.toMap'), onClick: () => setStep('map') },
    map: { label: t('import.toDryRun'), onClick: dryRun, busy: plan.isPending },
    dryRun: { label: t('import.run'), onClick: carryOut, busy: run.isPending, reason: nothing ? t('import.nothing') : undefined },
  };
  const backTo: Partial<Record<Step, Step>> = { recognised: 'file', map: 'recognised', dryRun: 'map' };
  const error = { file: upload.error, recognised: null, map: plan.error, dryRun: run.error }[step];
  return (
    <Wizard
      steps={useImportSteps()}
      current={step === 'dryRun' && run.isPending ? 'run' : step}
      onStep={(id) => setStep(id as Step)}
      next={steps[step]}
      back={backTo[step] === undefined ? undefined : () => setStep(backTo[step] ?? 'file')}
      note={t('import.note')}
    >
      <Panel>
        {error !== null && <Problem error={error} />}
        {step === 'file' && <ChooseFile files={files} onChange={setFiles} />}
        {step === 'recognised' && upload.data !== undefined && <Recognised upload={upload.data} place={place} onPlace={setPlace} />}
        {step === 'map' && upload.data !== undefined && <MapColumns upload={upload.data} place={place} onPlace={setPlace} />}
        {step === 'dryRun' && plan.data !== undefined && <DryRun plan={plan.data} />}
      </Panel>
    </Wizard>
  );
}

function ChooseFile({ files, onChange }: { files: readonly File[]; onChange: (files: readonly File[]) => void }): ReactElement {
  const { t } = useTranslation('assets');
  return (
    <div className={styles['stack']}>
      <FilePicker label={t('import.choose')} files={files} onChange={onChange} accept=".xlsx,.csv" maxBytes={LIMIT} />
      <div>
        <Download path={hrefOf('GET /asset-imports/template')}>{t('import.template')}</Download>
      </div>
      <ImportRuns kind="assets" />
    </div>
  );
}

function DryRun({ plan }: { plan: Plan }): ReactElement {
  const { t } = useTranslation('assets');
  return (
    <div className={styles['stack']}>
      <PlanCounts counts={plan.counts} />
      {plan.unknownColumns.length > 0 && (
        <p className={styles['soft']}>{t('import.unknown', { columns: plan.unknownColumns.join(', ') })}</p>
      )}
      <PlannedRows rows={plan.rows} nameOf={(key) => t(`change.${key}`)} />
    </div>
  );
}
