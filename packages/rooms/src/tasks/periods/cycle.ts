import { lastMoment, periodAfter, periodAt, type ReportingCycle, reportingCycle, type ReportingPeriod } from '@vonggac/congvan';
import { isoInstant, ZONE } from '@vonggac/kernel';
import type { BeforeRule } from '../../directives/index.ts';

/** A reporting period of a requirement: its number, first and last day, and the last instant in time by the phrase. */
export type Opening = { number: number; from: string; to: string; end: string };

/** What a requirement says of its recurrence. `due`: the desk's own date for the first period. */
export type Recurring = { phrase: string | null; recurrence: string | null; due: string | null };

/** Periods of catching up that are recorded; what lies farther back is passed over, and its number with it. */
const MOST_BEHIND = 60;
/** A number is counted from the issue; past this the count stops. */
const MOST_COUNTED = 20_000;

const localOf = (instant: string): Temporal.PlainDateTime => Temporal.Instant.from(instant).toZonedDateTimeISO(ZONE).toPlainDateTime();
const instantOf = (due: string): string => isoInstant(lastMoment(due).toZonedDateTime(ZONE).toInstant());
const isBefore = (a: ReportingPeriod, b: ReportingPeriod): boolean =>
  Temporal.PlainDateTime.compare(lastMoment(a.due), lastMoment(b.due)) < 0;

/** Null where the requirement does not recur in a way that is known. */
export function cycleOf({ phrase, recurrence }: Pick<Recurring, 'phrase' | 'recurrence'>, rule: BeforeRule): ReportingCycle | null {
  return reportingCycle(recurrence, phrase, rule === 'day-before');
}

/**
 * The period in which an instant lies, numbered from the one in which the directive was issued, so that whoever gets the requirement later
 * counts alike. Where the desk dated the first period, that one is the first, and `due` is its date.
 */
export function openingAt(
  cycle: ReportingCycle,
  { requirement, issuedAt, at }: { requirement: Pick<Recurring, 'due'>; issuedAt: string; at: string },
): Opening & { due: string } {
  const first = periodAt(cycle, localOf(requirement.due ?? issuedAt));
  const asked = periodAt(cycle, localOf(at));
  let number = 1;
  let period = first;
  while (isBefore(period, asked) && number < MOST_COUNTED) {
    period = periodAfter(cycle, period);
    number++;
  }
  const end = instantOf(period.due);
  return { number, from: period.from, to: period.to, end, due: number === 1 && requirement.due !== null ? requirement.due : end };
}

/** The period after one that ended: it begins on the day after, whatever the phrase said before an amendment. */
export function openingAfter(cycle: ReportingCycle, { number, to, end }: Pick<Opening, 'number' | 'to' | 'end'>): Opening {
  const next = periodAt(cycle, localOf(end).add({ milliseconds: 1 }));
  const from = next.to === to ? to : Temporal.PlainDate.from(to).add({ days: 1 }).toString();
  return { number: number + 1, from, to: next.to, end: instantOf(next.due) };
}

/** What follows a period that ended: the one that runs now, and those between that ended unseen, oldest first. */
export function catchUp(
  cycle: ReportingCycle,
  { last, now, until }: { last: Opening; now: string; until: string | null },
): { missed: Opening[]; skipped: number; next: Opening } {
  const all: Opening[] = [];
  let next = openingAfter(cycle, last);
  const ended = () => Temporal.Instant.compare(next.end, now) < 0;
  const isLast = () => until !== null && next.to >= until;
  while (ended() && !isLast() && all.length < MOST_COUNTED) {
    all.push(next);
    next = openingAfter(cycle, next);
  }
  const missed = all.slice(-MOST_BEHIND);
  return { missed, skipped: all.length - missed.length, next };
}
