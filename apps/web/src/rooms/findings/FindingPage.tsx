import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDate, formatDateTime, formatNumber } from '../../i18n/format.ts';
import { FactsList } from '../../ui/page/FactsList.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { ExerciseBadge } from '../exercises/ExerciseBanner.tsx';
import { machineOf } from './api.ts';
import type { FindingDetail } from './api.ts';
import { NoticesOfFinding } from '../notices/NoticesOfFinding.tsx';
import { BulkActs } from './BulkActs.tsx';
import { Standing, WhyHere } from './columns.tsx';
import styles from './Findings.module.css';
import { EnteredFor } from './EnteredFor.tsx';
import { History } from './History.tsx';
import { Proof } from './Proof.tsx';
import { SplitDialog } from './SplitDialog.tsx';

/** One finding: what it is, the next step, where it was seen, what happened. */
export function FindingPage(): ReactElement {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const answer = useApi('GET /findings/{id}', { params: { id } });
  const finding = answer.data?.id === id ? answer.data : undefined;
  if (finding !== undefined) return <Detail finding={finding} />;
  return answer.error === null ? <LoadingLines lines={8} /> : <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
}

function Detail({ finding }: { finding: FindingDetail }): ReactElement {
  const { t } = useTranslation('findings');
  const [splitting, setSplitting] = useState(false);
  return (
    <>
      <PageHeader
        trail={<Link to={'/findings' as never}>{t('title')}</Link>}
        title={[machineOf(finding) ?? finding.mac, finding.privateAddress].filter(Boolean).join(' / ') || t('noMachine')}
        lead={
          <>
            {[finding.family || t('noFamily'), finding.organisation.name].join(' · ')}
            {finding.exercise && <ExerciseBadge />}
          </>
        }
        actions={
          <>
            {finding.can.split && (
              <Button variant="default" onClick={() => setSplitting(true)}>
                {t('act.split')}
              </Button>
            )}
            <BulkActs findings={[finding]} total={null} query={null} onDone={() => undefined} />
          </>
        }
      />
      <NextStep finding={finding} />
      {finding.entered !== null && <EnteredFor finding={finding} entered={finding.entered} />}
      <div className={styles['two']}>
        <div className={styles['stack']}>
          <Panel label={t('facts')}>
            <FactsList facts={useFacts(finding)} />
          </Panel>
          <Panel>
            <h2 className={styles['heading']}>{t('seenIn')}</h2>
            <SeenIn finding={finding} />
          </Panel>
        </div>
        <div className={styles['stack']}>
          <Panel>
            <h2 className={styles['heading']}>{t('history')}</h2>
            <History finding={finding} />
          </Panel>
          <Proof finding={finding} />
          <NoticesOfFinding finding={finding.id} exercise={finding.exercise} />
        </div>
      </div>
      {splitting && <SplitDialog finding={finding} onClose={() => setSplitting(false)} />}
    </>
  );
}

/** What the finding waits for, in a sentence. */
function NextStep({ finding }: { finding: FindingDetail }): ReactElement {
  const { t } = useTranslation('findings');
  const { state, approval, answer, verdict, verdictWhy } = finding;
  const step =
    approval === 'asked'
      ? answer === 'postponed'
        ? 'leader'
        : 'authority'
      : state === 'open'
        ? verdict === 'seen-again'
          ? 'again'
          : approval === 'refused'
            ? 'refused'
            : 'answer'
        : state === 'answered'
          ? answer === 'head-office'
            ? 'headOffice'
            : (verdictWhy ?? 'no-list')
          : verdict === 'not-seen'
            ? 'proved'
            : 'closed';
  return (
    <p className={styles[state === 'closed' ? 'told' : 'notice']}>
      {t(`next.${step}`, { days: finding.waitingDays ?? 0, reference: finding.reference ?? '' })}
    </p>
  );
}

/** Said once where both are the same minute. */
const span = (first: string, last: string): string => [...new Set([formatDateTime(first), formatDateTime(last)])].join(' – ');

type Fact = { label: string; value: ReactNode };

