import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { formatDate, formatDateTime } from '../../i18n/format.ts';
import { Download } from '../../ui/form/Download.tsx';
import { PageHeader } from '../../ui/page/index.ts';
import { ActDialog } from './ActDialog.tsx';
import type { DialogAct } from './ActDialog.tsx';
import type { Report } from './api.ts';
import { AsOf, codeOf, Status } from './ReportWords.tsx';
import { useMakeReport } from './useMakeReport.ts';
import type { ReportDraft } from './useReportDraft.ts';
import styles from './Reports.module.css';

/** What the report is, how it stands, and the next step as the one primary button. */
export function ReportHeader({ report, draft }: { report: Report; draft: ReportDraft }): ReactElement {
  const { t } = useTranslation('reports');
  const [act, setAct] = useState<DialogAct | null>(null);
  const { directive } = report;
  return (
    <>
      <PageHeader
        title={report.number === null ? t(`kind.${report.kind}`) : `${t(`kind.${report.kind}`)} ${codeOf(report)}`}
        trail={
          <>
            <Link to={`/directives/${directive.id}`}>{[directive.code, directive.subject].filter(Boolean).join(' · ')}</Link>
            <Link to={`/directives/${directive.id}/reports`}>{t('head.all')}</Link>
          </>
        }
        lead={<Facts report={report} />}
        actions={<Acts report={report} draft={draft} onAct={setAct} />}
      />
      {report.returned !== null && (
        <p className={styles['returned']} role="status">
          <strong>{t('head.returned', { name: report.returned.byName, at: formatDateTime(report.returned.at) })}</strong>{' '}
          {report.returned.reason}
        </p>
      )}
      <Files report={report} changed={draft.changed} />
      {act !== null && <ActDialog act={act} report={report} draft={draft} onClose={() => setAct(null)} />}
    </>
  );
}

function Facts({ report }: { report: Report }): ReactElement {
  const { t } = useTranslation('reports');
  const { status, writtenByName, approvedByName, approvedAt, issuedByName, issuedAt, day } = report;
  return (
    <span className={styles['facts']}>
      <Status status={status} />
      <AsOf at={report.asOf} />
      <span>{t('head.writer', { name: writtenByName })}</span>
      {waits(report) && <span>{t('head.waits')}</span>}
      {approvedByName !== null && approvedAt !== null && (
        <span>{t('head.approved', { name: approvedByName, at: formatDateTime(approvedAt) })}</span>
      )}
      {issuedByName !== null && issuedAt !== null && (
        <span>{t('head.issued', { name: issuedByName, at: formatDateTime(issuedAt), day: day === null ? '–' : formatDate(day) })}</span>
      )}
    </span>
  );
}

/** Before a leader, and whoever looks is not the one to approve it. */
function waits({ status, can }: Report): boolean {
  return status === 'proposed' && can.includes('return') && !can.includes('approve');
}

interface ActsProps {
  report: Report;
  draft: ReportDraft;
  onAct: (act: DialogAct) => void;
}

function Acts({ report, draft, onAct }: ActsProps): ReactElement {
  const { t } = useTranslation('reports');
  const { make, busy } = useMakeReport(report.directive.id);
  const may = (act: Report['can'][number]): boolean => report.can.includes(act);
  return (
    <>
      {report.canMake && (
        <Button variant="default" loading={busy !== null} title={t('head.againHint')} onClick={() => make(report.kind, report.id)}>
          {t('head.again')}
        </Button>
      )}
      {may('discard') && (
        <Button variant="default" onClick={() => onAct('discard')}>
          {t('do.discard')}
        </Button>
      )}
      {may('return') && (
        <Button variant="default" onClick={() => onAct('return')}>
          {t('do.return')}
        </Button>
      )}
      {may('edit') && (
        <Button
          variant="default"
          loading={draft.busy}
          disabled={!draft.changed || draft.conflict}
          title={draft.changed ? t('head.saveKey') : t('head.saved')}
          onClick={() => void draft.save()}
        >
          {t('do.save')}
        </Button>
      )}
      {may('propose') && (
        <Button disabled={draft.conflict} onClick={() => onAct('propose')}>
          {t('do.propose')}
        </Button>
      )}
      {may('approve') && <Button onClick={() => onAct('approve')}>{t('do.approve')}</Button>}
      {waits(report) && (
        <Button disabled title={t('head.waits')}>
          {t('do.approve')}
        </Button>
      )}
      {may('issue') && <Button onClick={() => onAct('issue')}>{t('do.issue')}</Button>}
    </>
  );
}

function Files({ report, changed }: { report: Report; changed: boolean }): ReactElement {
  const { t } = useTranslation('reports');
  const path = (format: 'docx' | 'pdf' | 'edxml'): string =>
    hrefOf('GET /reports/{id}/file', { params: { id: report.id }, query: { format } });
  const noEdxml = report.status === 'issued' ? t('file.noCode') : t('file.afterIssue');
  return (
    <div className={styles['files']}>
      <Download path={path('pdf')}>PDF</Download>
      <Download path={path('docx')}>.docx</Download>
      {report.files.edxml ? <Download path={path('edxml')}>.edxml</Download> : <span className={styles['hint']}>.edxml: {noEdxml}</span>}
      {changed && (
        <span className={styles['unsaved']} role="status">
          {t('file.unsaved')}
        </span>
      )}
    </div>
  );
}
