import '@mantine/dates/styles.css';
import 'dayjs/locale/vi.js';
import { DateInput } from '@mantine/dates';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { parseDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';

interface DateFieldProps {
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
}

/** A day, typed as 20/4/2024 or chosen from a calendar whose week begins on Monday. */
export function DateField({ label, value, onChange, error, description, required, disabled, min, max }: DateFieldProps): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <DateInput
      label={label}
      value={value}
      onChange={onChange}
      error={error}
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
