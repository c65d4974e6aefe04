const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;

export type RecordsOptions = {
  /** One byte of ASCII. */
  readonly delimiter: number;
  /** The longest record in bytes; a longer one is `broken`. */
  readonly longest: number;
  /** How many fields are looked at; further ones are counted only. */
  readonly fields: number;
  /** Called for each record that is not blank; the fields are those of `Records` until it returns. */
  onRecord(): void;
  /** A record that is too long, or whose quotation marks do not close: its first line is passed over. */
  onBroken(problem: 'too-long' | 'quotes'): void;
};

/**
 * Takes delimited text (RFC 4180; LF, CRLF or CR at the ends of lines) apart while it streams in, as bytes of an encoding
 * that contains ASCII. Holds one piece and one record. A quotation mark that never closes, or closes in another line in the
 * middle of a field, costs the line it stands in and no more.
 */
export class Records {
  /** The bytes that `starts` and `ends` point into. */
  bytes: Buffer = Buffer.alloc(0);
  /** Fields of this record, those beyond the limit included. */
  count = 0;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 where a field holds doubled quotation marks. */
  readonly doubled: Uint8Array;
  /** Line of the text, from 1, that the record begins in. */
  line = 1;
  /** Where the record begins and ends in `bytes`. */
  from = 0;
  to = 0;
  readonly #options: RecordsOptions;
  #carry: Buffer = Buffer.alloc(0);
  #skipping = false;
  #lineEnd = LF;
  #lines = 0;
  #at = 0;
  /** Line ends inside of quotation marks of this record. */
  #breaks = 0;

  constructor(options: RecordsOptions) {
    this.#options = options;
    this.starts = new Int32Array(options.fields);
    this.ends = new Int32Array(options.fields);
    this.doubled = new Uint8Array(options.fields);
  }

  /** The text ends its lines with CR alone. */
  endLinesWithCr(): void {
    this.#lineEnd = CR;
  }

  push(piece: Buffer): void {
    this.#run(this.#carry.length === 0 ? piece : Buffer.concat([this.#carry, piece]), false);
  }

  end(): void {
    this.#run(this.#carry, true);
  }

  /** A field as text, without its quotation marks. */
  text(field: number): string {
    if (field >= this.count || field >= this.#options.fields) return '';
    const text = this.bytes.toString('utf8', this.starts[field]!, this.ends[field]!);
    return this.doubled[field] === 1 ? text.replaceAll('""', '"') : text;
  }

  #run(bytes: Buffer, isEnd: boolean): void {
    this.bytes = bytes;
    this.#at = 0;
    const length = bytes.length;
    if (this.#skipping) this.#skipLine(0);
    while (this.#at < length && !this.#skipping) {
      const from = this.#at;
      this.line = this.#lines + 1;
      this.from = from;
      const end = this.#record(from, isEnd);
      if (end === -1 && !isEnd && length - from <= this.#options.longest) break;
      if (end < 0 || end - from > this.#options.longest) {
        this.#options.onBroken(end === -2 || isEnd ? 'quotes' : 'too-long');
        this.#skipLine(from);
        continue;
      }
      this.#at = end;
      if (!this.#isBlank()) this.#options.onRecord();
    }
    this.#carry = this.#at < length ? Buffer.from(bytes.subarray(this.#at)) : Buffer.alloc(0);
  }

  #skipLine(from: number): void {
    const at = this.bytes.indexOf(this.#lineEnd, from);
    this.#skipping = at < 0;
    this.#at = at < 0 ? this.bytes.length : at + 1;
    if (at >= 0) this.#lines++;
  }

  #isBlank(): boolean {
    if (this.count !== 1 || this.ends[0]! - this.starts[0]! > 64) return false;
    for (let at = this.starts[0]!; at < this.ends[0]!; at++) if (this.bytes[at]! > BLANK) return false;
    return this.bytes[this.starts[0]! - 1] !== QUOTE || this.starts[0] === this.from;
  }

  /** Where the next record begins; -1: the bytes end before this one does; -2: its quotation marks do not close as they should. */
  #record(from: number, isEnd: boolean): number {
    const { bytes, starts, ends, doubled } = this;
    const { delimiter, fields } = this.#options;
    const lineEnd = this.#lineEnd;
    const length = bytes.length;
    let count = 0;
    let at = from;
    this.#breaks = 0;
    for (;;) {
      while (bytes[at] === BLANK) at++;
      if (bytes[at] === QUOTE) {
        const end = this.#quoted(at, isEnd, count);
        if (end < 0) return end;
        at = end;
      } else {
        const start = at;
        let byte = 0;
        while (at < length && (byte = bytes[at]!) !== delimiter && byte !== lineEnd) at++;
        if (count < fields) {
          starts[count] = start;
          ends[count] = at > start && byte === LF && bytes[at - 1] === CR ? at - 1 : at;
          doubled[count] = 0;
        }
      }
      count++;
      if (at >= length) {
        if (!isEnd) return -1;
        if (count <= fields && ends[count - 1]! > starts[count - 1]! && bytes[ends[count - 1]! - 1] === CR) ends[count - 1]!--;
        this.count = count;
        this.to = length;
        return length;
      }
      if (bytes[at] === lineEnd) break;
      at++;
    }
    this.#lines += this.#breaks + 1;
    this.count = count;
    this.to = at;
    return at + 1;
  }

  /** Takes a field in quotation marks; gives the place of what ends it. Results below zero as those of `#record`. */
  #quoted(open: number, isEnd: boolean, field: number): number {
    const { bytes } = this;
    const { delimiter, fields } = this.#options;
    const lineEnd = this.#lineEnd;
    let at = open + 1;
    let twice = 0;
    let breaks = 0;
    for (;;) {
      if (at >= bytes.length) return isEnd ? -2 : -1;
      const byte = bytes[at]!;
      if (byte === lineEnd) breaks++;
      if (byte === QUOTE) {
        if (at + 1 >= bytes.length && !isEnd) return -1;
        if (bytes[at + 1] !== QUOTE) break;
        twice = 1;
        at++;
      }
      at++;
    }
    let start = open + 1;
    let end = at;
    let after = at + 1;
    while (after < bytes.length && (bytes[after] === BLANK || bytes[after] === CR) && bytes[after] !== lineEnd) after++;
    if (after >= bytes.length && !isEnd) return -1;
    if (after < bytes.length && bytes[after] !== delimiter && bytes[after] !== lineEnd) {
      // "a" b, in one line: what stands there is kept as it is.
      if (breaks > 0) return -2;
      while (after < bytes.length && bytes[after] !== delimiter && bytes[after] !== lineEnd) after++;
      if (after >= bytes.length && !isEnd) return -1;
      start = open;
      end = bytes[after - 1] === CR ? after - 1 : after;
      twice = 0;
    }
    this.#breaks += breaks;
    if (field < fields) {
      this.starts[field] = start;
      this.ends[field] = end;
      this.doubled[field] = twice;
    }
    return after;
  }
}
