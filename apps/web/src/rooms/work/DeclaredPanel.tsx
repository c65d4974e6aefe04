import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import type { RouteKey, Routes } from '../../api/contract.ts';
import { formatDate, formatDateTime } from '../../i18n/format.ts';
import { ForeignText } from '../../ui/document/ForeignText.tsx';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { useErrorText } from '../../ui/form/useErrorText.ts';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import type { Part } from './api.ts';
import styles from './Work.module.css';

export type Declaration = Routes['GET /work/{directive}/{organisation}/declarations']['output']['items'][number];

const STALE: readonly RouteKey[] = [
  'GET /work/{directive}/{organisation}/declarations',
  'GET /work/{directive}/{organisation}',
  'GET /directives/{id}/matrix',
  'GET /directives/{id}/standing',
];

/** What others put in for the agency, for it to confirm or contest; what was replaced or contested stays to be read. */
export function DeclaredPanel({ part }: { part: Part }): ReactElement | null {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const [contesting, setContesting] = useState<Declaration | null>(null);
  const list = useApi('GET /work/{directive}/{organisation}/declarations', { params: { ...part } });
  const confirm = useChange('POST /declarations/{id}/confirm', STALE);
  const contest = useChange('POST /declarations/{id}/contest', STALE);
  if (list.data === undefined || list.data.total === 0) return null;
  const { items, canDecide } = list.data;
  const open = items.filter(({ state }) => state === 'open');
  const rest = items.filter(({ state }) => state !== 'open');
  const say = (item: Declaration): void =>
    confirm.mutate(
      { params: { id: item.id }, body: {} },
      {
        onSuccess: () => void showToast({ message: t('declared.confirmed', { path: item.path }) }),
        onError: (error) => void showToast({ kind: 'problem', message: errorText(error) }),
      },
    );
  return (
    <Panel label={t('declared.title')}>
      <h2>{t('declared.title')}</h2>
      {open.length > 0 && <p>{t('declared.lead', { count: open.length })}</p>}
      {open.map((item) => (
        <DeclarationLine key={item.id} item={item}>
          {canDecide && (
            <div className={styles['row']}>
              <Button size="compact-md" loading={confirm.isPending && confirm.variables.params.id === item.id} onClick={() => say(item)}>
                {t('declared.confirm')}
              </Button>
              <Button variant="default" size="compact-md" onClick={() => setContesting(item)}>
                {t('declared.contest')}
              </Button>
            </div>
          )}
        </DeclarationLine>
      ))}
      {rest.length > 0 && (
        <details>
          <summary>{t('declared.all', { count: rest.length })}</summary>
          {rest.map((item) => (
            <DeclarationLine key={item.id} item={item} />
          ))}
        </details>
      )}
      {contesting !== null && (
        <ConfirmDialog
          opened
          onClose={() => setContesting(null)}
          title={t('declared.contestTitle', { path: contesting.path })}
          confirm={t('declared.contest')}
          reason="required"
          busy={contest.isPending}
          error={contest.error}
          onConfirm={(reason) =>
            contest.mutate(
              { params: { id: contesting.id }, body: { reason } },
              {
                onSuccess: () => {
                  showToast({ message: t('declared.contested', { path: contesting.path }) });
                  setContesting(null);
                },
              },
            )
          }
        >
          {t('declared.contestText')}
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function DeclarationLine({ item, children }: { item: Declaration; children?: ReactNode }): ReactElement {
  const { t } = useTranslation('work');
  const said = [
    t(`declared.via.${item.via}`),
    item.who,
    formatDateTime(item.saidAt),
    item.file?.name ?? item.note,
    item.done === null ? null : t(`declared.done.${item.done}`),
    item.day === null ? null : formatDate(item.day),
    item.code,
    item.remark,
    ...Object.entries(item.extra).map(([head, text]) => `${head}: ${text}`),
  ].filter((one) => one !== null);
  return (
    <article className={styles['item']} aria-label={t('declared.item', { path: item.path })}>
      <div className={styles['itemHead']}>
        <span className={styles['path']}>{item.path}</span>
        <span className={styles['chip']}>{t(`declared.state.${item.state}`)}</span>
        <span className={styles['hint']}>{t('declared.decided', { name: item.enteredByName, at: formatDateTime(item.enteredAt) })}</span>
      </div>
      <p className={styles['text']}>
        <ForeignText text={item.answer} />
      </p>
      <p className={styles['hint']}>
        <ForeignText text={said.join(' · ')} />
        {item.proof !== null && (
          <>
            {' · '}
            <a href={`/api/v1/evidence/${item.proof.id}`}>{item.proof.name}</a>
          </>
        )}
      </p>
      {item.reason !== null && (
        <p className={styles['notice']}>
          {t('declared.state.contested')}: <ForeignText text={item.reason} /> ({item.decidedByName})
        </p>
      )}
      {children}
    </article>
  );
}
