import type { Span } from './model.ts';

/** A date as printed that no calendar has: `30/02`, `ngày 12 tháng 13`. */
export type ImpossibleDate = Span & { printed: string };

const DATES = [
  /(?<![\p{L}\d])ngày\s+(?<day>\d{1,2})\s+tháng\s+(?<month>\d{1,2})(?!\d)(?:\s+năm\s+(?<year>\d{4}))?/giu,
  /(?<![\d/.-])(?<day>\d{1,2})\s?(?<sign>[/.-])\s?(?<month>\d{1,2})\s?\k<sign>\s?(?<year>\d{4})(?![\d/-])/gu,
  /(?<=(?<![\p{L}\d])(?:ngày|trước|hết)\s+)(?<day>\d{1,2})\s?[/.-]\s?(?<month>\d{1,2})(?!\s?[/.-]?\s?\d)/giu,
  /(?<![\p{L}\d])tháng\s+(?<month>\d{1,2})(?:\s?\/\s?\d{4}(?!\d)|\s+năm\s+\d{4})/giu,
];

/** Dates of a text that do not exist, in their order; a day without a year may be the 29th of February. */
export function impossibleDates(text: string): ImpossibleDate[] {
  const found: ImpossibleDate[] = [];
  for (const match of DATES.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const { day = '1', month = '', year = '2024' } = match.groups ?? {};
    const [start, end] = [match.index, match.index + match[0].length];
    if (exists(Number(day), Number(month), Number(year)) || found.some((one) => one.start < end && one.end > start)) continue;
    found.push({ start, end, printed: match[0].replace(/\s+/g, ' ') });
  }
  return found.toSorted((a, b) => a.start - b.start);
}

function exists(day: number, month: number, year: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
