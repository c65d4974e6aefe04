import { type Text, ZONE } from '@vonggac/kernel';

export const REMINDER_WAYS = ['app', 'mail', 'text', 'call'] as const;
export type ReminderWay = (typeof REMINDER_WAYS)[number];
export type Delivery = 'none' | 'waiting' | 'held' | 'sent' | 'failed' | 'dropped';

/** After so many failures a mail is given up and shown as failed. */
export const ATTEMPTS = 10;
/** What is found wrong when a mail goes out: nobody to send it to, nothing open any more. It is not tried again. */
export const DROPPED = 1000;
/** Why a mail is held: its label goes to named persons only, and only shared mailboxes are on file. */
export const TLP_HELD = 'the TLP label lets it go to no address on file';
/** After so long a held mail is looked at again. @unit minutes */
export const HELD_MINUTES = 60;
/** Why the mail of an exercise is dropped: its exercise does not run now, or names none of the addresses. */
export const NOT_NAMED = 'not a destination of the exercise';

/** When a mail that failed `attempts` times is tried again: 1, 2, 4 … minutes, at most 6 hours. @unit minutes */
export function backoffMinutes(attempts: number): number {
  return Math.min(2 ** Math.max(0, attempts - 1), 360);
}

export function deliveryOf(row: { sentAt: string | null; attempts: number; lastError: string | null } | null): Delivery {
  if (row === null) return 'none';
  if (row.sentAt !== null) return 'sent';
  if (row.attempts >= DROPPED) return 'dropped';
  if (row.attempts >= ATTEMPTS) return 'failed';
  return row.lastError === TLP_HELD ? 'held' : 'waiting';
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

const HELD_WHY: Text = {
  vi: 'Đang giữ lại: nhãn TLP của thư chỉ cho phép gửi đích danh, trong khi đơn vị chỉ có hộp thư dùng chung. Bổ sung đầu mối có họ tên, hoặc quản trị viên đổi nhãn.',
  en: 'Held: the TLP label of mails admits named persons only, and the organisation has a shared mailbox only. Add a named contact, or have the administrator change the label.',
};

/** Why a mail is held, was refused or dropped, as a sentence; null for every other one. */
export function stoppedWhy(row: { attempts: number; lastError: string | null } | null): Text | null {
  if (row === null) return null;
  if (row.attempts < ATTEMPTS) return row.lastError === TLP_HELD ? HELD_WHY : null;
  if (row.attempts < DROPPED)
    return { vi: `Máy chủ thư trả lời: ${row.lastError ?? ''}`, en: `The mail server said: ${row.lastError ?? ''}` };
  return DROPPED_WHY[row.lastError ?? ''] ?? { vi: 'Đã bỏ sau khi khôi phục từ bản sao lưu.', en: 'Given up after a restore.' };
}

/** Before the number of what belongs to an exercise: a series of its own, so that the real one has no gaps. */
export const EXERCISE_SERIES = 'DT-';

/** `ĐĐ-2024-0001`: the number of a reminder of an authority within a year; `DT-ĐĐ-2024-0001` in an exercise. */
export function ticketOf(year: number, number: number, isExercise: boolean): string {
  return `${isExercise ? EXERCISE_SERIES : ''}ĐĐ-${year}-${String(number).padStart(4, '0')}`;
}

export function yearOf(instant: Temporal.Instant): number {
  return instant.toZonedDateTimeISO(ZONE).year;
}
