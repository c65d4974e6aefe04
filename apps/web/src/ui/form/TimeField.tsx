import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface TimeFieldProps {
  label: string;
  /** `14:32`, or null. */
  value: string | null;
  onChange: (value: string | null) => void;
  error?: string | null;
  required?: boolean;
  /** What was typed and is no time of day; null once it is one, or nothing. It stays in the field and is not told by `onChange`. */
  onWrong?: (typed: string | null) => void;
}

/** A time of day on the 24-hour clock; `1432`, `14h32` and `14.32` are understood too. */
export function TimeField({ label, value, onChange, error, required = false, onWrong }: TimeFieldProps): ReactElement {
  const { t } = useTranslation('ui');
  const [typed, setTyped] = useState(value ?? '');
  const [wrong, setWrong] = useState(false);
  const leave = (): void => {
    const time = parseTime(typed);
    const isWrong = typed.trim() !== '' && time === null;
    setWrong(isWrong);
    onWrong?.(isWrong ? typed : null);
    if (time !== null) setTyped(time);
    if (!isWrong) onChange(time);
  };
  return (
    <TextInput
      label={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={leave}
      error={wrong ? t('time.wrong') : error}
      required={required}
      placeholder="14:32"
      inputMode="numeric"
    />
  );
}

/** `7h05`, `0705`, `7:05` → `07:05`; null for what is no time of day. */
export function parseTime(typed: string): string | null {
  const match = /^\s*(\d{1,2})(?:[:h.g]?(\d{2}))?\s*h?\s*$/i.exec(typed);
  if (match === null) return null;
  const [, hour = '', minute = '00'] = match;
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}
