import { Switch } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiWhen, useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { useErrorText } from '../../ui/form/useErrorText.ts';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Organisations.module.css';

/** Whether results go out only after the leader of this organisation approved them; for its own people and administrators. */
export function ApprovalPanel({ organisation }: { organisation: string }): ReactElement | null {
  const { t } = useTranslation('organisations');
  const { acting } = useSession();
  const errorText = useErrorText();
  const concerned = acting.organisation.id === organisation || acting.role === 'administrator';
  const found = useApiWhen(concerned, 'GET /organisations/{id}/approval', { params: { id: organisation } });
  const change = useChange('PUT /organisations/{id}/approval', [
    'GET /organisations/{id}/approval',
    'GET /work/{directive}/{organisation}',
  ]);
  if (!concerned || found.data === undefined) return null;
  const { required, open, editable, changedAt, changedByName } = found.data;
  const set = (next: boolean): void =>
    change.mutate(
      { params: { id: organisation }, body: { required: next } },
      {
        onSuccess: () => void showToast({ message: t(next ? 'approval.on' : 'approval.off') }),
        onError: (error) => void showToast({ message: errorText(error), kind: 'problem' }),
      },
    );
  const waiting = open !== null && open > 0;
  return (
    <Panel label={t('approval.title')}>
      <h2 style={{ marginBottom: 10 }}>{t('approval.title')}</h2>
      <Switch
        size="md"
        label={t('approval.label')}
        description={t(editable ? 'approval.hint' : 'approval.notYours')}
        checked={required}
        disabled={!editable || change.isPending}
        onChange={(event) => set(event.currentTarget.checked)}
        mb={10}
      />
      {waiting && <p className={styles['soft']}>{t(required ? 'approval.open' : 'approval.openOff', { count: open })}</p>}
      {changedAt !== null && (
        <p className={styles['soft']}>{t('approval.changed', { who: changedByName ?? '', at: formatDateTime(changedAt) })}</p>
      )}
    </Panel>
  );
}
