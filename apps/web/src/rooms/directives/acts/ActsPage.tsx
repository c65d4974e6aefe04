import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../../i18n/format.ts';
import { ErrorState, FactsList, LoadingLines, PageHeader, Panel, TimeLine } from '../../../ui/page/index.ts';
import { ExerciseBanner } from '../../exercises/ExerciseBanner.tsx';
import { useRead } from '../api.ts';
import type { Act, Directive } from '../api.ts';
import styles from '../Directives.module.css';
import { titleOf } from '../titleOf.ts';
import { DirectiveActs } from './DirectiveActs.tsx';

/** An issued directive as a record: facts, acts upon it, and what can be done to it. */
export function ActsPage(): ReactElement {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const read = useRead('GET /directives/{id}', { params: { id } });
  if (read.data === undefined)
    return read.error === null ? <LoadingLines lines={8} /> : <ErrorState page error={read.error} onRetry={() => void read.refetch()} />;
  return <Acts view={read.data} />;
}

function Acts({ view }: { view: Directive }): ReactElement {
  const { t } = useTranslation('directives');
  const { id } = view;
  return (
    <>
      <ExerciseBanner name={view.exerciseName} />
      <PageHeader
        title={titleOf(view) ?? t('acts.title')}
        documentTitle={view.code ?? t('acts.title')}
        trail={<Link to={`/directives/${id}` as never}>{view.code ?? t('acts.title')}</Link>}
        lead={t(`status.${view.status}`)}
        actions={<DirectiveActs id={id} />}
      />
      <div className={styles['right']}>
        <Panel label={t('acts.facts')}>
          <FactsList facts={useFacts(view)} />
        </Panel>
        <Panel label={t('acts.history')}>
          <div className={styles['panelHead']}>
            <h2>{t('acts.history')}</h2>
          </div>
          <TimeLine entries={view.acts.map((act) => entryOf(act, t))} />
        </Panel>
      </div>
    </>
  );
}

function useFacts(view: Directive) {
  const { t } = useTranslation('directives');
  return [
    { label: t('field.code'), value: view.code ?? t('list.incomplete') },
    { label: t('field.day'), value: view.day === null ? '–' : formatDate(view.day) },
    { label: t('field.issuerName'), value: view.issuerName ?? '–' },
    { label: t('field.overseer'), value: view.overseer.name },
    ...(view.urgentReason === null ? [] : [{ label: t('issue.reason'), value: view.urgentReason }]),
    ...(view.withdrawReason === null ? [] : [{ label: t('withdraw.reason'), value: view.withdrawReason }]),
  ];
}

function entryOf(act: Act, t: (key: string) => string) {
  const who =
    act.decidedByName === null || act.decidedByName === act.proposedByName
      ? act.proposedByName
      : `${act.proposedByName} → ${act.decidedByName}`;
  return {
    id: act.id,
    at: act.decidedAt ?? act.proposedAt,
    what: `${t(`act.${act.kind}`)} · ${t(`actState.${act.state}`)}`,
    who,
    detail: act.reason,
  };
}
