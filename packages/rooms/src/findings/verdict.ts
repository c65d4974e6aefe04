import type { Verdict, Why } from './model.ts';

/** An answer that says a machine is clean, and what lists saw of the machine afterwards. Instants are ISO 8601 in UTC with milliseconds. */
export type Answered = {
  answeredAt: string;
  family: string;
  /** Whose lists it stood in. */
  senders: readonly string[];
  /** Of the address; null counts as one's own. */
  usage: string | null;
  /** When the organisation ceased to hold the address; null: it still does. */
  heldUntil: string | null;
  /** The earliest sighting after the answer, of any list that stands. */
  again: { list: string; seenAt: string } | null;
};

/** A finished list that stands: what it covers; `families` null is every family of its sender. */
export type Covering = {
  id: string;
  sender: string;
  families: readonly string[] | null;
  coversFrom: string | null;
  coversTo: string | null;
};

export type Judgement = { verdict: Verdict; list: string | null; why: Why | null };

/** Addresses behind which the machine may be one of many: silence of the address says nothing of the machine. */
const SHARED = new Set(['exit', 'carrier', 'dynamic']);

/**
 * The verdict of lists on an answer, at the times of sightings, never by the date of a file. A sighting after the answer is
 * `seen-again`. Without one, a list of a sender that had reported it, which covers its family and some of the time after the
 * answer, makes it `not-seen`, unless the address serves several or had changed hands before that time; else `unverified`.
 * The same for every order in which lists came.
 */
export function verdictOf(answer: Answered, lists: readonly Covering[]): Judgement {
  if (answer.again !== null && answer.again.seenAt > answer.answeredAt)
    return { verdict: 'seen-again', list: answer.again.list, why: null };
  const later = lists
    .filter((list) => proves(answer, list))
    .toSorted((a, b) => (a.coversTo === b.coversTo ? (a.id < b.id ? -1 : 1) : a.coversTo! < b.coversTo! ? -1 : 1));
  if (later.length === 0) return { verdict: 'unverified', list: null, why: 'no-list' };
  if (answer.usage !== null && SHARED.has(answer.usage)) return { verdict: 'unverified', list: later[0]!.id, why: 'shared' };
  const held = later.find((list) => answer.heldUntil === null || startOf(answer, list) < answer.heldUntil);
  return held === undefined
    ? { verdict: 'unverified', list: later[0]!.id, why: 'moved' }
    : { verdict: 'not-seen', list: held.id, why: null };
}

function proves(answer: Answered, list: Covering): boolean {
  if (!answer.senders.includes(list.sender)) return false;
  if (list.families !== null && !list.families.includes(answer.family)) return false;
  return list.coversTo !== null && list.coversTo > answer.answeredAt;
}

/** Where the part of a list's period that counts begins. */
function startOf(answer: Answered, list: Covering): string {
  return list.coversFrom !== null && list.coversFrom > answer.answeredAt ? list.coversFrom : answer.answeredAt;
}
