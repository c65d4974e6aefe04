import { MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/error.ts';
import { useApi } from '../../api/query.ts';
import { fieldError } from '../../ui/form/fieldError.ts';
import { TimeField } from '../../ui/form/TimeField.tsx';
import { INTERVALS, RELAPSES, ROLES, WEEKDAYS } from './api.ts';
import type { RuleInput } from './api.ts';
import styles from './Notices.module.css';

export interface Part {
  input: RuleInput;
  set: (next: Partial<RuleInput>) => void;
  error: ApiError | null;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** When it runs. */
export function When({ input, set, error }: Part): ReactElement {
  const { t } = useTranslation('notices');
  const { interval, hour, minute, weekday, monthday } = input;
  return (
    <fieldset className={styles['group']}>
      <legend>{t('group.when')}</legend>
      <div className={styles['pair']}>
        <NativeSelect
          label={t('field.interval')}
          data={INTERVALS.map((value) => ({ value, label: t(`interval.${value}`) }))}
          value={interval}
          onChange={(event) => set({ interval: event.currentTarget.value as RuleInput['interval'] })}
        />
        {interval === 'weekly' && (
          <NativeSelect
            label={t('field.weekday')}
            data={WEEKDAYS.map((value) => ({ value: String(value), label: t(`weekday.${value}`) }))}
            value={String(weekday)}
            onChange={(event) => set({ weekday: Number(event.currentTarget.value) })}
          />
        )}
        {interval === 'monthly' && (
          <Count
            label={t('field.monthday')}
            hint={t('field.monthdayHint')}
            value={monthday}
            onChange={(next) => set({ monthday: next })}
            error={fieldError(error, 'monthday')}
          />
        )}
        {interval !== 'list' && (
          <TimeField
            label={t('field.time')}
            value={`${two(hour)}:${two(minute)}`}
            onChange={(value) => {
              const [h = 0, m = 0] = (value ?? '08:00').split(':').map(Number);
              set({ hour: h, minute: m });
            }}
            error={fieldError(error, 'hour')}
            required
          />
        )}
      </div>
    </fieldset>
  );
}

/** From how many on, and how soon again. */
export function Threshold({ input, set, error }: Part): ReactElement {
  const { t } = useTranslation('notices');
  return (
    <fieldset className={styles['group']}>
      <legend>{t('group.many')}</legend>
      <div className={styles['pair']}>
        <Count
          label={t('field.threshold')}
          hint={t('field.thresholdHint')}
          value={input.threshold}
          onChange={(threshold) => set({ threshold })}
          error={fieldError(error, 'threshold')}
        />
        <Count
          label={t('field.quietDays')}
          hint={t('field.quietDaysHint')}
          value={input.quietDays}
          onChange={(quietDays) => set({ quietDays })}
          error={fieldError(error, 'quietDays')}
        />
        <NativeSelect
          label={t('field.relapse')}
          data={RELAPSES.map((value) => ({ value, label: t(`relapseChoice.${value}`) }))}
          value={input.relapse}
          onChange={(event) => set({ relapse: event.currentTarget.value as RuleInput['relapse'] })}
        />
        {input.relapse === 'after' && (
          <Count
            label={t('field.relapseDays')}
            value={input.relapseDays}
            onChange={(relapseDays) => set({ relapseDays })}
            error={fieldError(error, 'relapseDays')}
          />
        )}
      </div>
    </fieldset>
  );
}

/** Whose contact gets it, and whether it belongs to an exercise. */
export function Receivers({ input, set, error }: Part): ReactElement {
  const { t } = useTranslation('notices');
  const drills = useApi('GET /exercises', { query: { size: 100 } });
  const open = (drills.data?.items ?? []).filter(({ state, id }) => state !== 'over' || id === input.exercise);
  return (
    <fieldset className={styles['group']}>
      <legend>{t('group.who')}</legend>
      <MultiSelect
        label={t('field.roles')}
        description={t('field.rolesHint')}
        data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        value={[...input.roles]}
        onChange={(roles) => set({ roles: roles as RuleInput['roles'] })}
        error={fieldError(error, 'roles')}
        required
      />
      {open.length > 0 && (
        <NativeSelect
          label={t('field.exercise')}
          description={t('field.exerciseHint')}
          data={[{ value: '', label: t('field.noExercise') }, ...open.map(({ id, name }) => ({ value: id, label: name }))]}
          value={input.exercise ?? ''}
          onChange={(event) => set({ exercise: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        />
      )}
    </fieldset>
  );
}

interface CountProps {
  label: string;
  hint?: string;
  value: number;
  onChange: (value: number) => void;
  error?: string | null;
}

function Count({ label, hint, value, onChange, error }: CountProps): ReactElement {
  return (
    <TextInput
      label={label}
      description={hint}
      inputMode="numeric"
      value={String(value)}
      onChange={(event) => onChange(Number(event.currentTarget.value.replace(/\D/g, '').slice(0, 6)))}
      error={error}
    />
  );
}
