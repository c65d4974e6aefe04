import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiWhen } from '../../api/query.ts';

export interface Chosen {
  id: string;
  name: string;
}

interface AssetChoiceProps {
  unit: string | null;
  value: Chosen | null;
  onChange: (asset: Chosen | null) => void;
  /** Machines only, not ranges and domains too. */
  hostsOnly?: boolean;
}

/** One machine of a unit's register (or a range or domain of it), found by name or address; none is fine. */
export function AssetChoice({ unit, value, onChange, hostsOnly = false }: AssetChoiceProps): ReactElement {
  const { t } = useTranslation('intelligence');
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed === value?.name ? '' : typed, 200);
  const query = { q, size: 20, state: 'approved', organisation: unit ?? '', ...(hostsOnly && { kind: 'host' }) };
  const found = useApiWhen(unit !== null, 'GET /assets', { query: query as never });
  const options = (found.data?.items ?? [])
    .filter(({ kind }) => kind !== 'system')
    .map(({ id, name, value: address }) => ({ value: id, label: address === null || address === name ? name : `${name} (${address})` }));
  const all =
    value === null || options.some((one) => one.value === value.id) ? options : [{ value: value.id, label: value.name }, ...options];
  return (
    <Select
      label={t('assign.asset')}
      description={t('assign.assetHint')}
      data={all}
      value={value?.id ?? null}
      disabled={unit === null}
      placeholder={unit === null ? t('assign.unitFirst') : undefined}
      searchable
      clearable
      filter={({ options: given }) => given}
      onSearchChange={setTyped}
      nothingFoundMessage={t('assign.noAsset')}
      onChange={(id) => onChange(id === null ? null : { id, name: all.find((one) => one.value === id)?.label ?? '' })}
    />
  );
}
