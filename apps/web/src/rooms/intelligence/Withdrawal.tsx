import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { Problem } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { type ListView, useKeep } from './api.ts';
import styles from './Intelligence.module.css';

/** Withdrawing a list: one proposes, another approves. */
export function Withdrawal({ list }: { list: ListView }): ReactElement | null {
  const { t } = useTranslation('intelligence');
  const [asks, setAsks] = useState(false);
  const propose = useKeep('POST /lists/{id}/withdrawal');
  if (!['done', 'cancelled', 'stopped'].includes(list.state)) return null;
  if (list.withdrawal !== null) return <Decision list={list} asked={list.withdrawal} />;
  return (
    <>
      <Button variant="default" onClick={() => setAsks(true)}>
        {t('withdraw.propose')}
      </Button>
      <ConfirmDialog
        opened={asks}
        onClose={() => setAsks(false)}
        title={t('withdraw.propose')}
        confirm={t('withdraw.send')}
        reason="required"
        busy={propose.isPending}
        error={propose.error}
        onConfirm={(reason) => propose.mutate({ params: { id: list.id }, body: { reason } }, { onSuccess: () => setAsks(false) })}
      >
        {t('withdraw.detail')}
      </ConfirmDialog>
    </>
  );
}

function Decision({ list, asked }: { list: ListView; asked: NonNullable<ListView['withdrawal']> }): ReactElement {
  const { t } = useTranslation('intelligence');
  const decide = useKeep('POST /lists/{id}/withdrawal/decide');
  const [sure, setSure] = useState(false);
  const send = (approve: boolean): void =>
    decide.mutate(
      { params: { id: list.id }, body: { approve } },
      {
        onSuccess: (done) => {
          setSure(false);
          if (!approve) return;
          const removed = formatNumber(done.findingsRemoved);
          showToast({ message: t('withdraw.done', { removed, kept: formatNumber(done.findingsKept) }) });
        },
      },
    );
  return (
    <div className={`${styles['stack']} ${styles['decision']}`}>
      <p className={styles['notice']}>
        {t('withdraw.asked', { by: asked.askedBy, at: formatDateTime(asked.askedAt), reason: asked.reason })}
        {asked.mine && ` ${t('withdraw.other')}`}
      </p>
      {decide.error !== null && !sure && <Problem error={decide.error} />}
      <div className={styles['buttons']}>
        {!asked.mine && (
          <Button color="var(--missed)" onClick={() => setSure(true)}>
            {t('withdraw.approve')}
          </Button>
        )}
        <Button variant="default" loading={decide.isPending} onClick={() => send(false)}>
          {t(asked.mine ? 'withdraw.takeBack' : 'withdraw.refuse')}
        </Button>
      </div>
      <ConfirmDialog
        opened={sure}
        onClose={() => setSure(false)}
        title={t('withdraw.approve')}
        confirm={t('withdraw.approve')}
        grave
        busy={decide.isPending}
        error={decide.error}
        onConfirm={() => send(true)}
      >
        {t('withdraw.detail')}
      </ConfirmDialog>
    </div>
  );
}
