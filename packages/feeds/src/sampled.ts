import type { Budget } from './raw-rows.ts';

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BLANK = 0x20;

export type SampledText = {
  /** null: a line is a row, whatever is in it. */
  readonly delimiter: string | null;
  readonly endsWithCr: boolean;
  readonly budget: Budget;
  /** The longest record in bytes; quotation marks that stay open for longer do not close. */
  readonly longest: number;
  /** How many rows so many lines make, where a line is not a row. */
  readonly rowsOf?: (lines: number) => number;
};

/** Looked at whole from the beginning, @unit bytes. Lists up to this size and the tail are not sampled at all. */
const HEAD = 2 ** 21;
const WINDOW = 2 ** 15;
const FIRST_GAP = 2 ** 18;
/** Each gap is so much longer than the one before: 200 MB are covered by 50 windows, 1 GB by 65. */
const GROWTH = 1.1;
const TAIL = 2 ** 18;

/** Follows where records end while bytes pass by. */
class Ends {
  readonly #delimiter: number;
  readonly #lineEnd: number;
  readonly #longest: number;
  #quoted = false;
  /** Where the quotation marks opened and the line began, and what has passed before these bytes. */
  #openAt = 0;
  #lineAt = 0;
  #passed = 0;
  #before = LF;
  /** Lines that are not blank, of what has passed. */
  lines = 0;

  constructor({ delimiter, endsWithCr, longest }: SampledText) {
    this.#delimiter = delimiter === null ? -1 : delimiter.charCodeAt(0);
    this.#lineEnd = endsWithCr ? CR : LF;
    this.#longest = longest;
  }

  /** Passes on to the first end of a record that lies at `target` or behind it. @returns the place behind it, or -1 */
  pass(bytes: Uint8Array, from: number, target: number): number {
    const [lineEnd, delimiter, before] = [this.#lineEnd, this.#delimiter, this.#before];
    const base = this.#passed - from;
    let quoted = this.#quoted;
    let found = -1;
    let at = from;
    while (at < bytes.length && found < 0) {
      const byte = bytes[at++]!;
      // Neither a quotation mark nor a control: nearly all.
      if (byte > QUOTE) continue;
      if (byte === QUOTE) {
        const left = at - 1 > from ? bytes[at - 2]! : before;
        if (quoted) quoted = false;
        else if (delimiter >= 0 && (left === delimiter || left === lineEnd || left === QUOTE || left === BLANK)) {
          quoted = true;
          this.#openAt = base + at;
        }
      } else if (byte === lineEnd) {
        if (quoted && base + at - this.#openAt > this.#longest) quoted = false;
        if (quoted) continue;
        this.#line(at - 1 > from ? bytes[at - 2]! : before, base + at);
        if (at >= target) found = at;
      }
    }
    if (at > from) this.#before = bytes[at - 1]!;
    this.#passed = base + at;
    this.#quoted = quoted;
    return found;
  }

  /** A record ends before `at`. */
  #line(before: number, at: number): void {
    const length = at - 1 - this.#lineAt;
    if (length > 1 || (length === 1 && before !== CR)) this.lines++;
    this.#lineAt = at;
  }
}

/** Passes the pieces on, counted against the budget: all of them, or a sample. @throws DomainError `feeds.list_too_big` */
export async function* counted(pieces: AsyncIterable<Buffer>, isSample: boolean, text: SampledText): AsyncGenerator<Buffer> {
  if (isSample) return yield* sampled(pieces, text);
  for await (const piece of pieces) {
    text.budget.take(piece.length);
    yield piece;
  }
}

function skip({ budget, rowsOf }: SampledText, lines: number): void {
  budget.skip(rowsOf ? rowsOf(lines) : lines);
}

type Part = { bytes: Uint8Array; lines: number };

/**
 * Of a text the head, windows spread over it and the tail, each from the beginning of a record to the end of one; of what lies
 * between, the lines that are not blank are counted into `budget` as rows. Where quotation marks are broken, the count and where
 * a window begins are near, not exact. Short texts pass whole.
 *
 * @throws DomainError `feeds.list_too_big`
 */
async function* sampled(pieces: AsyncIterable<Buffer>, text: SampledText): AsyncGenerator<Buffer> {
  const ends = new Ends(text);
  let [isLooking, left, gap] = [true, HEAD, FIRST_GAP];
  // What was passed over last, since the end of the text comes without notice.
  const held: Part[] = [];
  let heldBytes = 0;
  const release = (least: number): void => {
    while (held.length > 1 && heldBytes - held[0]!.bytes.length >= least) {
      const part = held.shift()!;
      heldBytes -= part.bytes.length;
      skip(text, part.lines);
    }
  };
  for await (const piece of pieces) {
    text.budget.take(piece.length);
    let at = 0;
    while (at < piece.length) {
      const before = ends.lines;
      const end = ends.pass(piece, at, at + left);
      const until = end < 0 ? piece.length : end;
      left = Math.max(0, left - (until - at));
      const bytes = piece.subarray(at, until);
      if (isLooking) yield bytes;
      else {
        held.push({ bytes, lines: ends.lines - before });
        heldBytes += bytes.length;
        release(TAIL);
      }
      at = until;
      if (end < 0) continue;
      isLooking = !isLooking;
      if (isLooking) {
        for (const part of held.splice(0)) skip(text, part.lines);
        [heldBytes, left] = [0, WINDOW];
      } else [left, gap] = [gap, Math.round(gap * GROWTH)];
    }
  }
  yield* tailOf(held, text);
}

/** The last records that were passed over: from the first end of a record in them on. */
async function* tailOf(held: readonly Part[], text: SampledText): AsyncGenerator<Buffer> {
  const bytes = Buffer.concat(held.map((part) => part.bytes));
  if (bytes.length === 0) return;
  const lines = held.reduce((sum, part) => sum + part.lines, 0);
  const ends = new Ends(text);
  // Where the held part begins in the middle of a record is not known; if it is all that was passed over, it begins with one.
  const from = ends.pass(bytes, 0, 1);
  const rest = from < 0 ? bytes : bytes.subarray(from);
  const looked = new Ends(text);
  looked.pass(rest, 0, Infinity);
  skip(text, Math.max(0, lines - looked.lines));
  yield rest;
}
