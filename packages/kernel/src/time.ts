/** The zone of every day and deadline in the product: UTC+7, no summer time. */
export const ZONE = 'Asia/Ho_Chi_Minh';

/** Where "now" comes from; the sample province and tests hold it still. */
export type Clock = { now(): Temporal.Instant };

export const systemClock: Clock = { now: () => Temporal.Now.instant() };

export function fixedClock(iso: string): Clock {
  const instant = Temporal.Instant.from(iso);
  return { now: () => instant };
}

/** The day in Vietnam at an instant. */
export function dayOf(instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(ZONE).toPlainDate();
}

/** The instant at which a day ends in Vietnam (23:59:59.999). */
export function endOfDay(day: Temporal.PlainDate): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(ZONE).toInstant().subtract({ milliseconds: 1 });
}

/** An instant as PostgreSQL and JSON take it. */
export function isoInstant(instant: Temporal.Instant): string {
  return instant.toString({ fractionalSecondDigits: 3 });
}

/** 20/4/2024, as a screen or a message shows it. */
export function shownDay(day: string | Temporal.PlainDate): string {
  const date = typeof day === 'string' ? Temporal.PlainDate.from(day.slice(0, 10)) : day;
  return `${date.day}/${date.month}/${date.year}`;
}

/** "ngày 05 tháng 02 năm 2026": leading zero for days under 10 and months 1 and 2 (NĐ 30/2020, Phụ lục I). */
export function officialDay(day: Temporal.PlainDate): string {
  const dd = String(day.day).padStart(2, '0');
  const mm = day.month <= 2 ? `0${day.month}` : String(day.month);
  return `ngày ${dd} tháng ${mm} năm ${day.year}`;
}

/** 14:32 26/4/2024 in Vietnam. */
export function shownInstant(instant: Temporal.Instant): string {
  const z = instant.toZonedDateTimeISO(ZONE);
  return `${String(z.hour).padStart(2, '0')}:${String(z.minute).padStart(2, '0')} ${shownDay(z.toPlainDate())}`;
}
