import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../api.ts';

export interface Named {
  id: string;
  name: string;
}

interface Props {
  label: string;
  value: readonly Named[];
  onChange: (value: Named[]) => void;
  /** One only. */
  single?: boolean;
  required?: boolean;
  description?: string;
  error?: string | null;
}

/** Organisations found while typing, with or without diacritics; the server searches. */
export function OrganisationsField({ label, value, onChange, single = false, required = false, description, error }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed, 200);
  const found = useRead('GET /organisations', { query: { q, size: '20' } as never });
  const hits = (found.data?.items ?? []).map(({ id, name }) => ({ id, name }));
  const known = new Map([...value, ...hits].map((one) => [one.id, one.name]));
  return (
    <MultiSelect
      label={label}
      withAsterisk={required}
      description={description}
      error={error}
      searchable
      hidePickedOptions
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      data={[...known].map(([id, name]) => ({ value: id, label: name }))}
      value={value.map(({ id }) => id)}
      onChange={(ids) => onChange((single ? ids.slice(-1) : ids).map((id) => ({ id, name: known.get(id) ?? id })))}
      placeholder={single && value.length > 0 ? '' : t('check.findOrganisation')}
      nothingFoundMessage={found.isFetching ? t('check.searching') : t('check.noOrganisation')}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      maxDropdownHeight={240}
    />
  );
}
