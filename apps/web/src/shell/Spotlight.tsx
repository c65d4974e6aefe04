import { Combobox, Modal, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiWhen } from '../api/query.ts';
import { fold } from '../i18n/format.ts';
import { Icon } from '../ui/icons.tsx';
import { useActs } from './acts.ts';
import type { NavEntry } from './room.ts';
import styles from './Spotlight.module.css';
import { useLabel } from './useLabel.ts';

interface SpotlightProps {
  opened: boolean;
  onClose: () => void;
  entries: readonly NavEntry[];
}

/** Search over everything that one may see (Ctrl K), and the way to every screen. */
export function Spotlight({ opened, onClose, entries }: SpotlightProps): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      size={640}
      yOffset="10dvh"
      padding={0}
      attributes={{ content: { 'aria-label': t('search.title') } }}
    >
      {opened && <SearchBox entries={entries} onClose={onClose} />}
    </Modal>
  );
}

function SearchBox({ entries, onClose }: { entries: readonly NavEntry[]; onClose: () => void }): ReactElement {
  const { t } = useTranslation('shell');
  const label = useLabel();
  const navigate = useNavigate();
  const combobox = useCombobox({ opened: true });
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 180);
  const found = useApiWhen(q !== '', 'GET /search', { query: { q } });
  const words = fold(typed.trim());
  const screens = entries.filter((entry) => fold(label(entry.label)).includes(words));
  const hits = q === '' ? [] : (found.data?.items ?? []);
  const acts = useActs().filter((act) => fold(act.label).includes(words));
  const go = (chosen: string): void => {
    onClose();
    const act = acts.find(({ id }) => id === chosen);
    if (act !== undefined) act.run();
    else void navigate({ href: chosen });
  };
  return (
    <Combobox store={combobox} onOptionSubmit={go} withinPortal={false}>
      <div className={styles['field']}>
        <Icon name="search" />
        <Combobox.EventsTarget>
          <input
            className={styles['input']}
            data-autofocus
            value={typed}
            placeholder={t('search.placeholder')}
            aria-label={t('search.placeholder')}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              requestAnimationFrame(() => combobox.selectFirstOption());
            }}
          />
        </Combobox.EventsTarget>
      </div>
      <Combobox.Options className={styles['options']} aria-label={t('search.results')}>
        {acts.length > 0 && (
          <Combobox.Group label={t('search.acts')}>
            {acts.map((act) => (
              <Combobox.Option key={act.id} value={act.id}>
                {act.label}
              </Combobox.Option>
            ))}
          </Combobox.Group>
        )}
        {hits.length > 0 && (
          <Combobox.Group label={t('search.results')}>
            {hits.map((hit) => (
              <Combobox.Option key={`${hit.kind} ${hit.id}`} value={hit.href}>
                <span className={styles['title']}>{hit.title}</span>
                <span className={styles['detail']}>{[t(`search.kind.${hit.kind}`), hit.subtitle].filter(Boolean).join(' · ')}</span>
              </Combobox.Option>
            ))}
          </Combobox.Group>
        )}
        {screens.length > 0 && (
          <Combobox.Group label={t('search.screens')}>
            {screens.map((entry) => (
              <Combobox.Option key={entry.to} value={entry.to}>
                {label(entry.label)}
              </Combobox.Option>
            ))}
          </Combobox.Group>
        )}
        {acts.length + hits.length + screens.length === 0 && !found.isFetching && (
          <Combobox.Option value="" disabled>
            {t('search.nothing')}
          </Combobox.Option>
        )}
      </Combobox.Options>
      {found.isError && q !== '' && <p className={styles['failed']}>{t('search.failed')}</p>}
    </Combobox>
  );
}
