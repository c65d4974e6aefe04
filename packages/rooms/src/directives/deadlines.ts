import { ZONE, endOfDay, fold, isoInstant } from '@vonggac/kernel';

/** How "trước ngày X" is taken: until the end of X (the default of offices), or of the day before. */
export type BeforeRule = 'on-day' | 'day-before';

/** A deadline of a requirement: the phrase as printed and the last instant that is still in time. */
export type RequirementDeadline = { phrase: string | null; due: string | null; recurrence: string | null };

type Printed = { phrase: string; due: string | null; recurrence: string | null };

/** The deadline that the desk follows: the first with a date, else the first. */
export function deadlineOf(printed: readonly Printed[], rule: BeforeRule): RequirementDeadline {
  const chosen = printed.find((one) => one.due !== null) ?? printed[0];
  if (!chosen) return { phrase: null, due: null, recurrence: null };
  return {
    phrase: chosen.phrase,
    recurrence: chosen.recurrence,
    due: chosen.due === null ? null : dueInstant(chosen.due, chosen.phrase, rule),
  };
}

/** @param due a day or a minute, local to Vietnam */
function dueInstant(due: string, phrase: string, rule: BeforeRule): string {
  if (due.includes('T')) return isoInstant(Temporal.PlainDateTime.from(due).toZonedDateTime(ZONE).toInstant());
  const named = Temporal.PlainDate.from(due);
  const before = rule === 'day-before' && /\btruoc ngay\b/.test(fold(phrase));
  return isoInstant(endOfDay(before ? named.subtract({ days: 1 }) : named));
}

/**
 * The holiday window that a subject names ("dịp Lễ 30/4, 01/5"): from the first to the last day among its dates, in the
 * document's year. Null where it names no occasion, no date or no year is known.
 */
export function windowOf(subject: string | null, year: number | null): { from: string; to: string } | null {
  if (!subject || !year || !/\b(dip|le|tet|ky niem|dai hoi|bau cu)\b/.test(fold(subject))) return null;
  const days = [...subject.matchAll(/(?<![\d/])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?![\d/])/g)].flatMap(([, day, month, own]) => {
    try {
      return [
        Temporal.PlainDate.from(
          { year: own ? Number(own) : year, month: Number(month), day: Number(day) },
          { overflow: 'reject' },
        ).toString(),
      ];
    } catch {
      return [];
    }
  });
  const sorted = days.toSorted();
  return sorted.length === 0 ? null : { from: sorted[0]!, to: sorted.at(-1)! };
}
