/** Something of a file that could not be used, for people, in both languages. */
export type Loss = { readonly place: string; readonly text: string };

/** What the summary is made of; of one file, or of all. */
export type Tally = {
  events: number;
  /** Events of a log source that is not known: only rules for any log source were tried. */
  unknown: number;
  /** Events with more fields than are read. */
  cut: number;
  /** Hits shown, by the number of the rule. */
  readonly hits: Map<number, number>;
  /** Hits that only feed correlations. */
  bases: number;
  /** Of those: without a time, or beyond what a correlation keeps. */
  uncorrelated: number;
  /** Damaged chunks, records and lines. */
  damaged: number;
  /** Files that could not be read at all. */
  unread: number;
  /** The first of both. */
  readonly losses: Loss[];
};

const MOST_LOSSES = { file: 20, all: 200 };

export function emptyTally(): Tally {
  return { events: 0, unknown: 0, cut: 0, hits: new Map(), bases: 0, uncorrelated: 0, damaged: 0, unread: 0, losses: [] };
}

export function countHit(tally: Tally, rule: number): void {
  tally.hits.set(rule, (tally.hits.get(rule) ?? 0) + 1);
}

export function lose(tally: Tally, what: 'damaged' | 'unread', loss: Loss): void {
  tally[what]++;
  if (tally.losses.length < MOST_LOSSES.file) tally.losses.push(loss);
}

export function addTally(sum: Tally, part: Tally): void {
  sum.events += part.events;
  sum.unknown += part.unknown;
  sum.cut += part.cut;
  sum.bases += part.bases;
  sum.uncorrelated += part.uncorrelated;
  sum.damaged += part.damaged;
  sum.unread += part.unread;
  for (const [rule, count] of part.hits) sum.hits.set(rule, (sum.hits.get(rule) ?? 0) + count);
  sum.losses.push(...part.losses.slice(0, MOST_LOSSES.all - sum.losses.length));
}
