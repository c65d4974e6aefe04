import { ZONE } from '@vonggac/kernel';

export const REMINDER_WAYS = ['app', 'mail', 'text', 'call'] as const;
export type ReminderWay = (typeof REMINDER_WAYS)[number];
export type Delivery = 'none' | 'waiting' | 'sent' | 'failed' | 'dropped';

/** After so many failures a mail is given up and shown as failed. */
export const ATTEMPTS = 10;
/** What is found wrong when a mail goes out: nobody to send it to, nothing open any more. It is not tried again. */
export const DROPPED = 1000;

/** When a mail that failed `attempts` times is tried again: 1, 2, 4 … minutes, at most 6 hours. @unit minutes */
export function backoffMinutes(attempts: number): number {
  return Math.min(2 ** Math.max(0, attempts - 1), 360);
}

export function deliveryOf(row: { sentAt: string | null; attempts: number } | null): Delivery {
  if (row === null) return 'none';
  if (row.sentAt !== null) return 'sent';
  if (row.attempts >= DROPPED) return 'dropped';
  return row.attempts >= ATTEMPTS ? 'failed' : 'waiting';
}

/** `ĐĐ-2024-0001`: the number of a reminder of an authority within a year. */
export function ticketOf(year: number, number: number): string {
  return `ĐĐ-${year}-${String(number).padStart(4, '0')}`;
}

export function yearOf(instant: Temporal.Instant): number {
  return instant.toZonedDateTimeISO(ZONE).year;
}
