import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useEffect, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../i18n/format.ts';
import { DocumentPaper } from '../../../ui/document/index.ts';
import { ErrorState, LoadingLines, PageHeader, Panel } from '../../../ui/page/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { Wizard } from '../../../ui/wizard/index.ts';
import { DraftMenu } from '../acts/DraftMenu.tsx';
import { useRead } from '../api.ts';
import type { Directive } from '../api.ts';
import styles from '../Directives.module.css';
import { CopiesPanel } from './CopiesPanel.tsx';
import { HeadPanel } from './HeadPanel.tsx';
import { IssueStep } from './IssueStep.tsx';
import { marksOf } from './marks.ts';
import { PreviewStep } from './PreviewStep.tsx';
import { RecipientsPanel } from './RecipientsPanel.tsx';
import { RequirementsPanel } from './RequirementsPanel.tsx';
import { titleOf } from '../titleOf.ts';
import { SavingNote } from './SavingNote.tsx';
import { useSaving } from './useSaving.ts';
import type { Saving } from './useSaving.ts';
import { WarningsPanel } from './WarningsPanel.tsx';

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
    return draft.error === null ? <LoadingLines lines={12} /> : <ErrorState error={draft.error} onRetry={() => void draft.refetch()} />;
  return <Check key={id} view={draft.data} />;
}

type Step = 'check' | 'preview' | 'issue';

function Check({ view }: { view: Directive }): ReactElement {
  const { t } = useTranslation('directives');
  const navigate = useNavigate();
  const client = useQueryClient();
  const saving = useSaving(view.id);
  const search = useSearch({ strict: false }) as { step?: string; read?: string };
  const step = stepOf(search.step);
  const go = (next: Step): void =>
    void saving.flush().then(async (saved) => {
      if (saved) await navigate({ to: '.', search: { step: next } as never });
    });
  const onIssued = (answer: { receivers: number; tasks: number }): void => {
    showToast({ message: t('issue.done', { receivers: formatNumber(answer.receivers), tasks: formatNumber(answer.tasks) }) });
    void client.invalidateQueries().then(() => navigate({ to: `/directives/${view.id}` }));
  };
  const steps = (['file', 'check', 'preview', 'issue'] as const).map((id) => ({ id, label: t(`step.${id}`) }));
  const reason =
    saving.state.kind === 'conflict' || saving.state.kind === 'refused'
      ? t('check.notSavedYet')
      : view.can.correct
        ? undefined
        : t('check.readOnly');
  const forward = {
    check: { label: t('check.toPreview'), onClick: () => go('preview') },
    preview: { label: t('check.toIssue'), onClick: () => go('issue') },
  };
  const cannotIssue = step === 'preview' && !view.can.issue ? t('check.cannotIssue') : reason;
  return (
    <>
      <PageHeader
        title={titleOf(view) ?? t('check.title')}
        documentTitle={t('check.title')}
        trail={<Link to="/directives">{t('list.title')}</Link>}
        lead={leadOf(view, search.read, t)}
        actions={<DraftMenu view={view} flush={saving.flush} />}
      />
      <Wizard
        steps={steps}
        current={step}
        onStep={(id) => id !== 'file' && go(id as Step)}
        back={step === 'preview' ? () => go('check') : undefined}
        next={step === 'issue' ? undefined : { ...forward[step], reason: cannotIssue }}
        note={<SavingNote saving={saving} />}
      >
        {step === 'check' && <CheckStep view={view} saving={saving} />}
        {step === 'preview' && <PreviewStep id={view.id} />}
        {step === 'issue' && <IssueStep view={view} flush={saving.flush} onIssued={onIssued} onBack={() => go('preview')} />}
      </Wizard>
      <SavingNote saving={saving} onlyProblems />
    </>
  );
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
    view.warnings.length > 0 && t('check.warnings', { count: view.warnings.length }),
  ]
    .filter(Boolean)
    .join(' · ');
}

function stepOf(step: string | undefined): Step {
  return step === 'preview' || step === 'issue' ? step : 'check';
}

function CheckStep({ view, saving }: { view: Directive; saving: Saving }): ReactElement {
  const { t } = useTranslation('directives');
  const [selected, setSelected] = useState<string | null>(null);
  const [paper, setPaper] = useState(false);
  const marks = useMemo(() => marksOf(view), [view]);
  const onSelect = (id: string): void => setSelected(id === '' ? null : id);
  const part = { view, link: { selected, onSelect }, save: saving.save };
  return (
    <div className={`${styles['check']} ${paper ? styles['paperShown'] : ''}`}>
      <div className={styles['left']}>
        <DocumentPaper
          label={t('check.document')}
          text={view.text}
          marks={marks}
          selected={selected}
          onSelect={onSelect}
          height="calc(100dvh - 250px)"
        />
      </div>
      <Button className={styles['paperSwitch'] ?? ''} variant="default" onClick={() => setPaper(!paper)}>
        {t(paper ? 'check.hidePaper' : 'check.showPaper')}
      </Button>
      <fieldset className={styles['right']} disabled={!view.can.correct}>
        <WarningsPanel view={view} marks={marks} onSelect={onSelect} />
        <HeadPanel {...part} />
        <RecipientsPanel {...part} flush={saving.flush} />
        <RequirementsPanel {...part} />
        <CopiesPanel {...part} />
        {view.attachments.length > 0 && (
          <Panel label={t('check.attachments')}>
            <h2 className={styles['small']}>{t('check.attachments')}</h2>
            {view.attachments.map((list) => (
              <p key={list.title} className={styles['hint']}>
                {list.title}: {list.items.join('; ')}
              </p>
            ))}
          </Panel>
        )}
      </fieldset>
    </div>
  );
}
