import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../../api/query.ts';
import { fold, formatDateTime, formatNumber } from '../../../i18n/format.ts';
import { useErrorText } from '../../../ui/form/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import { EmptyState, ErrorState, LoadingLines, Panel } from '../../../ui/page/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { saveBlob } from '../../standing/sheets/saveBlob.ts';
import styles from '../../standing/sheets/Sheets.module.css';

/** Which findings: what the page was opened for, the newest list alone, or all that are open. */
function useRange(): { value: string; offers: { value: string; label: string }[]; set: (value: string) => void; choice: object } {
  const { t } = useTranslation('findings');
  const { list, directive } = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const given = list !== undefined ? 'ofList' : directive !== undefined ? 'ofDirective' : null;
  const [value, set] = useState<string>(given ?? 'allOpen');
  const offers = [...(given === null ? [] : [given]), 'newest', 'allOpen'].map((one) => ({ value: one, label: t(`sheets.${one}`) }));
  const choice = value === 'newest' ? { newest: true } : value === 'ofList' ? { list } : value === 'ofDirective' ? { directive } : {};
  return { value, offers, set, choice };
}

/** Chosen organisations, or all that have open findings: one .xlsx each. */
export function SheetsOut(): ReactElement {
  const { t } = useTranslation('findings');
  const { organisation } = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const range = useRange();
  const asked = 'newest' in range.choice ? { newest: 'true' } : range.choice;
  const list = useApi('GET /finding-sheets', { query: asked });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(organisation === undefined ? [] : [organisation]));
  const [q, setQ] = useState('');
  const errorText = useErrorText();
  const make = useChange('POST /finding-sheets', ['GET /finding-sheets']);
  if (list.data === undefined)
    return (
      <Panel label={t('sheets.out')}>
        {list.error === null ? <LoadingLines lines={5} /> : <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      </Panel>
    );
  const { items } = list.data;
  const picked = items.filter((item) => chosen.has(item.organisation.id));
  const count = picked.length === 0 ? items.length : picked.length;
  const shown = items.filter((item) => fold(item.organisation.name).includes(fold(q.trim())));
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const send = (): void =>
    make.mutate(
      { body: { ...range.choice, ...(picked.length === 0 ? {} : { organisations: picked.map((item) => item.organisation.id) }) } },
      {
        onSuccess: (blob) => {
          const one = count === 1 ? (picked[0] ?? items[0])?.organisation.name : undefined;
          saveBlob(blob, one === undefined ? `${t('sheets.zipName')}.zip` : `${one}.xlsx`);
          showToast({ message: t('sheets.made', { count }) });
        },
        onError: (error) => void showToast({ kind: 'problem', message: errorText(error) }),
      },
    );
  return (
    <Panel label={t('sheets.out')}>
      <h2>{t('sheets.out')}</h2>
      <p className={styles['hint']}>{t('sheets.outHint')}</p>
      <Select
        label={t('sheets.list')}
        data={range.offers}
        value={range.value}
        allowDeselect={false}
        onChange={(value) => range.set(value ?? 'allOpen')}
      />
      {items.length === 0 ? (
        <EmptyState title={t('sheets.nobody')} why={t('sheets.nobodyWhy')} />
      ) : (
        <>
          <div className={styles['row']}>
            <TextInput
              aria-label={t('sheets.filter')}
              placeholder={t('sheets.filter')}
              value={q}
              onChange={(event) => setQ(event.currentTarget.value)}
            />
            <Button leftSection={<Icon name="download" />} loading={make.isPending} onClick={send}>
              {t(picked.length === 0 ? 'sheets.makeAll' : 'sheets.makeChosen', { count })}
            </Button>
          </div>
          <ul className={styles['agencies']}>
            {shown.map((item) => (
              <li key={item.organisation.id}>
                <Checkbox
                  checked={chosen.has(item.organisation.id)}
                  onChange={() => toggle(item.organisation.id)}
                  label={item.organisation.name}
                />
                <span className={styles['hint']}>
                  {[
                    t('sheets.open', { count: item.open, shown: formatNumber(item.open) }),
                    item.account ? null : t('sheets.noAccount'),
                    item.lastIssued === null ? null : t('sheets.issued', { at: formatDateTime(item.lastIssued) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
