import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { lazy, Suspense, useEffect } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../i18n/format.ts';
import { ErrorState, LoadingLines, PageHeader } from '../../../ui/page/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { Wizard } from '../../../ui/wizard/index.ts';
import { ArrivalBar } from '../../exchange/ArrivalBar.tsx';
import { ExerciseBanner } from '../../exercises/ExerciseBanner.tsx';
import { DraftMenu } from '../acts/DraftMenu.tsx';
import { useRead } from '../api.ts';
import type { Directive } from '../api.ts';
import { CheckStep } from './CheckStep.tsx';
import { titleOf } from '../titleOf.ts';
import { SavingNote } from './SavingNote.tsx';
import { UnsoundContext, unsoundLabels, useUnsoundOf } from './unsound.ts';
import { useSaving } from './useSaving.ts';

const PreviewStep = lazy(async () => ({ default: (await import('./PreviewStep.tsx')).PreviewStep }));
const IssueStep = lazy(async () => ({ default: (await import('./IssueStep.tsx')).IssueStep }));

/** A draft from file to issued: check, preview, issue. */
export function CheckPage(): ReactElement {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const draft = useRead('GET /directives/{id}', { params: { id } });
  const issued = draft.data !== undefined && draft.data.status !== 'draft';
  useEffect(() => {
    if (issued) void navigate({ to: `/directives/${id}`, replace: true });
  }, [issued, id, navigate]);
  if (draft.data === undefined)
    return draft.error === null ? (
      <LoadingLines lines={12} />
    ) : (
      <ErrorState page error={draft.error} onRetry={() => void draft.refetch()} />
    );
  return <Check key={id} view={draft.data} />;
}

type Step = 'check' | 'preview' | 'issue';

function Check({ view }: { view: Directive }): ReactElement {
  const { t } = useTranslation('directives');
  const navigate = useNavigate();
  const client = useQueryClient();
  const saving = useSaving(view.id);
  const search = useSearch({ strict: false }) as { step?: string; read?: string; at?: string };
  const step = stepOf(search.step);
  const unsound = useUnsoundOf(view.id);
  const wrong = unsoundLabels(unsound.all, view.requirements);
  const go = (next: Step, at?: string): void =>
    void saving.flush().then(async (saved) => {
      if (saved) await navigate({ to: '.', search: { step: next, ...(at === undefined ? {} : { at }) } as never });
    });
  const onIssued = (answer: { receivers: number; tasks: number }): void => {
    showToast({ message: t('issue.done', { receivers: formatNumber(answer.receivers), tasks: formatNumber(answer.tasks) }) });
    void client.invalidateQueries().then(() => navigate({ to: `/directives/${view.id}` }));
  };
  const steps = (['file', 'check', 'preview', 'issue'] as const).map((id) => ({ id, label: t(`step.${id}`) }));
  const unfinished = wrong.length === 0 ? undefined : t('check.unsound', { fields: [...new Set(wrong)].join(', ') });
  const notSaved =
    saving.state.kind === 'conflict' || saving.state.kind === 'refused'
      ? t('check.notSavedYet')
      : view.can.correct
        ? undefined
        : t('check.readOnly');
  const forward = {
    check: { label: t('check.toPreview'), onClick: () => go('preview') },
    preview: { label: t('check.toIssue'), onClick: () => go('issue') },
  };
  const reason = unfinished ?? notSaved;
  const cannotIssue = step === 'preview' && !view.can.issue ? t('check.cannotIssue') : reason;
  useNextKey(step === 'issue' || cannotIssue !== undefined ? null : forward[step].onClick);
  return (
    <UnsoundContext value={unsound}>
      <ExerciseBanner name={view.exerciseName} />
      <PageHeader
        title={titleOf(view) ?? t('check.title')}
        documentTitle={t('check.title')}
        trail={<Link to="/directives">{t('list.title')}</Link>}
        lead={leadOf(view, search.read, t)}
        actions={<DraftMenu view={view} flush={saving.flush} />}
      />
      {step === 'check' && <ArrivalBar directive={view.id} />}
      <Wizard
        steps={steps}
        current={step}
        onStep={(id) => id !== 'file' && go(id as Step)}
        back={step === 'preview' ? () => go('check') : undefined}
        next={step === 'issue' ? undefined : { ...forward[step], reason: cannotIssue }}
        note={<SavingNote saving={saving} />}
      >
        {step === 'check' && <CheckStep view={view} saving={saving} at={search.at ?? null} />}
        <Suspense fallback={<LoadingLines lines={8} />}>
          {step === 'preview' && <PreviewStep id={view.id} onMend={(at) => go('check', at)} />}
          {step === 'issue' && (
            <IssueStep view={view} flush={saving.flush} onIssued={onIssued} onBack={() => go('preview')} onMend={(at) => go('check', at)} />
          )}
        </Suspense>
      </Wizard>
      <SavingNote saving={saving} onlyProblems />
    </UnsoundContext>
  );
}

/** Ctrl+Enter goes on, from any field of the page. */
function useNextKey(next: (() => void) | null): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const inDialog = event.target instanceof HTMLElement && event.target.closest('[role=dialog]') !== null;
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || inDialog || next === null) return;
      event.preventDefault();
      next();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [next]);
}

/** `so-tttt.docx · đọc trong 0,1 giây · 41 trường · 2 chỗ cần xem` */
function leadOf(view: Directive, read: string | undefined, t: TFunction<'directives'>): string {
  const fields = view.spans.length + view.bases.length + view.recipients.length + view.requirements.length;
  return [
    t('check.draft'),
    view.sourceName,
    view.upstream && t('check.upstream', { code: view.upstream.code ?? view.upstream.subject }),
    read !== undefined && t('check.readIn', { seconds: formatNumber(Number(read) / 1000, 1) }),
    view.upstream === null && t('check.fields', { count: fields }),
  ]
    .filter(Boolean)
    .join(' · ');
}

function stepOf(step: string | undefined): Step {
  return step === 'preview' || step === 'issue' ? step : 'check';
}
