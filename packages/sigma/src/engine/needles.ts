import { foldTable } from '../fold.ts';

/** A text to be found regardless of case. `atStart`, `atEnd`: only where the value begins or ends with it. */
export type Needle = { readonly text: string; readonly atStart: boolean; readonly atEnd: boolean };

const GRAM = 4;

const isLong = ({ text, atStart, atEnd }: Needle): boolean => text.length + Number(atStart) + Number(atEnd) >= GRAM;
const RARE = /[^\0-\x7f]/;

/** Whether a needle can be found by what it has: four characters, its ends counted where it is bound to them, or one beyond ASCII. */
export const canBeFound = (needle: Needle): boolean => isLong(needle) || needle.text.search(RARE) >= 0;

/** Takes the number of a needle that was found; the same one may come more than once. */
export type Found = (needle: number) => void;

/** What a value begins and ends with, as the characters 2 and 3: no text has them in practice, and it would do no harm. */
const START = '\x02';
const END = '\x03';
const START_BYTE = 2;
const END_BYTE = 3;

let bytes: Uint8Array | null = null;

/** Per UTF-16 code unit a byte, the same for upper and lower case; ASCII has bytes of its own, the others share the upper half. */
function byteTable(): Uint8Array {
  bytes ??= Uint8Array.from(foldTable(), (unit) => (unit < 0x80 ? unit : 0x80 | (unit & 0x7f)));
  return bytes;
}

/** The bytes of the four characters up to `at`, one beside the other. */
function gramAt(text: string, at: number): number {
  let gram = 0;
  for (let i = at - 3; i <= at; i++) gram = (gram << 8) | byteTable()[text.charCodeAt(i)]!;
  return gram;
}

/** Multiplied by it, grams that differ little differ in their upper bits (Knuth, The Art of Computer Programming 3, §6.4). */
const SPREAD = 0x9e37_79b1;

const slotOf = (gram: number, bits: number): number => Math.imul(gram, SPREAD) >>> (32 - bits);

type Range = { readonly from: number; readonly to: number };
type Told = (needle: number, begin: number) => void;

/** How far its text begins before the place by which a needle is found. */
type Place = { readonly needle: number; readonly back: number };
type Entry = Place & { readonly gram: number };

/** The grams by which needles are known, and behind each those needles. */
class GramTable {
  readonly #bits: number;
  /** By slot one more than the first of its entries; they are followed by the others of the slot. */
  readonly #heads: Int32Array;
  readonly #grams: Int32Array;
  /** How far before the gram's last character the needle's text begins. */
  readonly #back: Int32Array;
  readonly #numbers: Int32Array;
  readonly #next: Int32Array;
  /** Short needles by a character beyond ASCII. */
  readonly #rare: ReadonlyMap<number, readonly Place[]>;

