import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../../api/contract.ts';
import { api } from '../../../api/client.ts';
import { OrganisationPicker } from '../../../ui/form/OrganisationPicker.tsx';
import type { Kind } from '../api.ts';
import styles from '../Organisations.module.css';

interface Props {
  label: string;
  chosen: readonly OrganisationHit[];
  onChange: (chosen: readonly OrganisationHit[]) => void;
  on?: string | undefined;
}

/** Several organisations: one by one, or all of a kind at once. */
export function MemberPicker({ label, chosen, onChange, on }: Props): ReactElement {
  const { t } = useTranslation('organisations');
  const add = (some: readonly OrganisationHit[]): void =>
    onChange([...chosen, ...some.filter(({ id }) => !chosen.some((one) => one.id === id))]);
  const addKind = async (kind: Kind): Promise<void> => add((await api('GET /organisations', { query: { kind, on, size: 500 } })).items);
  return (
    <div>
      <OrganisationPicker label={label} value={null} onChange={(one) => one !== null && add([one])} />
      <div className={styles['chosen']}>
        {(['department', 'district', 'commune', 'operator'] as const).map((kind) => (
          <Button key={kind} size="compact-sm" variant="light" onClick={() => void addKind(kind)}>
            {t('group.addKind', { kind: t(`kind.${kind}`) })}
          </Button>
        ))}
      </div>
      {chosen.length > 0 && <p className={styles['soft']}>{t('group.chosen', { count: chosen.length })}</p>}
      <div className={styles['chosen']} style={{ maxHeight: 180, overflowY: 'auto' }}>
        {chosen.map((one) => (
          <Button
            key={one.id}
            size="compact-sm"
            variant="default"
            onClick={() => onChange(chosen.filter(({ id }) => id !== one.id))}
            title={t('group.unchoose', { name: one.name })}
          >
            {one.name} ×
          </Button>
        ))}
      </div>
    </div>
  );
}
