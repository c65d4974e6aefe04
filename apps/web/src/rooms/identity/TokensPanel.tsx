import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useApi, useChange } from '../../api/query.ts';
import { formatDate, formatDateTime } from '../../i18n/format.ts';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { EndableRows } from './EndableRows.tsx';
import styles from './Identity.module.css';
import { TokenDialog } from './TokenDialog.tsx';

type Token = Routes['GET /api-tokens']['output']['items'][number];

/** Keys for programs: one's own, and for administrators those of their organisations. */
export function TokensPanel(): ReactElement {
  const { t } = useTranslation('identity');
  const [making, setMaking] = useState(false);
  return (
    <Panel>
      <div className={styles['section']}>
        <h2>{t('token.title')}</h2>
        <p className={styles['quiet']}>{t('token.lead')}</p>
      </div>
      <Tokens />
      <Button variant="default" onClick={() => setMaking(true)}>
        {t('token.make')}
      </Button>
      {making && <TokenDialog onClose={() => setMaking(false)} />}
    </Panel>
  );
}

function Tokens(): ReactElement {
  const { t } = useTranslation('identity');
  const tokens = useApi('GET /api-tokens');
  const revoke = useChange('DELETE /api-tokens/{id}', ['GET /api-tokens']);
  if (tokens.data === undefined)
    return tokens.error === null ? <LoadingLines /> : <ErrorState error={tokens.error} onRetry={() => void tokens.refetch()} />;
  if (tokens.data.items.length === 0) return <p className={styles['section']}>{t('token.none')}</p>;
  return (
    <EndableRows
      rows={tokens.data.items}
      Facts={TokenFacts}
      endable={(token) => standingOf(token) === 'live'}
      words={{
        end: t('token.revoke'),
        title: ({ name }) => t('token.revokeTitle', { name }),
        detail: t('token.revokeDetail'),
        done: t('token.revoked'),
      }}
      change={revoke}
      grave
    />
  );
}

function TokenFacts({ row: token }: { row: Token }): ReactElement {
  const { t } = useTranslation('identity');
  const standing = standingOf(token);
  const rights = [t(`token.${token.scope}`), ...(token.fresh ? [t('token.far')] : [])].join(', ');
  return (
    <div>
      <strong>{token.name}</strong> · <code>{token.prefix}…</code>
      {!token.own && ` · ${token.person}`}
      <div className={styles['quiet']}>
        {t(`shell:role.${token.role}`)}, {token.organisation.name} · {rights}
      </div>
      <div className={styles['quiet']}>
        {standing === 'live' && t('token.until', { day: formatDate(token.expiresAt) })}
        {standing === 'over' && t('token.over', { day: formatDate(token.expiresAt) })}
        {standing === 'ended' && t('token.ended', { day: formatDate(token.revokedAt ?? '') })}
        {' · '}
        {token.lastUsedAt === null ? t('token.unused') : t('token.used', { at: formatDateTime(token.lastUsedAt) })}
      </div>
    </div>
  );
}

function standingOf(token: Token): 'live' | 'over' | 'ended' {
  if (token.revokedAt !== null) return 'ended';
  return Date.parse(token.expiresAt) < Date.now() ? 'over' : 'live';
}
