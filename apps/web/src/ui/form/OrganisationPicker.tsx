import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../api/contract.ts';
import { useApi } from '../../api/query.ts';
import styles from './Form.module.css';

interface OrganisationPickerProps {
  label: string;
  value: OrganisationHit | null;
  onChange: (value: OrganisationHit | null) => void;
  error?: string | null;
  required?: boolean;
  description?: string;
}

const SIZE = 20;

/** One organisation, found while typing with or without diacritics; namesakes are told apart by their district or province. */
export function OrganisationPicker({ label, value, onChange, error, required, description }: OrganisationPickerProps): ReactElement {
  const { t } = useTranslation('ui');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const [q] = useDebouncedValue(typed ?? '', 200);
  const found = useApi('GET /organisations', { query: { q, size: SIZE } });
  const rows = found.data?.items ?? [];
  const choose = (id: string): void => {
    onChange(rows.find((row) => row.id === id) ?? null);
    setTyped(null);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} transitionProps={{ duration: 0 }}>
      <Combobox.Target>
        <TextInput
          label={label}
          description={description}
          error={error}
          required={required ?? false}
          value={typed ?? (value === null ? '' : describe(value))}
          placeholder={t('organisation.placeholder')}
          rightSection={found.isFetching && typed !== null ? <Loader size={16} /> : null}
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
        <Combobox.Options aria-label={label} mah={280} style={{ overflowY: 'auto' }}>
          {rows.map((row) => (
            <Combobox.Option key={row.id} value={row.id}>
              <span className={styles['option']}>{row.name}</span>
              {row.context !== null && !row.name.includes(row.context) && <span className={styles['context']}>{row.context}</span>}
            </Combobox.Option>
          ))}
          {rows.length === 0 && !found.isFetching && (
            <Combobox.Option value="" disabled>
              {t('organisation.none')}
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function describe({ name, context }: OrganisationHit): string {
  return context === null || name.includes(context) ? name : `${name} · ${context}`;
}
