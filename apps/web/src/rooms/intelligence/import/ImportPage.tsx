import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiWhen, useChange } from '../../../api/query.ts';
import { Problem } from '../../../ui/form/Form.tsx';
import { PageHeader } from '../../../ui/page/PageHeader.tsx';
import { ErrorState, LoadingLines } from '../../../ui/page/PageStates.tsx';
import { Panel } from '../../../ui/page/Panel.tsx';
import { useImportSteps, Wizard } from '../../../ui/wizard/Wizard.tsx';
import { dayIn, endOf, type Settings, STALE, startOf, type Uploaded, useKeepRecognition, useRecognition } from '../api.ts';
import styles from '../Intelligence.module.css';
import { ChooseList, type Chosen } from './ChooseList.tsx';
import { DryRun } from './DryRun.tsx';
import { MapColumns } from './MapColumns.tsx';
import { Recognised } from './Recognised.tsx';

type Step = 'file' | 'recognised' | 'map' | 'dryRun';

/** The wizard of lists: file or pasted text, what was recognised, columns, dry-run; the run and its result are the list's page. */
export function ImportPage(): ReactElement {
  const { t } = useTranslation('intelligence');
  const { list, directive } = useSearch({ strict: false }) as { list?: string; directive?: string };
  return (
    <>
      <PageHeader title={t('import.title')} trail={<Link to={'/lists' as never}>{t('title')}</Link>} lead={t('import.lead')} />
      {list === undefined ? <FromFile directive={directive} /> : <FromDraft key={list} id={list} />}
    </>
  );
}

/** Goes on with what was uploaded; what was recognised is not asked for once more. */
function useOpenDraft(): (uploaded: Uploaded) => void {
  const navigate = useNavigate();
  const keep = useKeepRecognition();
  return (uploaded) => {
    keep(uploaded);
    void navigate({ to: '.', search: { list: uploaded.id } as never });
  };
}

function FromFile({ directive }: { directive: string | undefined }): ReactElement {
  const { t } = useTranslation('intelligence');
  const open = useOpenDraft();
  const [chosen, setChosen] = useState<Chosen>({ sender: '', files: [], text: '' });
  const upload = useChange('POST /lists', ['GET /lists', 'GET /list-senders']);
  const { sender, files, text } = chosen;
  const body = files[0] ?? new Blob([text], { type: 'text/plain' });
  const name = files[0]?.name ?? t('import.pastedName');
  const missing = files.length === 0 && text.trim() === '' ? t('import.noFile') : sender.trim() === '' ? t('import.noSender') : undefined;
  const send = (): void =>
    upload.mutate({ query: { name, sender: sender.trim(), ...(directive && { directive }) }, body }, { onSuccess: open });
  return (
    <Wizard
      steps={useImportSteps()}
      current="file"
      next={{ label: t('import.read'), onClick: send, busy: upload.isPending, reason: missing }}
      note={t('import.note')}
    >
      <Panel>
        {upload.error !== null && <Problem error={upload.error} />}
        {directive !== undefined && <FromAnnex directive={directive} />}
        <ChooseList chosen={chosen} onChange={setChosen} />
      </Panel>
    </Wizard>
  );
}

/** The directive's own file, with the tables of its annex, in place of another file. */
function FromAnnex({ directive }: { directive: string }): ReactElement {
  const { t } = useTranslation('intelligence');
  const open = useOpenDraft();
  const found = useApiWhen(true, 'GET /directives/{id}', { params: { id: directive } });
  const read = useChange('POST /directives/{id}/lists', ['GET /lists', 'GET /list-senders']);
  const files = found.data?.edxml?.files ?? [];
  const send = (position: number | null): void => read.mutate({ params: { id: directive }, body: { position } }, { onSuccess: open });
  return (
    <div className={styles['stack']}>
      {read.error !== null && <Problem error={read.error} />}
      <p>{t('annex.of', { subject: found.data?.subject ?? '' })}</p>
      <div className={styles['buttons']}>
        <Button variant="default" loading={read.isPending} onClick={() => send(null)}>
          {t('annex.read')}
        </Button>
        {files.map(({ name }, at) => (
          <Button key={at} variant="default" loading={read.isPending} onClick={() => send(at)}>
            {name}
          </Button>
        ))}
      </div>
      <p className={styles['soft']}>{t('annex.or')}</p>
    </div>
  );
}

