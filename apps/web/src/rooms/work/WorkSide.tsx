import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from '../../i18n/format.ts';
import { FactsList } from '../../ui/page/FactsList.tsx';
import type { Fact } from '../../ui/page/FactsList.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import type { Part, Work } from './api.ts';
import { EvidenceAdd } from './components/EvidenceAdd.tsx';
import { EvidenceList } from './components/EvidenceList.tsx';
import { TaskHistory } from './components/TaskHistory.tsx';
import { OwnSheet } from './components/OwnSheet.tsx';
import { StatusPanel } from '../exchange/StatusPanel.tsx';
import { AskDialog } from './dialogs/AskDialog.tsx';
import styles from './Work.module.css';

interface WorkSideProps {
  part: Part;
  work: Work;
  mayWork: boolean;
  source: string | undefined;
}

/** Beside the items: the receipt, the reports, evidence of the whole, and what happened. */
export function WorkSide({ part, work, mayWork, source }: WorkSideProps): ReactElement {
  const { t } = useTranslation('work');
  const [asking, setAsking] = useState(false);
  const general = work.evidence.filter(({ task, report }) => task === null && report === null);
  const mayAsk = work.can.work || work.can.review;
  return (
    <div className={styles['column']}>
      <Panel label={t('receipt.title')}>
        <h2>{t('receipt.title')}</h2>
        <FactsList facts={receiptFacts(work, t)} />
        {(work.can.work || work.can.enterFor) && <OwnSheet part={part} work={work} />}
      </Panel>
      <StatusPanel part={part} />
      {work.reports.length > 0 && (
        <Panel label={t('report.title')}>
          <h2>{t('report.title')}</h2>
          {work.reports.map((report) => (
            <Report key={report.id} report={report} work={work} />
          ))}
        </Panel>
      )}
      {(general.length > 0 || mayWork) && (
        <Panel label={t('evidence.general')}>
          <h2>{t('evidence.general')}</h2>
          <EvidenceList evidence={general} label={t('evidence.general')} />
          {mayWork && <EvidenceAdd part={part} source={source} />}
        </Panel>
      )}
      <Panel label={t('history.title')}>
        <div className={styles['row']} style={{ justifyContent: 'space-between' }}>
          <h2>{t('history.title')}</h2>
          {mayAsk && (
            <Button variant="subtle" size="compact-md" onClick={() => setAsking(true)}>
              {t(work.can.work ? 'ask.button' : 'ask.reply')}
            </Button>
          )}
        </div>
        <TaskHistory history={work.history} agency={work.receipt.organisationName} overseer={work.directive.overseerName} />
      </Panel>
      {asking && <AskDialog part={part} own={work.can.work} onClose={() => setAsking(false)} />}
    </div>
  );
}

function receiptFacts({ receipt, directive }: Work, t: (key: string) => string): Fact[] {
  const none = t('receipt.none');
  return [
    { label: t('receipt.arrived'), value: formatDateTime(receipt.arrivedAt) },
    { label: t('receipt.opened'), value: receipt.openedAt === null ? none : formatDateTime(receipt.openedAt) },
    { label: t('receipt.number'), value: receipt.number ?? none },
    { label: t('receipt.day'), value: receipt.day === null ? none : formatDate(receipt.day) },
    { label: t('receipt.by'), value: receipt.receivedBy ?? none },
    { label: t('receipt.overseer'), value: directive.overseerName ?? none },
  ];
}

function Report({ report, work }: { report: Work['reports'][number]; work: Work }): ReactElement {
  const { t } = useTranslation('work');
  const paths = work.items.filter(({ task }) => report.tasks.includes(task)).map(({ path }) => path);
  return (
    <div style={{ marginBottom: 10 }}>
      <strong>{report.code}</strong> · {formatDate(report.day)} · {report.signer}
      <div className={styles['hint']}>
        {t('report.sent', { at: formatDateTime(report.submittedAt), who: report.submittedBy })} ·{' '}
        {paths.length === 0 ? t('report.takenBack') : t('history.items', { paths: paths.join(', ') })}
      </div>
      {report.note !== null && <div>{report.note}</div>}
      <EvidenceList evidence={work.evidence.filter((file) => file.report === report.id)} label={report.code} />
    </div>
  );
}
