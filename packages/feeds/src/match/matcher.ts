import { formatAddress, parseAddress } from '../address.ts';
import { isoOf, parseInstant, vietnamDay, zoneOfHeader } from '../instant.ts';
import { NamedTable } from '../named-table.ts';
import type { WantedColumn } from '../named-table.ts';
import { NOT_THEN, RangeIndex } from '../range-index.ts';
import type { Records } from '../records.ts';
import { NOT_PLAIN, plainAddress4, PlainAddress6, PlainTimes } from './bytes.ts';
import type { Holding } from './register.ts';
import { Tails } from './tails.ts';

/** Why a row has its organisation, or none. */
export const REASONS = [
  'longest-prefix',
  'no-range',
  'not-valid-at-time',
  'no-address',
  'bad-address',
  'no-time',
  'bad-time',
  'bad-row',
] as const;
export type Reason = (typeof REASONS)[number];

const COLUMNS: readonly WantedColumn[] = [
  { key: 'ip', names: ['ip', 'src_ip', 'source.ip', 'source_ip', 'ip address', 'dia chi ip'], isRequired: true },
  { key: 'timestamp', names: ['timestamp', 'time', 'time.source', 'thoi gian'], isRequired: true },
];
const OUT_BYTES = 2 ** 18;
const SHOWN = 200;
const VIETNAM = 25_200;
const DAY = 86_400;
const B0 = 0x30;
const [ROW, IP, TIME] = [Buffer.from('{"row":'), Buffer.from(',"ip":"'), Buffer.from('","time":"')];

export type MatchOptions = {
  readonly holdings: readonly Holding[];
  /** Takes JSON lines, a quarter of a megabyte at a time; what it is given is used again when it returns. null: only count. */
  readonly write: ((bytes: Uint8Array) => void) | null;
};

/** Matches a list against a register while it streams in. Memory does not grow with the list. */
export class ListMatcher {
  rows = 0;
  readonly counts: Record<Reason, number> = Object.fromEntries(REASONS.map((reason) => [reason, 0])) as Record<Reason, number>;
  /** Rows of each holding, by its place in the register. */
  readonly #perHolding: Float64Array;
  readonly #holdings: readonly Holding[];
  readonly #index: RangeIndex;
  readonly #table: NamedTable;
  readonly #six = new PlainAddress6();
  #times = new PlainTimes(0);
  readonly #write: MatchOptions['write'];
  readonly #tails: Tails;
  #records: Records | null = null;
  #ip = 0;
  #time = 0;
  /** What texts without a zone mean. @unit minutes east of UTC */
  #offset = 0;
  #out = Buffer.allocUnsafe(OUT_BYTES);
  #used = 0;

