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

/** Days since 1970-01-01. @throws RangeError for no day */
function dayNumber(day: string): number {
  const number = Date.parse(day) / 86_400_000;
  if (!Number.isInteger(number)) throw new RangeError(`not a day: ${day}`);
  return number;
}

/** 1 January 1970 was a Thursday; weeks are counted from the Monday before. */
const week = (number: number): { whole: number; day: number } => {
  const whole = Math.floor((number + 3) / 7);
  return { whole, day: number + 3 - 7 * whole };
};

/** Mondays to Fridays up to and with a day, counted from that Monday. */
function weekdaysUpTo(number: number): number {
  const { whole, day } = week(number);
  return 5 * whole + Math.min(day + 1, 5);
}

/** Working days after `from` up to and with `to`; negative when `to` comes first. */
export function workingDaysBetween(from: string, to: string, calendar: WorkCalendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar);
  let count = weekdaysUpTo(dayNumber(to)) - weekdaysUpTo(dayNumber(from));
  const { off, work } = calendar;
  const within = (day: string): boolean => day > from && day <= to;
  const isWeekday = (day: string): boolean => week(dayNumber(day)).day < 5;
  for (const day of work) if (within(day) && !isWeekday(day)) count++;
  for (const day of off) if (within(day) && !work.has(day) && isWeekday(day)) count--;
  for (let year = plain(from).year; year <= plain(to).year; year++)
    for (const { day } of fixedHolidays(year)) if (within(day) && !work.has(day) && !off.has(day) && isWeekday(day)) count--;
  return count;
}
