import { SegmentedControl } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { ErrorState, LoadingLines } from '../../ui/page/index.ts';
import { ExerciseBanner } from '../exercises/ExerciseBanner.tsx';
import type { Report } from './api.ts';
import { ChangesPanel } from './ChangesPanel.tsx';
import { ConflictPanel } from './ConflictPanel.tsx';
import { FiguresPanel } from './FiguresPanel.tsx';
import { LeaveGuard } from './LeaveGuard.tsx';
import { NotesPanel } from './NotesPanel.tsx';
import { ReportHeader } from './ReportHeader.tsx';
import { ReportPaper } from './ReportPaper.tsx';
import { RollupsPanel } from './RollupsPanel.tsx';
import { RowsDrawer } from './RowsDrawer.tsx';
import { TextForm } from './TextForm.tsx';
import { useReportDraft } from './useReportDraft.ts';
import styles from './Reports.module.css';

/** A report: left as it will be printed, right what is written in it and what it was counted from. */
export function ReportPage(): ReactElement {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const report = useApi('GET /reports/{id}', { params: { id } });
  if (report.data?.id === id) return <ReportContent key={id} report={report.data} />;
  if (report.error !== null) return <ErrorState page error={report.error} onRetry={() => void report.refetch()} />;
  return <LoadingLines lines={12} />;
}

type Side = 'paper' | 'text';

function ReportContent({ report }: { report: Report }): ReactElement {
  const { t } = useTranslation('reports');
  const draft = useReportDraft(report);
  const [side, setSide] = useState<Side>('paper');
  const { fig } = useSearch({ strict: false }) as { fig?: string };
  const navigate = useNavigate();
  const openFigure = (figure: string | undefined): void =>
    void navigate({ to: '.', search: { fig: figure } as never, replace: true, resetScroll: false });
  const editable = report.can.includes('edit');
  const goToField = (field: string): void => {
    setSide('text');
    requestAnimationFrame(() => document.getElementById(`report-${field}`)?.focus());
  };
  return (
    <>
      <LeaveGuard active={draft.changed} />
      <ExerciseBanner name={report.directive.exerciseName} />
      <ReportHeader report={report} draft={draft} />
      {draft.conflict && <ConflictPanel report={report} draft={draft} />}
      <div className={styles['sides']}>
        <SegmentedControl
          className="never-printed"
          fullWidth
          value={side}
          onChange={(next) => setSide(next as Side)}
          data={[
            { value: 'paper', label: t('side.paper') },
            { value: 'text', label: t(editable ? 'side.text' : 'side.data') },
          ]}
        />
      </div>
      <div className={styles['page']} data-side={side}>
        <div className={styles['left']}>
          <ReportPaper report={report} draft={draft} onFigure={openFigure} onField={editable ? goToField : null} />
        </div>
        <div className={styles['right']}>
          {report.former !== null && <ChangesPanel report={report} onFigure={openFigure} />}
          {editable && <TextForm report={report} draft={draft} />}
          {report.notes.length > 0 && <NotesPanel report={report} draft={draft} editable={editable} />}
          {report.kind === 'result' && <RollupsPanel report={report} />}
          <FiguresPanel report={report} onFigure={openFigure} />
        </div>
      </div>
      {fig !== undefined && <RowsDrawer key={fig} report={report} figure={fig} onClose={() => openFigure(undefined)} />}
    </>
  );
}
