import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { queryKeyOf } from '../../api/query.ts';
import { useErrorText } from '../../ui/form/useErrorText.ts';

export interface Subscriber {
  id: string;
  name: string;
}

const LEAST = 3;

/** The unit that an operator's subscriber is, by its official name: searches are few and on record, so one waits until typing rests. */
export function SubscriberPicker({
  finding,
  value,
  onChange,
  error,
}: {
  finding: string;
  value: Subscriber | null;
  onChange: (value: Subscriber | null) => void;
  error: string | null;
}): ReactElement {
  const { t } = useTranslation('findings');
  const errorText = useErrorText();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const [q] = useDebouncedValue((typed ?? '').trim(), 600);
  const ready = q.replaceAll(/[^\p{L}\p{N}]/gu, '').length >= LEAST;
  const input = { params: { id: finding }, query: { q } };
  const found = useQuery({
    queryKey: queryKeyOf('GET /findings/{id}/subscribers', input),
    queryFn: async () => await api('GET /findings/{id}/subscribers', input),
    enabled: ready,
    // The same is not asked twice, not even when the window comes to the front again.
    staleTime: Infinity,
  });
  const rows = ready ? (found.data?.items ?? []) : [];
  const choose = (id: string): void => {
    onChange(rows.find((row) => row.id === id) ?? null);
    setTyped(null);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} transitionProps={{ duration: 0 }}>
      <Combobox.Target>
        <TextInput
          label={t('subscriber.label')}
          description={t('subscriber.hint')}
          error={error ?? (found.error === null ? null : errorText(found.error))}
          value={typed ?? value?.name ?? ''}
          rightSection={found.isFetching ? <Loader size={16} /> : null}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            if (event.currentTarget.value === '') onChange(null);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown();
            setTyped(null);
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={t('subscriber.label')} mah={280} style={{ overflowY: 'auto' }}>
          {rows.map((row) => (
            <Combobox.Option key={row.id} value={row.id}>
              {row.name}
            </Combobox.Option>
          ))}
          {rows.length === 0 && !found.isFetching && (
            <Combobox.Option value="" disabled>
              {t(ready ? 'subscriber.none' : 'subscriber.more')}
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
