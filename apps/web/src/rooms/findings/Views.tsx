import { Button, Modal, TextInput } from '@mantine/core';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { Icon } from '../../ui/icons.tsx';
import styles from './Findings.module.css';

type Search = Readonly<Record<string, string | undefined>>;

const PRESETS: readonly { id: string; search: Search }[] = [
  { id: 'open', search: {} },
  { id: 'newest', search: { newest: 'true' } },
  { id: 'again', search: { verdict: 'seen-again' } },
  { id: 'overdue', search: { due: 'overdue' } },
  { id: 'waiting', search: { waiting: 'true', state: 'all' } },
  { id: 'cleaned', search: { cleaned: 'true', state: 'all' } },
  { id: 'unverified', search: { state: 'answered', verdict: 'unverified' } },
];
const PLACE = 'vonggac.findings.views';

interface Saved {
  name: string;
  search: Search;
}

function readSaved(): Saved[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '[]');
    return Array.isArray(kept)
      ? (kept as Saved[]).filter(({ name, search }) => typeof name === 'string' && typeof search === 'object')
      : [];
  } catch {
    return [];
  }
}

function writeSaved(saved: readonly Saved[]): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(saved));
  } catch {
    // A browser that keeps nothing shows them until the page is left.
  }
}

/** What narrows and orders, without the page: two addresses that show the same list are equal. */
const essence = (search: Search): string =>
  JSON.stringify(
    Object.entries(search)
      .filter(([name, value]) => !['page', 'size'].includes(name) && value !== undefined && value !== '')
      .toSorted(),
  );

/** The usual questions as one click, and those that this browser was told to keep. */
export function Views({ side }: { side: 'overseer' | 'own' | null }): ReactElement {
  const { t } = useTranslation('findings');
  const search = useSearch({ strict: false }) as Search;
  const [saved, setSaved] = useState(readSaved);
  const [naming, setNaming] = useState(false);
  const keep = (next: Saved[]): void => {
    setSaved(next);
    writeSaved(next);
  };
  const now = essence(search);
  const known = [...PRESETS, ...saved].some((one) => essence(one.search) === now);
  const pill = (name: string, to: Search): ReactElement => (
    <Link
      to={'/findings' as never}
      search={to as never}
      className={styles['view']}
      activeOptions={{ exact: true, includeSearch: true }}
      aria-current={essence(to) === now ? 'page' : undefined}
    >
      {name}
    </Link>
  );
  return (
    <nav className={`${styles['views']} never-printed`} aria-label={t('views')}>
      {PRESETS.map(({ id, search: to }) => (
        <span key={id}>{pill(t(`view.${id}`), to)}</span>
      ))}
      {saved.map(({ name, search: to }) => (
        <span key={name}>
          {pill(name, to)}
          <button
            type="button"
            className={styles['remove']}
            aria-label={t('action.forget', { name })}
            onClick={() => keep(saved.filter((one) => one.name !== name))}
          >
            <Icon name="close" size={12} />
          </button>
        </span>
      ))}
      {!known && (
        <Button variant="subtle" size="xs" onClick={() => setNaming(true)}>
          {t('action.keep')}
        </Button>
      )}
      <span className={styles['spring']} />
      {side !== null && pill(t(side === 'own' ? 'view.overseen' : 'view.own'), { side: side === 'own' ? 'overseer' : 'own' })}
      {naming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onName={(name) => keep([...saved.filter((one) => one.name !== name), { name, search }])}
        />
      )}
    </nav>
  );
}

function NameDialog({ onClose, onName }: { onClose: () => void; onName: (name: string) => void }): ReactElement {
  const { t } = useTranslation('findings');
  const { t: ui } = useTranslation('ui');
  const [name, setName] = useState('');
  const keep = (): void => {
    onName(name.trim());
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('action.keep')} closeButtonProps={{ 'aria-label': ui('close') }}>
      <Form onSubmit={keep} error={null} places={[]}>
        <TextInput
          label={t('field.viewName')}
          required
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''}>
            {t('action.keepIt')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
