import { NativeSelect } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useApi, useChange } from '../../api/query.ts';
import { useErrorText } from '../../ui/form/index.ts';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Notifications.module.css';

type Label = Routes['GET /labels']['output']['items'][number]['label'];
const LABELS: readonly Label[] = ['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR'];

/** The TLP label of each kind of thing that leaves, for an administrator. */
export function LabelsPanel(): ReactElement | null {
  const { t } = useTranslation('notifications');
  const text = useErrorText();
  const { data } = useApi('GET /labels');
  const put = useChange('PUT /labels', ['GET /labels']);
  if (data === undefined) return null;
  return (
    <Panel label={t('labels.title')}>
      <h2 className={styles['heading']}>{t('labels.title')}</h2>
      <p className={styles['from']}>{t(data.can.write ? 'labels.lead' : 'labels.onlyWhole')}</p>
      <div className={styles['labels']}>
        {data.items.map(({ kind, label, usual }) => (
          <NativeSelect
            key={kind}
            label={t(`labels.kind.${kind}`)}
            description={label === usual ? undefined : t('labels.usual', { label: usual })}
            value={label}
            disabled={!data.can.write || put.isPending}
            data={LABELS.map((one) => ({ value: one, label: t(`labels.means.${one}`) }))}
            onChange={(event) =>
              put.mutate(
                { body: { kind, label: event.currentTarget.value as Label } },
                {
                  onSuccess: () => showToast({ message: t('labels.done') }),
                  onError: (error) => showToast({ kind: 'problem', message: text(error) ?? '' }),
                },
              )
            }
          />
        ))}
      </div>
    </Panel>
  );
}
