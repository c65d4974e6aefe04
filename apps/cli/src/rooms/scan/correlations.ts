import { Correlator } from '@vonggac/sigma';
import type { Correlation, CorrelationHit } from '@vonggac/sigma';
import type { BaseHit, RuleUses } from './rule-uses.ts';
import type { Batch } from './scanner.ts';
import type { HitWriter, Matched, Place } from './shown-hit.ts';
import { SortedHits } from './sorted-hits.ts';
import { countHit } from './tally.ts';
import type { Tally } from './tally.ts';
import { correlationRow } from './timeline/row.ts';

type Setup = { readonly correlations: readonly Correlation[]; readonly hasTimeline: boolean };

/** `event`: the same number for all hits of one event. */
type Base = Omit<BaseHit, 'time'> & { readonly time: number; readonly event: number };

/**
 * Hits that correlations stand upon, from all files. They are put into the order of time, which the files as they come are not in: what is
 * held in memory is bounded there, and by the limits of the correlator.
 */
export class Correlations {
  readonly #setup: Setup;
  readonly #uses: RuleUses;
  readonly #writer: HitWriter | null;
  readonly #sorted = new SortedHits<Base>();
  #event = 0;
  #place: Place | null = null;
  #timeless = 0;

  constructor(setup: Setup, uses: RuleUses, writer: HitWriter | null) {
    this.#setup = setup;
    this.#uses = uses;
    this.#writer = writer;
  }

  async take(bases: readonly BaseHit[]): Promise<void> {
    for (const base of bases) {
      if (base.place !== this.#place) this.#event++;
      this.#place = base.place;
      if (base.time === null) this.#timeless++;
      else await this.#sorted.add({ ...base, time: base.time, event: this.#event });
    }
  }

  /** Hands on the hits of the correlations, and counts them and what was left out. */
  async finish(tally: Tally, take: (batch: Batch) => Promise<void>): Promise<void> {
    if (this.#setup.correlations.length === 0) return;
    const correlator = new Correlator<number>(this.#setup.correlations);
    for await (const { rule, time, fields, place, event } of this.#sorted.drain()) {
      const values = new Map(fields);
      const completed = correlator.feed({ rule, time, field: (name) => values.get(name) ?? null, reference: event });
      for (const hit of completed) if (this.#uses.isShown(hit.correlation)) await this.#show(hit, place, { tally, take });
    }
    const { groups, events } = correlator.dropped;
    tally.uncorrelated += groups + events + this.#timeless;
  }

  async close(): Promise<void> {
    await this.#sorted.close();
  }

  async #show(hit: CorrelationHit<number>, place: Place, to: { tally: Tally; take: (batch: Batch) => Promise<void> }): Promise<void> {
    const { correlation, group, hits } = hit;
    const number = this.#uses.numberOf(correlation);
    countHit(to.tally, number);
    const matched: Matched = Object.entries(group).map(([field, value]) => ({ field, value }));
    const text = this.#writer?.(correlation, place, matched) ?? '';
    const said = [
      ...matched,
      { field: 'hits', value: hits.length },
      { field: 'since', value: new Date(hits[0]?.time ?? hit.time).toISOString() },
    ];
    const rows = this.#setup.hasTimeline ? correlationRow(place, number, said) : '';
    await to.take({ text, rows, rowHits: 1, bases: [] });
  }
}
