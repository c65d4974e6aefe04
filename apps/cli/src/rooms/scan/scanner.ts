import { EvtxError, readEvtx } from '@vonggac/evtx';
import type { EvtxOptions, EvtxWarning } from '@vonggac/evtx';
import { compile, EventReader } from '@vonggac/sigma';
import type { Engine, EventOptions, EvtxEvent, Hit, SigmaEvent } from '@vonggac/sigma';
import type { Gauges } from './gauges.ts';
import type { Input } from './inputs.ts';
import { eventsIn, JsonValues } from './json-values.ts';
import type { Damage } from './json-values.ts';
import { openInput } from './open-input.ts';
import { Placing } from './placing.ts';
import { RuleUses } from './rule-uses.ts';
import type { BaseHit, UsesSetup } from './rule-uses.ts';
import { writerOf } from './shown-hit.ts';
import type { HitWriter, Place } from './shown-hit.ts';
import type { Form } from './options.ts';
import { countHit, emptyTally, lose } from './tally.ts';
import type { Tally } from './tally.ts';
import { rowOf } from './timeline/row.ts';

/** What a thread needs in order to scan; it can be handed to another thread. */
export type Setup = UsesSetup & { readonly events: EventOptions; readonly form: Form; readonly hasTimeline: boolean };

/** What was found since the batch before, in the order of the events. */
export type Batch = {
  /** Hits as they are shown. */
  readonly text: string;
  /** Rows of the timeline, a line of JSON each. */
  readonly rows: string;
  readonly rowHits: number;
  readonly bases: readonly BaseHit[];
};

/** Takes a batch; ends when there is room for the next. */
export type Emit = (batch: Batch) => Promise<void>;

const BATCH = { characters: 2 ** 18, bases: 2048 };
const EVENTS_BETWEEN_LOOKS = 256;
/** How long one file may hold up the thread. @unit milliseconds */
const MOST_HELD = 20;

const REASONS: Record<Damage['reason'], string> = {
  syntax: 'không phải một sự kiện JSON / not an event in JSON',
  'too-long': 'sự kiện dài hơn 16 MB / an event longer than 16 MB',
  'too-deep': 'sự kiện lồng nhau quá sâu / an event nested too deeply',
  'cut-off': 'tệp đứt giữa một sự kiện / the file breaks off within an event',
};

/** Reads files of events and matches them, one file at a time. */
export class Scanner {
  readonly #gauges: Gauges;
  readonly #engine: Engine;
  readonly #uses: RuleUses;
  readonly #events: EventReader;
  /** One for all files: what it has worked out for the layout of a record holds for the next file. */
  readonly #record: EvtxEvent;
  readonly #writer: HitWriter | null;
  readonly #hasTimeline: boolean;
  readonly #placing = new Placing();
  #file = '';
  #tally = emptyTally();
  #text = '';
  #rows = '';
  #rowHits = 0;
  #bases: BaseHit[] = [];
  #counted = 0;
  #lookedAt = 0;

  private constructor(setup: Setup, gauges: Gauges, writer: HitWriter | null) {
    this.#gauges = gauges;
    this.#engine = compile(setup.rules);
    this.#uses = new RuleUses(setup);
    this.#events = new EventReader(setup.events);
    this.#record = this.#events.evtx();
    this.#writer = writer;
    this.#hasTimeline = setup.hasTimeline;
  }

  static async of(setup: Setup, gauges: Gauges): Promise<Scanner> {
    return new Scanner(setup, gauges, await writerOf(setup.form));
  }

