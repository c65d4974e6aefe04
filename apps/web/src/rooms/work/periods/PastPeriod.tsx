import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { lazy, Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../../api/contract.ts';
import { useSession } from '../../../api/session.ts';
import { formatDateTime } from '../../../i18n/format.ts';
import { ForeignText } from '../../../ui/document/ForeignText.tsx';
import { useErrorText } from '../../../ui/form/useErrorText.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';
import { EvidenceList } from '../components/EvidenceList.tsx';
import { formatDue } from '../deadline.ts';
import styles from '../Work.module.css';
import { periodDays } from './words.ts';

const PastReport = lazy(async () => ({ default: (await import('./PastReport.tsx')).PastReport }));
const AskMore = lazy(async () => ({ default: (await import('./AskMore.tsx')).AskMore }));

export type Past = Routes['GET /periods']['output']['items'][number];

/** One reporting period that has ended: how it stands, what was said, and the next step. */
export function PastPeriod({
  period,
  source,
  named = false,
}: {
  period: Past;
  source?: string | undefined;
  named?: boolean;
}): ReactElement {
  const { t } = useTranslation('work');
  return (
    <li className={styles['pastRow']}>
      <div className={styles['itemHead']}>
        <strong className="tabular">{t('period.one', { number: period.number, days: periodDays(period) })}</strong>
        <span className={styles['chip']} data-state={period.state}>
          {t(`period.state.${period.state}`)}
        </span>
        {period.nothing && <span className={styles['chip']}>{t('answer.nothingChip')}</span>}
        <span className={`${styles['hint']} tabular`}>{factsOf(period, t).join(' · ')}</span>
      </div>
      {named && (
        <p className={styles['hint']}>
          {period.requirement.path} · <ForeignText text={period.requirement.text} />
        </p>
      )}
      {period.answer !== null && period.answer !== '' && (
        <>
          {period.answeredAt === null && <p className={styles['hint']}>{t('period.draft')}</p>}
          <p className={styles['answered']}>
            <ForeignText text={period.answer} />
          </p>
        </>
      )}
      <EvidenceList evidence={period.evidence} />
      <Acts period={period} source={source} />
    </li>
  );
}

function factsOf(period: Past, t: TFunction<'work'>): string[] {
  const when: Partial<Record<Past['timeState'], 'late' | 'onDay' | 'inTime'>> = { overdue: 'late', 'on-day': 'onDay', 'in-time': 'inTime' };
  const time = when[period.timeState];
  return [
    period.due === null ? null : t('period.due', { due: formatDue(period.due) }),
    period.answeredAt === null ? null : t('period.answeredAt', { at: formatDateTime(period.answeredAt) }),
    period.answeredAt === null || time === undefined ? null : t(`period.${time}`),
    period.declared === null ? null : t('period.declared'),
    period.requestedDue === null ? null : t('period.requested', { date: formatDue(period.requestedDue) }),
    period.state === 'not-opened' ? t('period.notOpenedHint') : null,
  ].filter((one) => one !== null);
}

function Acts({ period, source }: { period: Past; source: string | undefined }): ReactElement | null {
  const { t } = useTranslation('work');
  const { acting } = useSession();
  const [dialog, setDialog] = useState<'report' | 'ask' | null>(null);
  const own = acting.organisation.id === period.organisation.id;
  const mayReport = period.can.report && (own || source !== undefined);
  const mayReview = period.can.review && period.state === 'submitted';
  if (!mayReport && !mayReview) return null;
  const open = period.state !== 'submitted';
  return (
    <div className={`${styles['row']} never-printed`}>
      {mayReport && dialog !== 'report' && (
        <Button variant={open ? 'default' : 'subtle'} className={styles['thumb']} onClick={() => setDialog('report')}>
          {t(open ? 'period.report' : 'period.rewrite')}
        </Button>
      )}
      {mayReport && open && (period.answer ?? '') === '' && dialog === null && <Nothing period={period} source={source} />}
      {mayReview && <Accept period={period} />}
      {mayReview && (
        <Button variant="default" onClick={() => setDialog('ask')}>
          {t('period.more')}
        </Button>
      )}
      <Suspense fallback={null}>
        {dialog === 'report' && <PastReport period={period} source={source} onClose={() => setDialog(null)} />}
        {dialog === 'ask' && <AskMore period={period} onClose={() => setDialog(null)} />}
      </Suspense>
    </div>
  );
}

/** One tap reports that nothing happened in the period. */
function Nothing({ period, source }: { period: Past; source: string | undefined }): ReactElement {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const report = useWorkAct('POST /work/{directive}/{organisation}/periods/{period}');
  const send = (): void =>
    void report
      .mutateAsync({
        params: { directive: period.directive.id, organisation: period.organisation.id, period: period.id },
        body: { nothing: true, ...(source === undefined ? {} : { source }) },
      })
      .then(
        () => showToast({ message: t('period.done', { number: period.number }) }),
        (error: unknown) => void showToast({ message: errorText(error), kind: 'problem' }),
      );
  return (
    <Button variant="default" className={styles['thumb']} loading={report.isPending} onClick={send}>
      {t('period.nothing')}
    </Button>
  );
}

function Accept({ period }: { period: Past }): ReactElement {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const review = useWorkAct('POST /work/periods');
  const fail = (error: unknown): void => void showToast({ message: errorText(error), kind: 'problem' });
  const undo = (): void =>
    void review.mutateAsync({ body: { periods: [period.id], act: 'reopen', reason: t('period.undoReason') } }).then(() => undefined, fail);
  return (
    <Button
      variant="default"
      loading={review.isPending}
      onClick={() =>
        void review
          .mutateAsync({ body: { periods: [period.id], act: 'accept' } })
          .then(() => showToast({ message: t('period.accepted', { number: period.number }), undo }), fail)
      }
    >
      {t('period.accept')}
    </Button>
  );
}
