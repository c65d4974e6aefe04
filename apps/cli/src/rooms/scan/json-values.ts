/** Why a part of a JSON file was left out; `line` counts from 1. */
export type Damage = { readonly line: number; readonly reason: 'syntax' | 'too-long' | 'too-deep' | 'cut-off' };

export const JSON_LIMITS = { valueBytes: 16 * 2 ** 20, depth: 64 };

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN = { brace: 0x7b, bracket: 0x5b };
const CLOSE = { brace: 0x7d, bracket: 0x5d };
const NOTHING = Buffer.alloc(0);

/**
 * Takes JSON values out of a stream of bytes as they come: one a line, one after another over many lines, or the elements of one array.
 * Holds one value at a time. What is damaged is told with its line and left out; reading goes on at the next value.
 */
export class JsonValues {
  readonly #tell: (damage: Damage) => void;
  #form: 'unknown' | 'lines' | 'values' = 'unknown';
  #rest: Buffer = NOTHING;
  /** The line that `#rest` begins on. */
  #line = 1;
  /** In `values`: where the byte that is read next stands in its line; null behind a value. */
  #column: number | null = 0;
  /** Where the value before began in its line. */
  #valueColumn = 0;
  /** After damage: the column that the next value begins in. */
  #sought: number | null = null;
  /** @unit bytes that must have come before it is worth reading on */
  #tryAt = 0;
  /** In `lines`: the rest of a line that is too long passes by. */
  #isSkipping = false;

  constructor(tell: (damage: Damage) => void) {
    this.#tell = tell;
  }

  *push(piece: Buffer): Generator<unknown> {
    this.#rest = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    yield* this.#read(false);
  }

  *end(): Generator<unknown> {
    yield* this.#read(true);
  }