function useFacts(finding: FindingDetail): Fact[] {
  const { t } = useTranslation('findings');
  const mono = (value: string): ReactElement => <span className={styles['value']}>{value}</span>;
  const maybe = (label: string, value: ReactNode): Fact[] => (value === null ? [] : [{ label, value }]);
  return [
    { label: t('column.state'), value: <Standing row={finding} /> },
    { label: t('column.organisation'), value: finding.organisation.name },
    ...maybe(
      t('field.address'),
      finding.address === null ? null : mono([finding.address, finding.port].filter((one) => one !== null).join(' : ')),
    ),
    ...maybe(t('field.privateAddress'), finding.privateAddress === null ? null : mono(finding.privateAddress)),
    ...maybe(t('field.domain'), finding.domain === null ? null : mono(finding.domain)),
    ...maybe(t('field.machineName'), finding.machine),
    ...maybe('MAC', finding.mac === null ? null : mono(finding.mac)),
    { label: t('field.matched'), value: t(`matched.${finding.matchedBy}`, { network: finding.network ?? '' }) },
    { label: t('field.order'), value: <WhyHere row={finding} /> },
    { label: t('field.seen'), value: span(finding.firstSeen, finding.lastSeen) },
    {
      label: t('field.times'),
      value: [
        t('times', { count: finding.sightings, shown: formatNumber(finding.sightings) }),
        t('inLists', { count: finding.lists }),
      ].join(' · '),
    },
    ...maybe(t('field.relapses'), finding.relapses === 0 ? null : t('relapses', { count: finding.relapses })),
    ...maybe(t('column.due'), finding.due === null ? null : <Due finding={finding} />),
    ...maybe(t('field.postponedTo'), finding.postponedTo === null ? null : formatDate(finding.postponedTo)),
    ...maybe(t('field.verdict'), finding.verdict === null ? null : <Verdict finding={finding} />),
    ...maybe(t('field.reference'), finding.reference),
    ...maybe(t('field.note'), finding.note),
    ...maybe(
      t('field.directive'),
      finding.directive === null ? null : <Link to={`/directives/${finding.directive}` as never}>{t('openDirective')}</Link>,
    ),
    ...finding.related.map((one) => ({
      label: t(`relation.${one.relation}`),
      value: <Link to={`/findings/${one.id}` as never}>{one.organisation}</Link>,
    })),
  ];
}

function Due({ finding }: { finding: FindingDetail }): ReactElement {
  const { t } = useTranslation('findings');
  const left = finding.daysLeft;
  return (
    <>
      {formatDate(finding.due ?? '')}
      {left !== null && (
        <span className={styles['soft']}> {left < 0 ? t('daysOver', { count: -left }) : t('daysLeft', { count: left })}</span>
      )}
    </>
  );
}

function Verdict({ finding }: { finding: FindingDetail }): ReactElement {
  const { t } = useTranslation('findings');
  return (
    <>
      {t(`verdict.${finding.verdict ?? 'unverified'}`)}
      {finding.verdictList !== null && (
        <span className={styles['soft']}> {[finding.verdictList.title, finding.verdictList.sender].join(', ')}</span>
      )}
    </>
  );
}

function SeenIn({ finding }: { finding: FindingDetail }): ReactElement {
  const { t } = useTranslation('findings');
  if (finding.seen.length === 0) return <p className={styles['soft']}>{t('seenNowhere')}</p>;
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('column.list')}</th>
            <th>{t('field.seen')}</th>
            <th className={styles['number']}>{t('field.times')}</th>
            <th>{t('field.ports')}</th>
          </tr>
        </thead>
        <tbody>
          {finding.seen.map((one, at) => (
            <tr key={one.list?.id ?? at}>
              <td>
                {one.list?.title ?? '–'}
                {one.list !== null && <div className={styles['soft']}>{one.list.sender}</div>}
              </td>
              <td>{one.isTimed ? span(one.first, one.last) : t('untimed')}</td>
              <td className={styles['number']}>{formatNumber(one.sightings)}</td>
              <td className={styles['value']}>{one.ports.join(', ') || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
