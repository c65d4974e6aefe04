import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime, formatNumber } from '../../i18n/format.ts';
import { ForeignText } from '../../ui/document/index.ts';
import { Icon } from '../../ui/icons.tsx';
import { PageHeader } from '../../ui/page/index.ts';
import type { FigureName, Standing } from './api.ts';
import { ExportButton } from './ExportButton.tsx';
import type { StandingControl } from './useStandingState.ts';
import styles from './Standing.module.css';

interface StandingHeadProps {
  standing: Standing;
  control: StandingControl;
  onRemind: () => void;
}

export function StandingHead({ standing, control, onRemind }: StandingHeadProps): ReactElement {
  const { t } = useTranslation('standing');
  const closed = standing.status === 'withdrawn';
  return (
    <>
      <PageHeader
        title={standing.kind === 'cong-van' ? `V/v ${standing.subject}` : standing.subject}
        documentTitle={standing.code ?? standing.subject}
        trail={<Chain standing={standing} />}
        lead={<Facts standing={standing} />}
        actions={
          <>
            {standing.can.review && <Link to={`/directives/${standing.id}/acts`}>{t('head.acts')}</Link>}
            {standing.can.review && <Link to={`/directives/${standing.id}/answer-sheets`}>{t('sheets.button')}</Link>}
            <ExportButton standing={standing} query={control.query} />
            <Button variant="default" leftSection={<Icon name="print" />} onClick={() => window.print()}>
              {t('head.print')}
            </Button>
            {standing.can.review && (
              <Button disabled={closed || !standing.can.remind} title={closed ? t('head.withdrawnHint') : undefined} onClick={onRemind}>
                {t('head.remind')}
              </Button>
            )}
          </>
        }
      />
      <Figures standing={standing} control={control} />
    </>
  );
}

/** What the document rests on, oldest first, up to itself. */
function Chain({ standing: { chain, code } }: { standing: Standing }): ReactElement | null {
  const { t } = useTranslation('standing');
  if (chain.length === 0) return null;
  return (
    <>
      <span>{t('head.bases')}</span>
      {chain.map((link, at) => {
        const name = [link.code ?? link.subject ?? t('head.unnumbered'), link.day === null ? null : formatDate(link.day)]
          .filter(Boolean)
          .join(' · ');
        return (
          <span key={at} title={[link.issuer, link.subject].filter(Boolean).join(': ')}>
            {link.id === null ? name : <Link to={`/directives/${link.id}`}>{name}</Link>} →
          </span>
        );
      })}
      <span>{t('head.this', { code: code ?? '' })}</span>
    </>
  );
}

function Facts({ standing }: { standing: Standing }): ReactElement {
  const { t } = useTranslation('standing');
  const { code, day, status, urgency, windowFrom, windowTo, overseer, issuer, withdrawnAt } = standing;
  const facts = [
    [code ?? t('head.unnumbered'), day === null ? null : formatDate(day)].filter(Boolean).join(' · '),
    issuer,
    status === 'withdrawn' ? t('head.withdrawn', { at: withdrawnAt === null ? '' : formatDate(withdrawnAt) }) : t('head.issued'),
    urgency === null ? null : t(`urgency.${urgency}`),
    windowFrom === null ? null : t('head.window', { from: formatDate(windowFrom), to: windowTo === null ? '…' : formatDate(windowTo) }),
    t('head.overseer', { name: overseer.name }),
  ];
  return (
    <span className={styles['facts']}>
      {facts
        .filter((fact) => fact !== null)
        .map((fact) => (
          <span key={fact}>
            <ForeignText text={fact} />
          </span>
        ))}
    </span>
  );
}

interface Shown {
  fig: FigureName;
  number: string;
  of?: number;
  label: string;
}

const DECLARED = [
  { fig: 'declared-by-file', key: 'file' },
  { fig: 'declared-by-desk', key: 'desk' },
  { fig: 'contested', key: 'contested' },
] as const;

/** Only where reporting periods have ended. */
function periodFigures({ periods, periodsToReview }: Standing['figures'], t: TFunction<'standing'>): Shown[] {
  if (periods.of === 0) return [];
  const shown: Shown[] = [
    { fig: 'periods-reported', number: formatNumber(periods.value), of: periods.of, label: t('figure.periods-reported') },
    { fig: 'periods-missed', number: formatNumber(periods.of - periods.value), label: t('figure.periods-missed') },
    { fig: 'periods-to-review', number: formatNumber(periodsToReview), label: t('figure.periods-to-review') },
  ];
  return shown.filter(({ fig, number }) => fig === 'periods-reported' || number !== '0');
}

/** Every number with its denominator; each opens the rows that it was counted from. */
function Figures({
  standing: { figures, at },
  control: { state, change },
}: {
  standing: Standing;
  control: StandingControl;
}): ReactElement {
  const { t } = useTranslation('standing');
  const share = figures.met.of === 0 ? '–' : `${formatNumber(Math.floor((figures.met.value / figures.met.of) * 100))}%`;
  const shown: Shown[] = [
    { fig: 'organisations', number: formatNumber(figures.organisations), label: t('figure.organisations') },
    { fig: 'tasks', number: formatNumber(figures.tasks), label: t('figure.tasks') },
    { fig: 'met', number: share, label: t('figure.metOf', { value: formatNumber(figures.met.value), of: formatNumber(figures.met.of) }) },
    { fig: 'measured', number: formatNumber(figures.measured.value), of: figures.measured.of, label: t('figure.measured') },
  ];
  const paper: Shown[] = [
    { fig: 'opened', number: formatNumber(figures.opened.value), of: figures.opened.of, label: t('figure.opened') },
    {
      fig: 'received-in-day',
      number: formatNumber(figures.receivedInDay.value),
      of: figures.receivedInDay.of,
      label: t('figure.received-in-day'),
    },
    { fig: 'answered', number: formatNumber(figures.answered.value), of: figures.answered.of, label: t('figure.answered') },
    { fig: 'in-time', number: formatNumber(figures.inTime.value), of: figures.inTime.of, label: t('figure.in-time') },
    { fig: 'to-review', number: formatNumber(figures.toReview), label: t('figure.to-review') },
    { fig: 'overdue', number: formatNumber(figures.overdue), label: t('figure.overdue') },
    ...periodFigures(figures, t),
    // Only where somebody answered for an agency.
    ...DECLARED.filter(({ key }) => figures.declared[key].value > 0).map(({ fig, key }) => ({
      fig,
      number: formatNumber(figures.declared[key].value),
      of: figures.declared[key].of,
      label: t(`figure.${fig}`),
    })),
  ];
  const list = (items: readonly Shown[]): ReactElement[] =>
    items.map(({ fig, number, of, label }) => (
      <button
        key={fig}
        type="button"
        className={styles['figure']}
        aria-pressed={state.fig === fig && state.item === ''}
        onClick={() => change({ fig: state.fig === fig && state.item === '' ? '' : fig, item: '', org: '' })}
      >
        <strong>
          {number}
          {of !== undefined && <span>/{formatNumber(of)}</span>}
        </strong>{' '}
        {label}
      </button>
    ));
  return (
    <div className={styles['figures']}>
      <div role="group" aria-label={t('figure.groupMeasured')}>
        {list(shown)}
      </div>
      <div role="group" aria-label={t('figure.groupPaper')} className={styles['paperFigures']}>
        {list(paper)}
      </div>
      <span className={styles['at']}>{t('figure.at', { at: formatDateTime(at) })}</span>
    </div>
  );
}
