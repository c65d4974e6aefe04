import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDate, formatNumber } from '../../i18n/format.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { EmptyState, ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import type { Overview } from './api.ts';
import styles from './Findings.module.css';

type Search = Readonly<Record<string, string | undefined>>;

/** The authority's overview by organisation and family with the trend by list; of one organisation, its page. */
export function OverviewPage(): ReactElement {
  const { t } = useTranslation('findings');
  const { permissions } = useSession();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  const organisation = search['organisation'];
  const answer = useApi('GET /findings/overview', { query: organisation === undefined ? {} : { organisation } });
  const data = answer.data;
  const name =
    organisation === undefined ? undefined : data?.units.find((unit) => unit.organisation.id === organisation)?.organisation.name;
  return (
    <>
      <PageHeader
        trail={
          <>
            <Link to={'/findings' as never}>{t('title')}</Link>
            {organisation !== undefined && (
              <>
                {' / '}
                <Link to={'/findings/overview' as never} search={{} as never}>
                  {t('overview.title')}
                </Link>
              </>
            )}
          </>
        }
        title={name ?? t('overview.title')}
        lead={t('overview.lead')}
        actions={
          permissions.includes('findings:answer') && (
            <Button variant="default" onClick={() => void navigate({ to: '/findings/sheets' as never, search: { organisation } as never })}>
              {t('sheets.action')}
            </Button>
          )
        }
      />
      {data === undefined ? (
        answer.error === null ? (
          <LoadingLines lines={8} />
        ) : (
          <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
        )
      ) : (
        <Whole overview={data} organisation={organisation} />
      )}
    </>
  );
}

function Whole({ overview, organisation }: { overview: Overview; organisation: string | undefined }): ReactElement {
  const { t } = useTranslation('findings');
  return (
    <>
      {overview.silent !== null && overview.silent.organisations > 0 && (
        <p className={styles['notice']}>
          {t('overview.silent', { count: overview.silent.organisations, of: overview.silent.of })}{' '}
          <Link to={'/asset-register' as never} search={{ view: 'silent' } as never}>
            {t('overview.whoSilent')}
          </Link>
        </p>
      )}
      <Figures overview={overview} organisation={organisation} />
      {overview.units.length === 0 ? (
        <EmptyState title={t('empty.title')} why={t('empty.why')} />
      ) : (
        <div className={styles['stack']}>
          <Panel>
            <h2 className={styles['heading']}>{t('overview.trend')}</h2>
            <Trend overview={overview} />
          </Panel>
          <Panel>
            <h2 className={styles['heading']}>{t('overview.byUnit')}</h2>
            <Units overview={overview} />
          </Panel>
        </div>
      )}
    </>
  );
}

function Figures({ overview, organisation }: { overview: Overview; organisation: string | undefined }): ReactElement {
  const { t } = useTranslation('findings');
  const { total, cleaning } = overview;
  const days = cleaning?.days ?? null;
  const judged = total.seenAgain + total.notSeen;
  const figures: readonly { id: string; value: number; of?: number; search: Search }[] = [
    { id: 'open', value: total.open, search: {} },
    { id: 'newest', value: total.newest, search: { newest: 'true' } },
    { id: 'seenAgain', value: total.seenAgain, of: judged, search: { verdict: 'seen-again', state: 'all' } },
    { id: 'unverified', value: total.unverified, search: { state: 'answered', verdict: 'unverified' } },
    { id: 'notSeen', value: total.notSeen, search: { state: 'closed', verdict: 'not-seen' } },
    ...(days === null ? [] : [{ id: 'days', value: days, search: { cleaned: 'true', state: 'all' } }]),
  ];
  return (
    <div className={styles['figures']}>
      {figures.map(({ id, value, of, search }) => (
        <Link key={id} className={styles['figure']} to={'/findings' as never} search={{ ...search, organisation } as never}>
          <strong>
            {formatNumber(value, 1)}
            {of !== undefined && of > 0 && <span className={styles['soft']}>/{formatNumber(of)}</span>}
          </strong>
          {t(`overview.${id}`)}
        </Link>
      ))}
    </div>
  );
}

function Trend({ overview: { trend } }: { overview: Overview }): ReactElement {
  const { t } = useTranslation('findings');
  const most = Math.max(1, ...trend.map(({ findings }) => findings));
  if (trend.length === 0) return <p className={styles['soft']}>{t('overview.noLists')}</p>;
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('column.list')}</th>
            <th>{t('overview.coversTo')}</th>
            <th className={styles['number']}>{t('overview.machines')}</th>
            <th className={styles['share']} style={{ width: '40%' }}>
              {t('overview.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {trend.map((one) => (
            <tr key={one.list}>
              <td>
                {one.title}
                <div className={styles['soft']}>{one.sender}</div>
              </td>
              <td>{formatDate(one.coversTo ?? one.finishedAt)}</td>
              <td className={styles['number']}>{formatNumber(one.findings)}</td>
              <td className={styles['share']} aria-hidden="true">
                <div className={styles['bar']} style={{ width: `${(one.findings / most) * 100}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The figures of an organisation, each with the list of its rows. */
const FIGURES = [
  { of: 'open', search: {} },
  { of: 'answered', search: { state: 'answered' } },
  { of: 'notSeen', search: { state: 'closed', verdict: 'not-seen' } },
  { of: 'seenAgain', search: { state: 'all', verdict: 'seen-again' } },
] as const;

function Units({ overview: { units, families } }: { overview: Overview }): ReactElement {
  const { t } = useTranslation('findings');
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('column.organisation')}</th>
            <th className={styles['number']}>{t('state.open')}</th>
            <th className={styles['number']}>{t('state.answered')}</th>
            <th className={`${styles['number']} ${styles['verdict']}`}>{t('overview.notSeen')}</th>
            <th className={`${styles['number']} ${styles['verdict']}`}>{t('overview.seenAgain')}</th>
            {families.map(({ family }) => (
              <th key={family} className={styles['number']} title={t('overview.familyHint')}>
                {family || t('noFamily')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {units.map((unit) => (
            <tr key={unit.organisation.id}>
              <td>
                <Link to={'/findings/overview' as never} search={{ organisation: unit.organisation.id } as never}>
                  {unit.organisation.name}
                </Link>
              </td>
              {FIGURES.map(({ of, search }) => (
                <td key={of} className={styles['number']}>
                  {unit[of] === 0 ? (
                    0
                  ) : (
                    <Link to={'/findings' as never} search={{ organisation: unit.organisation.id, ...search } as never}>
                      {formatNumber(unit[of])}
                    </Link>
                  )}
                </td>
              ))}
              {unit.families.map((n, at) => (
                <td key={families[at]?.family ?? at} className={styles['number']}>
                  {n === 0 ? (
                    '–'
                  ) : (
                    <Link to={'/findings' as never} search={{ organisation: unit.organisation.id, family: families[at]?.family } as never}>
                      {formatNumber(n)}
                    </Link>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
