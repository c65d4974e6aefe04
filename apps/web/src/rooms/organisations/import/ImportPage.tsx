import { Button, Select } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../api/client.ts';
import type { Routes } from '../../../api/contract.ts';
import { useChange } from '../../../api/query.ts';
import { FilePicker } from '../../../ui/form/FilePicker.tsx';
import { Problem } from '../../../ui/form/Form.tsx';
import { PageHeader } from '../../../ui/page/PageHeader.tsx';
import { Panel } from '../../../ui/page/Panel.tsx';
import { ImportRun } from '../../../ui/wizard/ImportRun.tsx';
import { ImportRuns } from '../../../ui/wizard/ImportRuns.tsx';
import { useRunStage } from '../../../ui/wizard/useImportRun.ts';
import { useImportSteps, Wizard } from '../../../ui/wizard/Wizard.tsx';
import { STALE } from '../api.ts';
import { Download } from '../../../ui/form/Download.tsx';
import styles from '../Organisations.module.css';
import { MapColumns } from './MapColumns.tsx';
import { Recognised } from './Recognised.tsx';
import { PlanCounts, PlannedRows } from './PlannedRows.tsx';

type Upload = Routes['POST /organisation-imports']['output'];
type Kind = Upload['kind'];
type Place = Routes['POST /organisation-imports/{id}/plan']['body'];
type Step = 'file' | 'recognised' | 'map' | 'dryRun';
type Search = { kind?: string; run?: string };

const LIMIT = 20_000_000;

/** The wizard of lists: file, what was recognised, columns, dry-run, run, result; a run has its own address, to leave and come back to. */
export function ImportPage(): ReactElement {
  const { t } = useTranslation('organisations');
  const { kind: asked, run } = useSearch({ strict: false }) as Search;
  const kind: Kind = asked === 'contacts' ? 'contacts' : 'organisations';
  return (
    <>
      <PageHeader
        title={t(`import.title.${kind}`)}
        trail={
          <Link to={'/organisations' as never} search={{ view: kind === 'contacts' ? 'contacts' : 'list' } as never}>
            {t('title')}
          </Link>
        }
        lead={t('import.lead')}
      />
      {run === undefined ? <Preparation key={kind} kind={kind} /> : <Running id={run} kind={kind} />}
    </>
  );
}

function Running({ id, kind }: { id: string; kind: Kind }): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  const view = kind === 'contacts' ? 'contacts' : 'list';
  const foot = (
    <>
      <Button variant="default" onClick={() => void navigate({ to: '/organisations' as never, search: { view } as never })}>
        {t('import.toList')}
      </Button>
      <Button variant="default" onClick={() => void navigate({ to: '.', search: { kind } as never })}>
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

function Preparation({ kind }: { kind: Kind }): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  const [step, setStep] = useState<Step>('file');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [place, setPlace] = useState<Place>({ sheet: 0, head: 0, columns: {} });
  const upload = useChange('POST /organisation-imports');
  const plan = useChange('POST /organisation-imports/{id}/plan');
  const run = useChange('POST /organisation-imports/{id}/run', [...STALE, 'GET /import-runs']);
  const params = { id: upload.data?.id ?? '' };
  const send = (): void =>
    upload.mutate(
      { query: { kind, name: files[0]?.name }, body: files[0] as Blob },
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
    run.mutate({ params, body: place }, { onSuccess: ({ id }) => void navigate({ to: '.', search: { kind, run: id } as never }) });
  const steps = {
    file: { label: t('import.read'), onClick: send, busy: upload.isPending, reason: files.length === 0 ? t('import.noFile') : undefined },
    recognised: { label: t('import.toMap'), onClick: () => setStep('map') },
    map: { label: t('import.toDryRun'), onClick: dryRun, busy: plan.isPending },
    dryRun: {
      label: t('import.run'),
      onClick: carryOut,
      busy: run.isPending,
      reason: nothingToDo(plan.data) ? t('import.nothing') : undefined,
    },
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
        {step === 'file' && <ChooseFile kind={kind} files={files} onChange={setFiles} />}
        {step === 'recognised' && upload.data !== undefined && <Recognised upload={upload.data} place={place} onPlace={setPlace} />}
        {step === 'map' && upload.data !== undefined && <MapColumns upload={upload.data} place={place} onPlace={setPlace} />}
        {step === 'dryRun' && plan.data !== undefined && <DryRun plan={plan.data} />}
      </Panel>
    </Wizard>
  );
}

function nothingToDo(plan: { counts: { new: number; changed: number } } | undefined): boolean {
  return plan !== undefined && plan.counts.new + plan.counts.changed === 0;
}

function ChooseFile({
  kind,
  files,
  onChange,
}: {
  kind: Kind;
  files: readonly File[];
  onChange: (files: readonly File[]) => void;
}): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  return (
    <div className={styles['stack']}>
      <Select
        label={t('import.what')}
        w={320}
        maw="100%"
        data={(['organisations', 'contacts'] as const).map((one) => ({ value: one, label: t(`import.kind.${one}`) }))}
        value={kind}
        onChange={(next) => void navigate({ to: '.', search: { kind: next } as never, replace: true })}
      />
      <FilePicker label={t('import.choose')} files={files} onChange={onChange} accept=".xlsx,.csv" maxBytes={LIMIT} />
      <div>
        <Download path={hrefOf('GET /organisation-imports/template', { query: { kind } })}>{t('import.template')}</Download>
      </div>
      <ImportRuns kind={kind} />
    </div>
  );
}

function DryRun({ plan }: { plan: Routes['POST /organisation-imports/{id}/plan']['output'] }): ReactElement {
  const { t } = useTranslation('organisations');
  return (
    <>
      <PlanCounts counts={plan.counts} />
      {plan.unknownColumns.length > 0 && (
        <p className={styles['soft']}>{t('import.unknown', { columns: plan.unknownColumns.join(', ') })}</p>
      )}
      <PlannedRows rows={plan.rows} />
    </>
  );
}
