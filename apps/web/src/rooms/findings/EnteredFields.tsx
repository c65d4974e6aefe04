import { Select, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/error.ts';
import { useSession } from '../../api/session.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { TimeField } from '../../ui/form/TimeField.tsx';
import type { Finding } from './api.ts';
import styles from './Findings.module.css';

const VIAS = ['phone', 'paper', 'mail', 'chat'] as const;
type Via = (typeof VIAS)[number];

/** The word stands in a sentence elsewhere. */
const capital = (word: string): string => word.charAt(0).toLocaleUpperCase() + word.slice(1);

/** How an answer came that is put in for another organisation. */
export interface Source {
  via: Via;
  who: string;
  day: string | null;
  time: string | null;
  note: string;
}

export const emptySource = (today: string): Source => ({ via: 'phone', who: '', day: today, time: null, note: '' });

export const isToldWhence = ({ who, day, time }: Source): boolean => who.trim() !== '' && day !== null && time !== null;

/** What the API takes: times are those of Vietnam. */
export const enteredBy = ({ via, who, day, time, note }: Source): object => ({
  via,
  who: who.trim(),
  at: `${day}T${time}:00+07:00`,
  ...(note.trim() === '' ? {} : { note: note.trim() }),
});

/** The organisations for which an answer would be put in, of these findings. */
export function useForeign(findings: readonly Finding[]): readonly string[] {
  const { acting } = useSession();
  const foreign = findings.filter(({ organisation }) => organisation.id !== acting.organisation.id);
  return [...new Map(foreign.map(({ organisation }) => [organisation.id, organisation.name])).values()];
}

/** Nhập thay: who at the organisation said it, by which way and when. */
export function EnteredFields({
  unit,
  source,
  set,
  error,
}: {
  unit: string;
  source: Source;
  set: (part: Partial<Source>) => void;
  error: ApiError | null;
}): ReactElement {
  const { t } = useTranslation('findings');
  const { today } = useSession();
  return (
    <fieldset className={styles['entered']}>
      <legend>{t('entered.for', { unit })}</legend>
      <p className={styles['soft']}>{t('entered.hint')}</p>
      <div className={styles['three']}>
        <Select
          label={t('entered.via')}
          data={VIAS.map((value) => ({ value, label: capital(t(`entered.way.${value}`)) }))}
          value={source.via}
          allowDeselect={false}
          onChange={(via) => set({ via: via as Via })}
        />
        <DateField label={t('entered.day')} value={source.day} max={today} required onChange={(day) => set({ day })} />
        <TimeField
          label={t('entered.time')}
          value={source.time}
          required
          onChange={(time) => set({ time })}
          error={fieldError(error, 'at') ?? fieldError(error, 'entered.at')}
        />
      </div>
      <TextInput
        label={t('entered.who')}
        description={t('entered.whoHint')}
        value={source.who}
        maxLength={120}
        required
        onChange={(event) => set({ who: event.currentTarget.value })}
        error={fieldError(error, 'who')}
      />
      <TextInput
        label={t('entered.note')}
        description={t('entered.noteHint')}
        value={source.note}
        maxLength={300}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </fieldset>
  );
}