  constructor(entries: readonly Entry[], rare: ReadonlyMap<number, readonly Place[]>) {
    this.#rare = rare;
    this.#bits = Math.max(6, Math.ceil(Math.log2(entries.length * 8)));
    this.#heads = new Int32Array(1 << this.#bits);
    this.#grams = Int32Array.from(entries, ({ gram }) => gram);
    this.#back = Int32Array.from(entries, ({ back }) => back);
    this.#numbers = Int32Array.from(entries, ({ needle }) => needle);
    this.#next = new Int32Array(entries.length);
    for (const [at, { gram }] of entries.entries()) {
      const slot = slotOf(gram, this.#bits);
      this.#next[at] = this.#heads[slot]!;
      this.#heads[slot] = at + 1;
    }
  }

  /** A needle is told with the place where its text would begin. The same as `searchUnits`: a loop that asked what it reads would be slower. */
  searchText(text: string, tell: Told): void {
    const table = byteTable();
    const [heads, shift, to] = [this.#heads, 32 - this.#bits, text.length];
    let gram = START_BYTE;
    for (let at = 0; at < to; at++) {
      const byte = table[text.charCodeAt(at)]!;
      if (byte >= 0x80) this.#tellRare(text.charCodeAt(at), at, tell);
      gram = (gram << 8) | byte;
      const head = heads[Math.imul(gram, SPREAD) >>> shift]!;
      if (head !== 0) this.#tell(head, { gram, at }, tell);
    }
    this.#tellEnd(gram, to, tell);
  }

  searchUnits(units: Uint16Array, { from, to }: Range, tell: Told): void {
    const table = byteTable();
    const [heads, shift] = [this.#heads, 32 - this.#bits];
    let gram = START_BYTE;
    for (let at = from; at < to; at++) {
      const byte = table[units[at]!]!;
      if (byte >= 0x80) this.#tellRare(units[at]!, at, tell);
      gram = (gram << 8) | byte;
      const head = heads[Math.imul(gram, SPREAD) >>> shift]!;
      if (head !== 0) this.#tell(head, { gram, at }, tell);
    }
    this.#tellEnd(gram, to, tell);
  }

  #tellRare(unit: number, at: number, tell: Told): void {
    const entries = this.#rare.get(foldTable()[unit]!);
    if (entries !== undefined) for (const { needle, back } of entries) tell(needle, at - back);
  }

  #tellEnd(before: number, at: number, tell: Told): void {
    const gram = (before << 8) | END_BYTE;
    const head = this.#heads[slotOf(gram, this.#bits)]!;
    if (head !== 0) this.#tell(head, { gram, at }, tell);
  }

  #tell(head: number, { gram, at }: { gram: number; at: number }, tell: Told): void {
    for (let entry = head; entry !== 0; entry = this.#next[entry - 1]!)
      if (this.#grams[entry - 1] === gram) tell(this.#numbers[entry - 1]!, at - this.#back[entry - 1]!);
  }
}

/**
 * Finds all needles in one pass over a value. Each needle is known by one gram, four characters that few others have; only where a gram
 * of the value is one of these is the needle compared. Building it costs hardly more than reading the needles, and the table stays in
 * the cache, which an automaton over all characters of all needles does not.
 */
export class Needles {
  readonly #needles: readonly Needle[];
  readonly #wanted: readonly Uint16Array[];
  readonly #table: GramTable;
  #text = '';
  #units: Uint16Array = new Uint16Array(0);
  #from = 0;
  #to = 0;
  #found!: Found;

  /** @param needles `folded`, and such as can be found */
  constructor(needles: readonly Needle[]) {
    this.#needles = needles;
    this.#wanted = needles.map(({ text }) => Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)));
    const whole = needles.map(({ text, atStart, atEnd }) => `${atStart ? START : ''}${text}${atEnd ? END : ''}`);
    const uses = usesOf(whole);
    const entries: Entry[] = [];
    const rare = new Map<number, Place[]>();
    for (const [needle, one] of needles.entries()) {
      if (isLong(one)) {
        const at = rarest(whole[needle]!, uses);
        entries.push({ needle, gram: gramAt(whole[needle]!, at), back: at - Number(one.atStart) });
      } else {
        const back = one.text.search(RARE);
        const unit = one.text.charCodeAt(back);
        rare.set(unit, [...(rare.get(unit) ?? []), { needle, back }]);
      }
    }
    this.#table = new GramTable(entries, rare);
  }

  findInText(text: string, found: Found): void {
    this.#found = found;
    this.#text = text;
    this.#from = 0;
    this.#to = text.length;
    this.#table.searchText(text, this.#inText);
  }

  /** The same over UTF-16 code units that are no string yet. */
  findInUnits(units: Uint16Array, range: Range, found: Found): void {
    this.#found = found;
    this.#units = units;
    this.#from = range.from;
    this.#to = range.to;
    this.#table.searchUnits(units, range, this.#inUnits);
  }

  readonly #inText = (needle: number, begin: number): void => {
    if (!this.#mayBegin(needle, begin)) return;
    const wanted = this.#wanted[needle]!;
    const fold = foldTable();
    for (let i = 0; i < wanted.length; i++) if (fold[this.#text.charCodeAt(begin + i)] !== wanted[i]) return;
    this.#found(needle);
  };

  readonly #inUnits = (needle: number, begin: number): void => {
    if (!this.#mayBegin(needle, begin)) return;
    const wanted = this.#wanted[needle]!;
    const fold = foldTable();
    for (let i = 0; i < wanted.length; i++) if (fold[this.#units[begin + i]!] !== wanted[i]) return;
    this.#found(needle);
  };

  #mayBegin(needle: number, begin: number): boolean {
    const { atStart, atEnd } = this.#needles[needle]!;
    const end = begin + this.#wanted[needle]!.length;
    return begin >= this.#from && end <= this.#to && (!atStart || begin === this.#from) && (!atEnd || end === this.#to);
  }
}

/** How often grams come in needles, by a hash of 16 bits: the common ones are common in values as well. */
function usesOf(texts: readonly string[]): Int32Array {
  const uses = new Int32Array(1 << 16);
  for (const text of texts) for (let at = GRAM - 1; at < text.length; at++) uses[slotOf(gramAt(text, at), 16)]!++;
  return uses;
}

/** Where the gram ends that the fewest needles have. */
function rarest(text: string, uses: Int32Array): number {
  let best = GRAM - 1;
  let least = Infinity;
  for (let at = best; at < text.length; at++) {
    const count = uses[slotOf(gramAt(text, at), 16)]!;
    if (count < least) [best, least] = [at, count];
  }
  return best;
}
