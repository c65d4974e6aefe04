import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionRow } from '../../api/contract.ts';
import { useApi, useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { RoleList } from '../../shell/RoleList.tsx';
import { FactsList } from '../../ui/page/FactsList.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { describeAgent } from './agent.ts';
import { EndableRows } from './EndableRows.tsx';
import { FactorPanel } from './FactorPanel.tsx';
import styles from './Identity.module.css';
import { LinksPanel } from './LinksPanel.tsx';
import { TokensPanel } from './TokensPanel.tsx';

/** One's own account: in whose name, which sessions are open, and the way to end each of them. */
export function AccountPage(): ReactElement {
  const { t } = useTranslation('identity');
  const { person, memberships } = useSession();
  const facts = [
    { label: t('account.name'), value: person.name },
    { label: t('account.username'), value: <code>{person.username}</code> },
    { label: t('account.roles'), value: <RoleList roles={memberships} /> },
  ];
  return (
    <>
      <PageHeader title={t('account.title')} actions={<Link to="/password">{t('account.changePassword')}</Link>} />
      <div className={styles['section']}>
        <Panel label={t('account.title')}>
          <FactsList facts={facts} />
        </Panel>
      </div>
      <div className={styles['section']}>
        <FactorPanel />
      </div>
      <LinksPanel />
      <div className={styles['section']}>
        <TokensPanel />
      </div>
      <Panel>
        <div className={styles['section']}>
          <h2>{t('account.sessions')}</h2>
          <p className={styles['quiet']}>{t('account.sessionsLead')}</p>
        </div>
        <Sessions />
      </Panel>
    </>
  );
}

function Sessions(): ReactElement {
  const { t } = useTranslation('identity');
  const sessions = useApi('GET /sessions');
  const end = useChange('DELETE /sessions/{id}', ['GET /sessions']);
  if (sessions.data === undefined) {
    return sessions.error === null ? <LoadingLines /> : <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />;
  }
  return (
    <EndableRows
      rows={sessions.data.items}
      Facts={SessionFacts}
      endable={(row) => !row.current}
      words={{ end: t('account.end'), title: () => t('account.endTitle'), detail: t('account.endDetail'), done: t('account.ended') }}
      change={end}
    />
  );
}

function SessionFacts({ row }: { row: SessionRow }): ReactElement {
  const { t } = useTranslation('identity');
  return (
    <div>
      <strong>{describeAgent(row.agent) ?? t('account.unknownAgent')}</strong>
      {row.current && ` · ${t('account.current')}`}
      <div className={styles['quiet']}>
        {t('account.seen', { from: formatDateTime(row.createdAt), last: formatDateTime(row.seenAt) })}
        {row.address !== null && (
          <>
            {' · '}
            <code>{row.address}</code>
          </>
        )}
      </div>
    </div>
  );
}
