import { Button, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DateField } from '../../ui/form/DateField.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ACTION_ROOMS, ACTIONS } from './actions.ts';
import styles from './Audit.module.css';
import type { AuditFilters } from './useAuditList.ts';

interface AuditFilterBarProps {
  filters: AuditFilters;
  narrowed: boolean;
  onChange: (part: Partial<AuditFilters>) => void;
  onClear: () => void;
}

const TYPING_PAUSE = 300;

/** What narrows the log: words (who, why), act, days, one subject. */
export function AuditFilterBar({ filters, narrowed, onChange, onClear }: AuditFilterBarProps): ReactElement {
  const { t } = useTranslation('audit');
  const groups = ACTION_ROOMS.map((room) => ({
    group: t(`room.${room}`),
    items: [
      { value: `${room}.`, label: t('filter.wholeRoom', { room: t(`room.${room}`) }) },
      ...(ACTIONS[room] ?? []).map((verb) => ({ value: `${room}.${verb}`, label: t(`action.${room}.${verb}`) })),
    ],
  }));
  return (
    <div className={`${styles['filters']} never-printed`} role="search" aria-label={t('filter.title')}>
      <TypedFilter value={filters.q} onChange={(q) => onChange({ q })} />
      <Select
        label={t('filter.action')}
        className={styles['action']}
        data={[{ value: '', label: t('filter.everyAction') }, ...groups]}
        value={filters.action}
        onChange={(action) => onChange({ action: action ?? '' })}
        searchable
        nothingFoundMessage={t('filter.noAction')}
      />
      <div className={styles['day']}>
        <DateField
          label={t('filter.from')}
          value={filters.from || null}
          onChange={(from) => onChange({ from: from ?? '' })}
          {...(filters.to !== '' && { max: filters.to })}
        />
      </div>
      <div className={styles['day']}>
        <DateField
          label={t('filter.to')}
          value={filters.to || null}
          onChange={(to) => onChange({ to: to ?? '' })}
          {...(filters.from !== '' && { min: filters.from })}
        />
      </div>
      {filters.subject !== '' && (
        <Button
          variant="light"
          rightSection={<Icon name="close" size={14} />}
          onClick={() => onChange({ subject: '' })}
          aria-label={t('filter.dropSubject')}
        >
          {t('filter.oneSubject')}
        </Button>
      )}
      {narrowed && (
        <Button variant="subtle" onClick={onClear}>
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}

/** Goes into the address after a pause in typing; what the address says otherwise (going back, clearing) is shown. */
function TypedFilter({ value, onChange }: { value: string; onChange: (value: string) => void }): ReactElement {
  const { t } = useTranslation('audit');
  const [draft, setDraft] = useState({ typed: value, from: value });
  const typed = draft.from === value ? draft.typed : value;
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = setTimeout(() => {
      setDraft({ typed, from: typed.trim() });
      onChange(typed.trim());
    }, TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextInput
      label={t('filter.words')}
      placeholder={t('filter.wordsHint')}
      className={styles['words']}
      leftSection={<Icon name="search" size={16} />}
      value={typed}
      onChange={(event) => setDraft({ typed: event.currentTarget.value, from: value })}
    />
  );
}
