import { TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { ReactElement } from 'react';
import { formatDate } from '../../i18n/format.ts';
import type { DateFieldProps } from './CalendarField.tsx';

const CalendarField = lazy(async () => ({ default: (await import('./CalendarField.tsx')).CalendarField }));

/** A day, typed as 20/4/2024 or chosen from a calendar whose week begins on Monday. The calendar is heavy and comes when a field is shown. */
export function DateField(props: DateFieldProps): ReactElement {
  return (
    <Suspense fallback={<Waiting {...props} />}>
      <CalendarField {...props} />
    </Suspense>
  );
}

/** The same field for the moment until it can be typed into, so that nothing jumps. */
function Waiting({ label, value, description, required }: DateFieldProps): ReactElement {
  return (
    <TextInput
      label={label}
      value={value === null ? '' : formatDate(value)}
      description={description}
      required={required ?? false}
      readOnly
    />
  );
}
