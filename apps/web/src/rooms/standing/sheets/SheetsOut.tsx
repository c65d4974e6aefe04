import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../../api/query.ts';
import { formatDateTime, formatNumber } from '../../../i18n/format.ts';
import { useErrorText } from '../../../ui/form/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import { EmptyState, ErrorState, LoadingLines, Panel } from '../../../ui/page/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { saveBlob } from './saveBlob.ts';
import styles from './Sheets.module.css';

/** Marks and case of Vietnamese do not matter in a search. */
const bare = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/gu, 'd').toLowerCase();

/** Chosen agencies, or all that have something to answer: one .xlsx each. */
export function SheetsOut({ directive, code, disabled }: { directive: string; code: string | null; disabled: boolean }): ReactElement {
  const { t } = useTranslation('standing');
  const list = useApi('GET /directives/{id}/answer-sheets', { params: { id: directive } });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [q, setQ] = useState('');
  const errorText = useErrorText();
  const make = useChange('POST /directives/{id}/answer-sheets', ['GET /directives/{id}/answer-sheets']);
  if (list.data === undefined)
    return (
      <Panel label={t('sheets.out')}>
        {list.error === null ? <LoadingLines lines={5} /> : <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      </Panel>
    );
  const { items } = list.data;
  const shown = items.filter(({ name }) => bare(name).includes(bare(q.trim())));
  const count = chosen.size === 0 ? items.length : chosen.size;
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const send = (): void =>
    make.mutate(
      { params: { id: directive }, body: chosen.size === 0 ? {} : { organisations: [...chosen] } },
      {
        onSuccess: (blob) => {
          const name =
            count === 1
              ? (items.find(({ organisation }) => chosen.size === 0 || chosen.has(organisation))?.name ?? '')
              : t('sheets.zipName');
          saveBlob(blob, `${name} - ${code ?? ''}.${count === 1 ? 'xlsx' : 'zip'}`);
          showToast({ message: t('sheets.made', { count }) });
        },
        onError: (error) => void showToast({ kind: 'problem', message: errorText(error) }),
      },
    );
  return (
    <Panel label={t('sheets.out')}>
      <h2>{t('sheets.out')}</h2>
      <p className={styles['hint']}>{t('sheets.outHint')}</p>
      {items.length === 0 ? (
        <EmptyState title={t('sheets.nobody')} why={t('sheets.nobodyWhy')} />
      ) : (
        <>
          <div className={styles['row']}>
            <TextInput
              aria-label={t('filter.q')}
              placeholder={t('filter.q')}
              value={q}
              onChange={(event) => setQ(event.currentTarget.value)}
            />
            <Button leftSection={<Icon name="download" />} loading={make.isPending} disabled={disabled} onClick={send}>
              {chosen.size === 0 ? t('sheets.makeAll', { count }) : t('sheets.makeChosen', { count })}
            </Button>
          </div>
          <ul className={styles['agencies']}>
            {shown.map((item) => (
              <li key={item.organisation}>
                <Checkbox checked={chosen.has(item.organisation)} onChange={() => toggle(item.organisation)} label={item.name} />
                <span className={styles['hint']}>
                  {t('sheets.open', { count: item.open, shown: formatNumber(item.open) })}
                  {item.lastIssued !== null &&
                    ` · ${t(item.used ? 'sheets.cameBack' : 'sheets.issued', { at: formatDateTime(item.lastIssued) })}`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