function FromDraft({ id }: { id: string }): ReactElement {
  const [sheet, setSheet] = useState<string | undefined>();
  const answer = useRecognition(id, sheet);
  if (answer.data === undefined)
    return answer.error === null ? <LoadingLines /> : <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  return <Preparation key={answer.data.recognition.mapping.sheet} upload={answer.data} onSheet={setSheet} />;
}

/** `covers` are days; they become the list's instants when it is sent. */
export type Draft = Pick<Settings, 'title' | 'mapping'> & {
  requirement: string | null;
  due: string | null;
  from: string | null;
  to: string | null;
  supersedes: string | null;
  exercise: string | null;
  allFamilies: boolean;
};

function settingsOf(draft: Draft, families: readonly string[], directive: string | null): Settings {
  const { title, mapping, from, to, supersedes, exercise, allFamilies, requirement, due } = draft;
  return {
    title: title.trim(),
    mapping,
    supersedes,
    exercise,
    directive,
    requirement,
    due,
    families: allFamilies ? null : families.filter((family) => family !== ''),
    coversFrom: from === null ? null : startOf(from),
    coversTo: to === null ? null : endOf(to),
  };
}

function Preparation({ upload, onSheet }: { upload: Uploaded; onSheet: (sheet: string) => void }): ReactElement {
  const { t } = useTranslation('intelligence');
  const navigate = useNavigate();
  const { mapping } = upload.recognition;
  const [step, setStep] = useState<Step>('recognised');
  const [draft, setDraft] = useState<Draft>({
    title: upload.title,
    mapping,
    from: null,
    to: null,
    supersedes: null,
    exercise: null,
    allFamilies: true,
    requirement: null,
    due: null,
  });
  const annex = upload.annex?.directive ?? null;
  const change = (part: Partial<Draft>): void => setDraft((former) => ({ ...former, ...part }));
  const attempt = useChange('POST /lists/{id}/try');
  const run = useChange('POST /lists/{id}/run', STALE);
  const params = { id: upload.id };
  const timed = draft.mapping.columns.some(({ meaning }) => meaning === 'time');
  const families = attempt.data?.families.map(({ family }) => family) ?? [];
  const dryRun = (): void =>
    attempt.mutate(
      { params, body: settingsOf(draft, [], annex) },
      {
        onSuccess: (trial) => {
          if (timed && trial.from !== null && trial.to !== null) change({ from: dayIn(trial.from), to: dayIn(trial.to) });
          setStep('dryRun');
        },
      },
    );
  const carryOut = (): void =>
    run.mutate(
      { params, body: settingsOf(draft, families, annex) },
      { onSuccess: ({ id }) => void navigate({ to: `/lists/${id}` as never, search: {} as never }) },
    );
  const named = draft.mapping.columns.some(({ meaning }) => meaning !== null && NAMING.has(meaning));
  const unready = !named ? t('import.noColumn') : !timed && draft.to === null ? t('import.noDay') : undefined;
  const next = {
    file: undefined,
    recognised: { label: t('import.toMap'), onClick: () => setStep('map') },
    map: { label: t('import.toDryRun'), onClick: dryRun, busy: attempt.isPending, reason: unready },
    dryRun: {
      label: t('import.run'),
      onClick: carryOut,
      busy: run.isPending,
      reason: attempt.data?.counts.rows === 0 ? t('import.nothing') : undefined,
    },
  }[step];
  const back = { file: undefined, recognised: undefined, map: () => setStep('recognised'), dryRun: () => setStep('map') }[step];
  const error = { file: null, recognised: null, map: attempt.error, dryRun: run.error }[step];
  return (
    <Wizard
      steps={useImportSteps()}
      current={step === 'dryRun' && run.isPending ? 'run' : step}
      onStep={(id) => (id === 'file' ? void navigate({ to: '.', search: {} as never }) : setStep(id as Step))}
      next={next}
      back={back}
      note={t('import.note')}
    >
      <Panel>
        {error !== null && <Problem error={error} />}
        {step === 'recognised' && <Recognised upload={upload} onSheet={onSheet} />}
        {step === 'map' && <MapColumns upload={upload} draft={draft} onChange={change} />}
        {step === 'dryRun' && attempt.data !== undefined && (
          <DryRun id={upload.id} trial={attempt.data} draft={draft} onChange={change} onAgain={dryRun} />
        )}
      </Panel>
    </Wizard>
  );
}

const NAMING = new Set(['address', 'domain', 'unit', 'machine', 'private-address', 'mac']);
