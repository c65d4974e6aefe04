/** What differs from Monday to Friday, days as ISO text: public holidays and days off in exchange; Saturdays and Sundays worked for them. */
export type WorkCalendar = { off: ReadonlySet<string>; work: ReadonlySet<string> };

/**
 * Public holidays on a fixed day of the solar calendar (Bộ luật Lao động 2019, Điều 112 khoản 1): New Year, 30 April, 1 May, 2 September.
 * Tết, Giỗ Tổ, the second day of the National Day and days in exchange are announced for each year.
 */
export function fixedHolidays(year: number): { day: string; vi: string; en: string }[] {
  const yyyy = String(year).padStart(4, '0');
  return [
    { day: `${yyyy}-01-01`, vi: 'Tết Dương lịch', en: 'New Year’s Day' },
    { day: `${yyyy}-04-30`, vi: 'Ngày Chiến thắng', en: 'Victory Day' },
    { day: `${yyyy}-05-01`, vi: 'Ngày Quốc tế Lao động', en: 'International Labour Day' },
    { day: `${yyyy}-09-02`, vi: 'Quốc khánh', en: 'National Day' },
  ];
}

const plain = (day: string): Temporal.PlainDate => Temporal.PlainDate.from(day);

/** Whether offices work on a day: what the calendar says of it, else Monday to Friday without the fixed holidays. */
export function isWorkingDay(day: string, calendar: WorkCalendar): boolean {
  if (calendar.work.has(day)) return true;
  if (calendar.off.has(day)) return false;
  const date = plain(day);
  return date.dayOfWeek < 6 && !fixedHolidays(date.year).some((one) => one.day === day);
}

/** The n-th working day after a day; for 0 the day itself, or the next working one. @param n days, not negative */
export function addWorkingDays(day: string, n: number, calendar: WorkCalendar): string {
  let date = plain(day);
  if (n === 0) while (!isWorkingDay(date.toString(), calendar)) date = date.add({ days: 1 });
  for (let left = n; left > 0;) {
    date = date.add({ days: 1 });
    if (isWorkingDay(date.toString(), calendar)) left--;
  }
  return date.toString();
}

/** Working days after `from` up to and with `to`; negative when `to` comes first. */
export function workingDaysBetween(from: string, to: string, calendar: WorkCalendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar);
  let count = 0;
  for (let date = plain(from).add({ days: 1 }); Temporal.PlainDate.compare(date, plain(to)) <= 0; date = date.add({ days: 1 }))
    if (isWorkingDay(date.toString(), calendar)) count++;
  return count;
}