  #read(isEnd: boolean): Generator<unknown> {
    if (this.#form === 'unknown') this.#form = this.#formOf(isEnd);
    if (this.#form === 'lines') return this.#lines(isEnd);
    return this.#form === 'values' ? this.#values(isEnd) : none();
  }

  /** One value a line where the first line is a value; else values that take as many lines as they need. */
  #formOf(isEnd: boolean): 'unknown' | 'lines' | 'values' {
    if (this.#rest.length < 3 && !isEnd) return 'unknown';
    if (this.#rest[0] === 0xef && this.#rest[1] === 0xbb && this.#rest[2] === 0xbf) this.#rest = this.#rest.subarray(3);
    const start = this.#rest.findIndex((byte) => byte > 0x20);
    if (start < 0) return isEnd ? 'lines' : 'unknown';
    const newline = this.#rest.indexOf(NEWLINE, start);
    if (newline < 0 && !isEnd && this.#rest.length <= JSON_LIMITS.valueBytes) return 'unknown';
    const first = this.#rest.toString('utf8', start, newline < 0 ? this.#rest.length : newline);
    // An empty one says nothing: what follows may still take many lines.
    return first.startsWith('{') && Object.keys(parsed(first) ?? {}).length > 0 ? 'lines' : 'values';
  }

  *#lines(isEnd: boolean): Generator<unknown> {
    const bytes = this.#rest;
    let from = 0;
    for (let to = bytes.indexOf(NEWLINE); to >= 0; to = bytes.indexOf(NEWLINE, from)) {
      yield* this.#ofLine(bytes, from, to);
      from = to + 1;
      this.#line++;
    }
    this.#rest = bytes.subarray(from);
    if (isEnd) yield* this.#ofLine(bytes, from, bytes.length);
    else if (this.#rest.length > JSON_LIMITS.valueBytes) {
      if (!this.#isSkipping) this.#tell({ line: this.#line, reason: 'too-long' });
      this.#isSkipping = true;
      this.#rest = NOTHING;
    }
  }

  *#ofLine(bytes: Buffer, from: number, to: number): Generator<unknown> {
    const wasSkipping = this.#isSkipping;
    this.#isSkipping = false;
    if (wasSkipping) return;
    if (to - from > JSON_LIMITS.valueBytes) return this.#tell({ line: this.#line, reason: 'too-long' });
    const text = bytes.toString('utf8', from, to);
    const value = parsed(text);
    if (value !== undefined) yield value;
    else if (text.trim() !== '') this.#tell({ line: this.#line, reason: 'syntax' });
  }

  *#values(isEnd: boolean): Generator<unknown> {
    if (!isEnd && this.#rest.length < this.#tryAt) return;
    const bytes = this.#rest;
    let at = 0;
    while (at < bytes.length) {
      if (this.#sought !== null) {
        at = this.#seek(bytes, at);
        if (this.#sought !== null) break;
      } else if (bytes[at] !== OPEN.brace) at = this.#between(bytes, at);
      else {
        const found = endOfValue(bytes, at);
        const isWhole = isEnd || bytes.length - at > JSON_LIMITS.valueBytes;
        if (found.reason === 'cut-off' && !isWhole) break;
        if (found.reason === null) {
          const value = parsed(bytes.toString('utf8', at, found.end));
          if (value === undefined) this.#tell({ line: this.#line, reason: 'syntax' });
          else yield value;
          this.#valueColumn = this.#column ?? this.#valueColumn;
          this.#column = null;
          this.#line += found.lines;
          at = found.end;
        } else this.#lose(found.reason === 'cut-off' && !isEnd ? 'too-long' : found.reason);
      }
    }
    this.#rest = bytes.subarray(at);
    // A long value is not gone through again with each small piece.
    this.#tryAt = this.#rest.length > 2 ** 18 ? Math.min(2 * this.#rest.length, JSON_LIMITS.valueBytes + 1) : 0;
  }

  /** Goes on one byte that belongs to no value. */
  #between(bytes: Buffer, at: number): number {
    const byte = bytes[at]!;
    if (byte === NEWLINE) {
      this.#line++;
      this.#column = 0;
    } else if (!isBetween(byte)) this.#lose('syntax');
    else if (this.#column !== null) this.#column++;
    return at + 1;
  }

  /** What follows is looked through for a line that has a value in the same column as the one before: not for a value within a value. */
  #lose(reason: Damage['reason']): void {
    this.#tell({ line: this.#line, reason });
    this.#sought = this.#column ?? this.#valueColumn;
  }

  /** @returns where the value sought begins; while it is still sought, where to look on once more bytes have come */
  #seek(bytes: Buffer, from: number): number {
    const column = this.#sought ?? 0;
    let newline = bytes.indexOf(NEWLINE, from);
    while (newline >= 0) {
      const next = bytes.indexOf(NEWLINE, newline + 1);
      const start = newline + 1 + column;
      if (next < 0 && start >= bytes.length) return newline;
      this.#line++;
      if (bytes[start] === OPEN.brace) {
        this.#sought = null;
        this.#column = column;
        return start;
      }
      newline = next;
    }
    return bytes.length;
  }
}

function* none(): Generator<unknown> {
  // What has come does not say yet how the values stand.
}

function isBetween(byte: number): boolean {
  return byte <= 0x20 || byte === COMMA || byte === OPEN.bracket || byte === CLOSE.bracket;
}

/** undefined for what is not an object or a list of them. */
function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `reason` is null where the value ends. */
type End = { readonly end: number; readonly lines: number; readonly reason: Damage['reason'] | null };

/** Where the value that begins at `start` ends, or why it does not. A line ends no string: JSON has none over two lines. */
function endOfValue(bytes: Buffer, start: number): End {
  let depth = 0;
  let lines = 0;
  let isText = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === NEWLINE) {
      if (isText) return { end: at, lines, reason: 'syntax' };
      lines++;
    } else if (isText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN.brace || byte === OPEN.bracket) {
      if (++depth > JSON_LIMITS.depth) return { end: at, lines, reason: 'too-deep' };
    } else if ((byte === CLOSE.brace || byte === CLOSE.bracket) && --depth === 0) return { end: at + 1, lines, reason: null };
  }
  return { end: bytes.length, lines, reason: 'cut-off' };
}

/**
 * The events in a JSON value: the value itself, or those of an export that puts them into one: CloudTrail's `Records`, Azure's `value`,
 * Elasticsearch's `hits.hits`.
 */
export function* eventsIn(value: unknown): Generator<object> {
  if (Array.isArray(value)) for (const element of value) yield* eventsIn(element);
  else if (isObject(value)) {
    const hits = isObject(value['hits']) ? value['hits']['hits'] : undefined;
    const list = [value['Records'], value['value'], hits].find((candidate) => Array.isArray(candidate) && candidate.every(isObject));
    if (list !== undefined) yield* eventsIn(list);
    else yield value;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
