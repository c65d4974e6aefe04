import '@mantine/dates/styles.css';
import 'dayjs/locale/vi.js';
import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { parseDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';

export interface DateFieldProps {
  label: string;
  /** `2024-04-20`, or null. */
  value: string | null;
  onChange: (value: string | null) => void;
  error?: string | null;
  /** A hint such as the working days that remain. */
  description?: string;
  required?: boolean;
  disabled?: boolean;
  min?: string;
  max?: string;
  /** What was typed and is no day; null once it is one, or nothing. It stays in the field and is not told by `onChange`. */
  onWrong?: (typed: string | null) => void;
}

/** `DateField` with its calendar. */
export function CalendarField(props: DateFieldProps): ReactElement {
  const { label, value, onChange, error, description, required, disabled, min, max, onWrong } = props;
  const { t } = useTranslation('ui');
  const [wrong, setWrong] = useState(false);
  const look = (typed: string): void => {
    const day = parseDate(typed);
    const isWrong = typed.trim() !== '' && (day === null || (min !== undefined && day < min) || (max !== undefined && day > max));
    setWrong(isWrong);
    onWrong?.(isWrong ? typed : null);
  };
  return (
    <DateInput
      label={label}
      value={value}
      onChange={(next) => {
        if (wrong) look('');
        onChange(next);
      }}
      // A day that does not exist stays as it was typed where somebody keeps it from being passed over; else the one before comes back.
      fixOnBlur={onWrong === undefined}
      onBlur={(event) => look(event.currentTarget.value)}
      error={wrong ? t('date.wrong') : error}
      description={description}
      required={required ?? false}
      disabled={disabled ?? false}
      minDate={min ?? (undefined as never)}
      maxDate={max ?? (undefined as never)}
      valueFormat="D/M/YYYY"
      dateParser={parseDate}
      firstDayOfWeek={1}
      weekendDays={[0, 6]}
      locale={currentLanguage()}
      placeholder={t('date.placeholder')}
      clearable={required !== true}
      clearButtonProps={{ 'aria-label': t('date.clear') }}
      popoverProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
