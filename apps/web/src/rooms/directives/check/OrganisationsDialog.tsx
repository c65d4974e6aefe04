import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { FormButtons } from '../../../ui/form/index.ts';
import styles from '../Directives.module.css';
import { useLocal } from '../useLocal.ts';
import { OrganisationsField } from './OrganisationsField.tsx';
import type { Named } from './OrganisationsField.tsx';

interface Props {
  title: string;
  why: { vi: string; en: string } | null;
  value: readonly Named[];
  onClose: () => void;
  onChange: (ids: string[]) => void;
}

/** Who a phrase meant, to read through and to change for this document alone. */
export function OrganisationsDialog({ title, why, value, onClose, onChange }: Props): ReactElement {
  const { t } = useTranslation('directives');
  const local = useLocal();
  const [list, setList] = useState<Named[]>([...value]);
  const [added, setAdded] = useState<Named[]>([]);
  const ids = [...new Set([...list, ...added].map(({ id }) => id))];
  const changed = ids.length !== value.length || value.some(({ id }) => !ids.includes(id));
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <div className={styles['dialog']}>
        {why !== null && <p className={styles['hint']}>{local(why)}</p>}
        <ol className={styles['named']}>
          {list.map((one) => (
            <li key={one.id}>
              <span>{one.name}</span>
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t('check.leaveOut', { name: one.name })}
                onClick={() => setList(list.filter(({ id }) => id !== one.id))}
              >
                {t('ui:remove')}
              </Button>
            </li>
          ))}
        </ol>
        <OrganisationsField label={t('check.addOrganisations')} value={added} onChange={setAdded} />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:close')}
          </Button>
          <Button
            disabled={!changed || ids.length === 0}
            onClick={() => {
              onChange(ids);
              onClose();
            }}
          >
            {t('check.useForThis')}
          </Button>
        </FormButtons>
      </div>
    </Modal>
  );
}
