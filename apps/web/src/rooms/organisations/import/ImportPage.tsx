import { Button, Select } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../api/client.ts';
import type { Routes } from '../../../api/contract.ts';
import { useChange } from '../../../api/query.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { FilePicker } from '../../../ui/form/FilePicker.tsx';
import { Problem } from '../../../ui/form/Form.tsx';
import { PageHeader } from '../../../ui/page/PageHeader.tsx';
import { Panel } from '../../../ui/page/Panel.tsx';
import { useImportSteps, Wizard } from '../../../ui/wizard/Wizard.tsx';
import { useKeep } from '../api.ts';
import { Download } from '../Download.tsx';
import styles from '../Organisations.module.css';
import { Scroll } from '../Scroll.tsx';
import { MapColumns } from './MapColumns.tsx';
import { Counts, PlannedRows } from './PlannedRows.tsx';

type Upload = Routes['POST /organisation-imports']['output'];
type Kind = Upload['kind'];
type Place = Routes['POST /organisation-imports/{id}/plan']['body'];
type Step = 'file' | 'recognised' | 'map' | 'dryRun' | 'result';

const LIMIT = 20_000_000;

/** The wizard of lists: file, what was recognised, columns, dry-run, run, result. */
export function ImportPage(): ReactElement {
  const { t } = useTranslation('organisations');
  const search = useSearch({ strict: false }) as { kind?: string };
  const kind: Kind = search.kind === 'contacts' ? 'contacts' : 'organisations';
  const [step, setStep] = useState<Step>('file');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [place, setPlace] = useState<Place>({ sheet: 0, head: 0, columns: {} });
  const upload = useChange('POST /organisation-imports');
  const plan = useChange('POST /organisation-imports/{id}/plan');
  const run = useKeep('POST /organisation-imports/{id}/run');
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
  const carryOut = (): void => run.mutate({ params, body: place }, { onSuccess: () => setStep('result') });
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
    result: undefined,
  };
  const backTo: Partial<Record<Step, Step>> = { recognised: 'file', map: 'recognised', dryRun: 'map' };
  const error = { file: upload.error, recognised: null, map: plan.error, dryRun: run.error, result: null }[step];
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
      <Wizard
        steps={useImportSteps()}
        current={step === 'dryRun' && run.isPending ? 'run' : step}
        {...(step === 'result' ? {} : { onStep: (id: string) => setStep(id as Step) })}
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
          {step === 'result' && run.data !== undefined && <Result id={params.id} kind={kind} result={run.data} />}
        </Panel>
      </Wizard>
    </>
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
    </div>
  );
}

interface PlaceProps {
  upload: Upload;
  place: Place;
  onPlace: (place: Place) => void;
}

function Recognised({ upload, place, onPlace }: PlaceProps): ReactElement {
  const { t } = useTranslation('organisations');
  const sheet = upload.sheets[place.sheet ?? 0];
  const choose = (at: number): void =>
    onPlace({ sheet: at, head: upload.sheets[at]?.head ?? 0, columns: { ...upload.sheets[at]?.columns } });
  return (
    <div className={styles['stack']}>
      {upload.again && <p className={styles['notice']}>{t('import.again')}</p>}
      {upload.warnings.map((warning) => (
        <p key={warning.vi} className={styles['notice']}>
          {warning[currentLanguage()]}
        </p>
      ))}
      <p>
        {t('import.recognised', {
          name: upload.name,
          format: upload.format,
          encoding: upload.encoding ?? 'UTF-8',
          rows: sheet?.rows ?? 0,
          head: (place.head ?? 0) + 1,
        })}
      </p>
      {upload.sheets.length > 1 && (
        <Select
          label={t('import.sheet')}
          w={320}
          maw="100%"
          data={upload.sheets.map(({ name, rows }, at) => ({ value: String(at), label: t('import.sheetRows', { name, rows }) }))}
          value={String(place.sheet)}
          onChange={(at) => choose(Number(at))}
        />
      )}
      {sheet !== undefined && (
        <Scroll label={t('import.sample')}>
          <table className={styles['grid']}>
            <caption className="only-heard">{t('import.sample')}</caption>
            <thead>
              <tr>
                {sheet.heads.map((head, at) => (
                  <th key={at} scope="col">
                    {head || t('import.column', { at: at + 1 })}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sheet.sample.map((row, line) => (
                <tr key={line}>
                  {sheet.heads.map((_, at) => (
                    <td key={at}>{row[at] ?? ''}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </div>
  );
}

function DryRun({ plan }: { plan: Routes['POST /organisation-imports/{id}/plan']['output'] }): ReactElement {
  const { t } = useTranslation('organisations');
  return (
    <>
      <Counts counts={plan.counts} />
      {plan.unknownColumns.length > 0 && (
        <p className={styles['soft']}>{t('import.unknown', { columns: plan.unknownColumns.join(', ') })}</p>
      )}
      <PlannedRows rows={plan.rows} />
    </>
  );
}

function Result({
  id,
  kind,
  result,
}: {
  id: string;
  kind: Kind;
  result: Routes['POST /organisation-imports/{id}/run']['output'];
}): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  return (
    <div className={styles['stack']}>
      <p role="status">{t('import.done')}</p>
      <Counts counts={result.counts} />
      {result.refused.length > 0 && (
        <>
          <PlannedRows rows={result.refused} />
          <div>
            <Download path={hrefOf('GET /organisation-imports/{id}/refused', { params: { id } })}>{t('import.refusedFile')}</Download>
          </div>
        </>
      )}
      <div>
        <Button
          onClick={() =>
            void navigate({ to: '/organisations' as never, search: { view: kind === 'contacts' ? 'contacts' : 'list' } as never })
          }
        >
          {t('import.toList')}
        </Button>
      </div>
    </div>
  );
}