  constructor(options: MatchOptions) {
    this.#holdings = options.holdings;
    this.#index = new RangeIndex(options.holdings);
    this.#perHolding = new Float64Array(options.holdings.length);
    this.#write = options.write;
    this.#tails = new Tails(options.holdings, REASONS);
    this.#table = new NamedTable({
      columns: COLUMNS,
      onHeader: (at, headers, records) => {
        [this.#ip, this.#time] = [at[0]!, at[1]!];
        this.#offset = zoneOfHeader(headers[this.#time] ?? '') ?? 0;
        this.#times = new PlainTimes(this.#offset);
        this.#records = records;
      },
      onRecord: () => this.#row(),
      onBroken: () => {
        this.rows++;
        this.#slow('', null, 'bad-row');
      },
    });
  }

  /** Rows by organisation, most first. */
  byOrganisation(): { organisation: string; rows: number }[] {
    const counts = new Map<string, number>();
    for (const [at, rows] of this.#perHolding.entries()) {
      const { organisation } = this.#holdings[at]!;
      if (rows > 0) counts.set(organisation, (counts.get(organisation) ?? 0) + rows);
    }
    return [...counts].map(([organisation, rows]) => ({ organisation, rows })).toSorted((a, b) => b.rows - a.rows);
  }

  /** @throws NoSuchColumns */
  push(piece: Buffer): void {
    this.#table.push(piece);
  }

  /** @throws NoSuchColumns */
  end(): void {
    this.#table.end();
    this.#flush();
  }

  #flush(): void {
    if (this.#used > 0) this.#write?.(this.#out.subarray(0, this.#used));
    this.#used = 0;
  }

  #row(): void {
    this.rows++;
    const records = this.#records!;
    const ip = this.#ip;
    const time = this.#time;
    if (ip >= records.count || time >= records.count) return this.#careful();
    const { bytes, starts, ends } = records;
    const from = starts[ip]!;
    const to = ends[ip]!;
    const value = plainAddress4(bytes, from, to);
    if (value === NOT_PLAIN && !this.#six.read(bytes, from, to)) return this.#careful();
    const second = this.#times.read(bytes, starts[time]!, ends[time]!);
    if (second === NOT_PLAIN) return this.#careful();
    const day = Math.floor((second + VIETNAM) / DAY);
    const found = value === NOT_PLAIN ? this.#index.find6(this.#six.value, day) : this.#index.find4(value, day);
    const reason = found >= 0 ? 'longest-prefix' : found === NOT_THEN ? 'not-valid-at-time' : 'no-range';
    this.counts[reason]++;
    if (found >= 0) this.#perHolding[found]!++;
    if (this.#write === null) return;
    const tail = found >= 0 ? found : -1 - REASONS.indexOf(reason);
    this.#begin(this.#tails.lengthOf(tail) + 120);
    const out = this.#out;
    let at = this.#used;
    if (value === NOT_PLAIN) at = this.#six.write(out, at);
    else for (let i = from; i < to; i++) out[at++] = bytes[i]!;
    at = append(out, at, TIME);
    at = this.#times.write(out, at, second);
    this.#used = this.#tails.append(out, at, tail);
  }

  /** `{"row":7,"ip":"` with room for `length` more bytes. */
  #begin(length: number): void {
    if (this.#used + length > this.#out.length) {
      this.#flush();
      if (length > this.#out.length) this.#out = Buffer.allocUnsafe(length * 2);
    }
    const out = this.#out;
    let at = append(out, this.#used, ROW);
    let digits = 1;
    for (let rest = this.rows; rest >= 10; rest = Math.floor(rest / 10)) digits++;
    for (let rest = this.rows, place = at + digits - 1; place >= at; place--, rest = Math.floor(rest / 10)) out[place] = B0 + (rest % 10);
    at += digits;
    this.#used = append(out, at, IP);
  }

  /** Any form of address and time. */
  #careful(): void {
    const records = this.#records!;
    const [cell, when] = [records.text(this.#ip).trim(), records.text(this.#time).trim()];
    const address = parseAddress(cell);
    const instant = parseInstant(when, { order: 'dmy', offset: this.#offset });
    const time = instant === null ? null : isoOf(instant.ms);
    if (typeof address === 'string') return this.#slow(cell, time, address === 'empty' ? 'no-address' : 'bad-address');
    const ip = formatAddress(address.address);
    if (instant === null) return this.#slow(ip, null, when === '' ? 'no-time' : 'bad-time');
    const day = vietnamDay(instant.ms);
    const { family, value } = address.address;
    const found = family === 4 ? this.#index.find4(value, day) : this.#index.find6(value, day);
    this.#slow(ip, time, found >= 0 ? 'longest-prefix' : found === NOT_THEN ? 'not-valid-at-time' : 'no-range', found);
  }

  #slow(ip: string, time: string | null, reason: Reason, found = -1): void {
    this.counts[reason]++;
    if (found >= 0) this.#perHolding[found]!++;
    if (this.#write === null) return;
    const holding = found >= 0 ? this.#holdings[found]! : null;
    const row = {
      row: this.rows,
      ip: ip.slice(0, SHOWN).toWellFormed(),
      time,
      organisation: holding?.organisation ?? null,
      cidr: holding?.cidr ?? null,
      reason,
    };
    const line = Buffer.from(`${JSON.stringify(row)}\n`);
    if (this.#used + line.length > this.#out.length) this.#flush();
    if (line.length > this.#out.length) return this.#write(line);
    this.#used = append(this.#out, this.#used, line);
  }
}

function append(out: Buffer, at: number, bytes: Buffer): number {
  out.set(bytes, at);
  return at + bytes.length;
}
