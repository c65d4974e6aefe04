import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useApi, useChange } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { EmptyState, ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Identity.module.css';

type Reset = Routes['GET /second-factor-resets']['output']['items'][number];
const STALE = ['GET /second-factor-resets', 'GET /second-factor-notices'] as const;

/** Proposals to take a second factor away: what waits for a second administrator, and what was decided lately. */
export function ResetsPage(): ReactElement {
  const { t } = useTranslation('identity');
  const resets = useApi('GET /second-factor-resets');
  const [asked, setAsked] = useState<{ reset: Reset; agree: boolean } | null>(null);
  return (
    <>
      <PageHeader title={t('reset.title')} lead={t('reset.lead')} />
      <Panel label={t('reset.title')}>
        {resets.data === undefined &&
          (resets.error === null ? <LoadingLines /> : <ErrorState error={resets.error} onRetry={() => void resets.refetch()} />)}
        {resets.data?.total === 0 && <EmptyState title={t('reset.none')} why={t('reset.noneDetail')} />}
        <ul className={styles['sessions']}>
          {resets.data?.items.map((reset) => (
            <li key={reset.id}>
              <Facts reset={reset} />
              {reset.mayDecide && (
                <div className={styles['row']}>
                  <Button variant="default" onClick={() => setAsked({ reset, agree: false })}>
                    {t('reset.refuse')}
                  </Button>
                  <Button onClick={() => setAsked({ reset, agree: true })}>{t('reset.agree')}</Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      {asked !== null && <Decision {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function Facts({ reset }: { reset: Reset }): ReactElement {
  const { t } = useTranslation('identity');
  return (
    <div>
      <strong>{reset.person.name}</strong> · <code>{reset.person.username}</code> · {t(`reset.${reset.state}`)}
      <div>{reset.reason}</div>
      <div className={styles['quiet']}>{t('reset.proposedBy', { name: reset.proposedBy, at: formatDateTime(reset.proposedAt) })}</div>
      {reset.decidedBy !== null && reset.decidedAt !== null && (
        <div className={styles['quiet']}>{t('reset.decidedBy', { name: reset.decidedBy, at: formatDateTime(reset.decidedAt) })}</div>
      )}
      {reset.state === 'proposed' && !reset.mayDecide && <div className={styles['quiet']}>{t('reset.other')}</div>}
    </div>
  );
}

function Decision({ reset, agree, onClose }: { reset: Reset; agree: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation('identity');
  const decide = useChange('POST /second-factor-resets/{id}/decision', STALE);
  const confirm = (note: string): void =>
    decide.mutate(
      { params: { id: reset.id }, body: { agree, ...(note === '' ? {} : { note }) } },
      {
        onSuccess: () => {
          onClose();
          showToast({ message: t(agree ? 'reset.doneToast' : 'reset.refusedToast', { name: reset.person.name }) });
        },
      },
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(agree ? 'reset.agree' : 'reset.refuse')}
      confirm={t(agree ? 'reset.agree' : 'reset.refuse')}
      onConfirm={confirm}
      reason={agree ? 'optional' : 'required'}
      grave={agree}
      busy={decide.isPending}
      error={decide.error}
    >
      {t(agree ? 'reset.agreeDetail' : 'reset.refuseDetail', { name: reset.person.name, reason: reset.reason })}
    </ConfirmDialog>
  );
}
