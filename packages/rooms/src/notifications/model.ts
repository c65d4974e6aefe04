import { type Text, ZONE } from '@vonggac/kernel';

export const REMINDER_WAYS = ['app', 'mail', 'text', 'call'] as const;
export type ReminderWay = (typeof REMINDER_WAYS)[number];
export type Delivery = 'none' | 'waiting' | 'sent' | 'failed' | 'dropped';

/** After so many failures a mail is given up and shown as failed. */
export const ATTEMPTS = 10;
/** What is found wrong when a mail goes out: nobody to send it to, nothing open any more. It is not tried again. */
export const DROPPED = 1000;
/** Why the mail of an exercise is dropped: its exercise does not run now, or names none of the addresses. */
export const NOT_NAMED = 'not a destination of the exercise';

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

const DROPPED_WHY: Record<string, Text> = {
  'directive withdrawn': { vi: 'Văn bản đã thu hồi.', en: 'The directive was withdrawn.' },
  'sender has no right any more': { vi: 'Người gửi không còn quyền đôn đốc.', en: 'The sender may no longer remind.' },
  'nothing open': { vi: 'Không còn nội dung nào chưa hoàn thành.', en: 'Nothing is open any more.' },
  'no address on file': { vi: 'Không còn e-mail đầu mối hoặc văn thư.', en: 'No e-mail is on file any more.' },
  [NOT_NAMED]: {
    vi: 'Diễn tập: địa chỉ không nằm trong các đích mà cuộc diễn tập nêu tên, hoặc cuộc diễn tập không trong thời gian diễn ra; thư không được gửi.',
    en: 'Exercise: its address is not among the destinations that the exercise names, or the exercise does not run now; nothing was sent.',
  },
};

/** Why a mail was dropped, as a sentence; null for every other one. */
export function droppedWhy(row: { attempts: number; lastError: string | null } | null): Text | null {
  if (row === null || row.attempts < DROPPED) return null;
  return DROPPED_WHY[row.lastError ?? ''] ?? { vi: 'Đã bỏ sau khi khôi phục từ bản sao lưu.', en: 'Given up after a restore.' };
}

/** `ĐĐ-2024-0001`: the number of a reminder of an authority within a year. */
export function ticketOf(year: number, number: number): string {
  return `ĐĐ-${year}-${String(number).padStart(4, '0')}`;
}

export function yearOf(instant: Temporal.Instant): number {
  return instant.toZonedDateTimeISO(ZONE).year;
}
