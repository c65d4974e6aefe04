import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import styles from './Notifications.module.css';

/** After a restore: nothing leaves until an administrator of the whole says whether what waited in the backup still goes out. */
export function HeldNotice(): ReactElement | null {
  const { t } = useTranslation('notifications');
  const { data } = useApi('GET /held-messages');
  const release = useChange('POST /held-messages/release', ['GET /held-messages']);
  const [asked, setAsked] = useState<'send' | 'discard' | null>(null);
  const held = data?.held ?? null;
  if (held === null) return null;
  const facts = { taken: formatDateTime(held.takenAt), restored: formatDateTime(held.restoredAt), count: held.messages };
  return (
    <section className={styles['held']} aria-label={t('held.title')}>
      <div>
        <strong>{t('held.title')}</strong>
        <p>{t('held.why', facts)}</p>
      </div>
      <div className={styles['choices']}>
        <Button onClick={() => setAsked('send')}>{t('held.send')}</Button>
        {held.messages > 0 && (
          <Button variant="default" onClick={() => setAsked('discard')}>
            {t('held.discard')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t(asked === 'discard' ? 'held.discard' : 'held.send')}
        confirm={t(asked === 'discard' ? 'held.discard' : 'held.send')}
        grave={asked === 'discard'}
        busy={release.isPending}
        error={release.error}
        onConfirm={() => asked !== null && release.mutate({ body: { outcome: asked } }, { onSuccess: () => setAsked(null) })}
      >
        {t(asked === 'discard' ? 'held.discardMeans' : 'held.sendMeans', facts)}
      </ConfirmDialog>
    </section>
  );
}