  /** Scans a file. What of it is damaged is counted, and ends nothing. */
  async scan(input: Input, emit: Emit): Promise<Tally> {
    this.#file = input.name;
    this.#tally = emptyTally();
    this.#counted = 0;
    const cut = this.#events.cut;
    let told = 0;
    const read = (count: number): void => {
      told += count;
      this.#gauges.addBytes(count);
    };
    try {
      const opened = await openInput(input, read);
      if (opened.form === 'json') await this.#json(opened.pieces, emit);
      else {
        try {
          // What was packed has been counted while it was unpacked.
          const onChunk = opened.path === input.path ? read : () => undefined;
          await this.#evtx(opened.path, { onChunk, ...(input.part && { part: input.part }) }, emit);
        } finally {
          await opened.close();
        }
      }
    } catch (error) {
      // That a file is none is said by its first part.
      if (!(error instanceof EvtxError) || (input.part?.index ?? 0) === 0) this.#fail(error);
    }
    if (told < input.size && !this.#gauges.isStopped) this.#gauges.addBytes(input.size - told);
    this.#tally.cut = this.#events.cut - cut;
    await this.#emit(emit);
    return this.#tally;
  }

  async #evtx(path: string, how: EvtxOptions, emit: Emit): Promise<void> {
    const onWarning = (warning: EvtxWarning): void => this.#warn(warning);
    for (const record of readEvtx(path, { ...how, onWarning })) {
      this.#match(this.#record.of(record));
      if (this.#isLookDue() && (await this.#look(emit))) return;
    }
  }

  async #json(pieces: AsyncIterable<Buffer>, emit: Emit): Promise<void> {
    const values = new JsonValues(({ line, reason }) => {
      lose(this.#tally, 'damaged', { place: `${this.#file}:${line}`, text: REASONS[reason] });
    });
    for await (const piece of pieces) if (await this.#take(values.push(piece), emit)) return;
    await this.#take(values.end(), emit);
  }

  /** @returns whether it was stopped */
  async #take(values: Iterable<unknown>, emit: Emit): Promise<boolean> {
    for (const value of values)
      for (const object of eventsIn(value)) {
        const event = this.#events.of(object);
        if (event !== null) this.#match(event);
        if (this.#isLookDue() && (await this.#look(emit))) return true;
      }
    return false;
  }

  #match(event: SigmaEvent): void {
    const tally = this.#tally;
    tally.events++;
    if (event.class.sources.length === 0) tally.unknown++;
    const hits = this.#engine.match(event);
    if (hits.length > 0) this.#keep(event, hits);
  }

  #keep(event: SigmaEvent, hits: readonly Hit[]): void {
    const place = this.#placing.of(event, this.#file, this.#tally.events);
    const shown = hits.filter(({ rule }) => this.#uses.isShown(rule));
    for (const { rule, matched } of shown) {
      countHit(this.#tally, this.#uses.numberOf(rule));
      if (this.#writer !== null) this.#text += this.#writer(rule, place, matched);
    }
    if (this.#hasTimeline && shown.length > 0) {
      this.#rows += rowOf({ event, place, hits: shown, numberOf: (rule) => this.#uses.numberOf(rule) });
      this.#rowHits += shown.length;
    }
    this.#keepBases(event, place, hits);
  }

  #keepBases(event: SigmaEvent, place: Place, hits: readonly Hit[]): void {
    for (const { rule } of hits) {
      const base = this.#uses.baseOf(rule, event, place);
      if (base === null) continue;
      this.#bases.push(base);
      this.#tally.bases++;
    }
  }

  #isLookDue(): boolean {
    return this.#tally.events % EVENTS_BETWEEN_LOOKS === 0 || this.#text.length > BATCH.characters || this.#rows.length > BATCH.characters;
  }

  /** Hands on what has come together and lets the thread do other things for a moment. @returns whether to stop */
  async #look(emit: Emit): Promise<boolean> {
    this.#gauges.addEvents(this.#tally.events - this.#counted);
    this.#counted = this.#tally.events;
    if (this.#text.length > BATCH.characters || this.#rows.length > BATCH.characters || this.#bases.length > BATCH.bases)
      await this.#emit(emit);
    if (performance.now() - this.#lookedAt > MOST_HELD) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#lookedAt = performance.now();
    }
    return this.#gauges.isStopped;
  }

  async #emit(emit: Emit): Promise<void> {
    this.#gauges.addEvents(this.#tally.events - this.#counted);
    this.#counted = this.#tally.events;
    if (this.#text === '' && this.#rows === '' && this.#bases.length === 0) return;
    const batch = { text: this.#text, rows: this.#rows, rowHits: this.#rowHits, bases: this.#bases };
    this.#text = '';
    this.#rows = '';
    this.#rowHits = 0;
    this.#bases = [];
    await emit(batch);
  }

  #warn({ code, chunk, offset, message }: EvtxWarning): void {
    const where = chunk === null ? '' : `chunk ${chunk}, `;
    const text = `phần hỏng / damaged: ${where}offset 0x${offset.toString(16)}: ${code}: ${message}`;
    lose(this.#tally, 'damaged', { place: this.#file, text });
  }

  #fail(error: unknown): void {
    // Standard input is closed so that the wait for it ends.
    if (this.#gauges.isStopped) return;
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : error.name;
    const isKnown = error instanceof EvtxError || error.name === 'TooLarge' || /^(?:E[A-Z]+|Z_[A-Z_]+|ERR_[A-Z_]+)$/u.test(code);
    if (!isKnown) throw error;
    const what = this.#tally.events === 0 ? 'unread' : 'damaged';
    const said = what === 'unread' ? 'không đọc được / could not be read' : 'không đọc tiếp được / could not be read further';
    lose(this.#tally, what, { place: this.#file, text: `${said}: ${code}: ${error.message}` });
  }
}
