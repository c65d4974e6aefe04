import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../../api/contract.ts';
import { OrganisationPicker } from '../../../ui/form/OrganisationPicker.tsx';
import { KINDS } from '../api.ts';
import type { Kind } from '../api.ts';
import styles from '../Organisations.module.css';

export interface Founding {
  kind: Kind;
  name: string;
  parent: OrganisationHit | null;
}

/** Several organisations, one by one. */
export function Chooser({
  label,
  chosen,
  onChange,
}: {
  label: string;
  chosen: readonly OrganisationHit[];
  onChange: (chosen: readonly OrganisationHit[]) => void;
}): ReactElement {
  const { t } = useTranslation('organisations');
  return (
    <div>
      <OrganisationPicker
        label={label}
        value={null}
        onChange={(one) => one !== null && !chosen.some(({ id }) => id === one.id) && onChange([...chosen, one])}
      />
      <div className={styles['chosen']}>
        {chosen.map((one) => (
          <Button
            key={one.id}
            size="compact-sm"
            variant="default"
            onClick={() => onChange(chosen.filter(({ id }) => id !== one.id))}
            aria-label={t('group.unchoose', { name: one.name })}
          >
            {one.name} ×
          </Button>
        ))}
      </div>
    </div>
  );
}

/** A successor that comes into being by the act itself. */
export function FoundFields({ founds, onChange }: { founds: Founding | null; onChange: (founds: Founding | null) => void }): ReactElement {
  const { t } = useTranslation('organisations');
  const set = (part: Partial<Founding>): void => {
    if (founds !== null) onChange({ ...founds, ...part });
  };
  return (
    <div className={styles['stack']}>
      <Checkbox
        label={t('reorganise.founds')}
        checked={founds !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? { kind: 'commune', name: '', parent: null } : null)}
      />
      {founds !== null && (
        <>
          <div className={styles['pair']}>
            <Select
              label={t('field.kind')}
              data={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              value={founds.kind}
              onChange={(kind) => set({ kind: kind as Kind })}
            />
            <TextInput
              label={t('field.officialName')}
              required
              value={founds.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
          </div>
          <OrganisationPicker label={t('field.parent')} required value={founds.parent} onChange={(parent) => set({ parent })} />
        </>
      )}
    </div>
  );
}
