/** The text of a file, and which line a place of it is on. */
export class Source {
  readonly name: string;
  readonly text: string;
  /** The place asked for last: the next one is near. */
  #offset = 0;
  #line = 1;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  /** @returns the line of an offset, from 1 */
  lineAt(offset: number): number {
    if (offset >= this.#offset) this.#line += this.#breaks(this.#offset, offset);
    else this.#line -= this.#breaks(offset, this.#offset);
    this.#offset = offset;
    return this.#line;
  }

  #breaks(from: number, to: number): number {
    let found = 0;
    for (let at = this.text.indexOf('\n', from); at !== -1 && at < to; at = this.text.indexOf('\n', at + 1)) found++;
    return found;
  }
}

/** A part of a file from one `---` line to the next: one document as a rule. */
export type Chunk = { readonly from: number; readonly to: number };

/**
 * Divides a file at its `---` lines, so that a damaged document does not take the others with it. Parts with nothing but comments and
 * directives are left out.
 */
export function* chunksOf({ text }: Source): Generator<Chunk> {
  let from = 0;
  for (let at = text.indexOf('\n---'); at !== -1; at = text.indexOf('\n---', at + 4)) {
    const next = text[at + 4];
    if (next !== undefined && !/\s/.test(next)) continue;
    if (says(text.slice(from, at + 1))) yield { from, to: at + 1 };
    from = at + 1;
  }
  if (says(text.slice(from))) yield { from, to: text.length };
}

/** Whether anything but comments, directives and marks stands there. */
function says(piece: string): boolean {
  return /^(?!---(?:\s|$)|#|%|\s)./m.test(piece) || /^(?:---)?[ \t]+[^\s#]/m.test(piece);
}
