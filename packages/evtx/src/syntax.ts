import type { EvtxValue } from './model.ts';
import { Cells } from './cells.ts';
import { ChunkMemory } from './memory.ts';
import { Damage } from './model.ts';
import { NO_DEPENDENCY, TOKEN } from './tokens.ts';

/** A piece of text: the value of a substitution, or (where that is -1) always the same. */
export type SourcePart = { readonly kind: 'part'; readonly substitution: number; readonly constant: EvtxValue };
export type SourceAttribute = { readonly name: string; readonly parts: SourcePart[] };
export type SourceElement = {
  readonly kind: 'element';
  readonly name: string;
  /** The element is left out where this substitution is null; -1 for none. */
  readonly dependency: number;
  readonly attributes: SourceAttribute[];
  readonly content: SourceNode[];
};
export type SourceNode = SourceElement | SourcePart;

const DEEPEST_ELEMENT = 512;

/** For the one literal that is being read. */
const literalMemory = new ChunkMemory();
let literal: Cells | undefined;

/**
 * Builds the elements that rewritten tokens (see tokens.ts) say.
 * @param name gives the name with a number
 * @throws Damage where they are not balanced
 */
export function elementsOf(units: Uint16Array, name: (id: number) => string): SourceNode[] {
  return new Builder(units, name).build();
}

class Builder {
  readonly #units: Uint16Array;
  readonly #name: (id: number) => string;
  readonly #roots: SourceNode[] = [];
  readonly #open: SourceElement[] = [];
  /** The element whose start tag is being read. */
  #starting: SourceElement | null = null;
  #at = 0;

  constructor(units: Uint16Array, name: (id: number) => string) {
    this.#units = units;
    this.#name = name;
  }

  build(): SourceNode[] {
    while (this.#at < this.#units.length) this.#token(this.#next());
    if (this.#starting || this.#open.length > 0) throw new Damage('an element is not closed');
    return this.#roots;
  }

  #next(): number {
    this.#at += 1;
    return this.#units[this.#at - 1] as number;
  }

  #token(token: number): void {
    switch (token) {
      case TOKEN.open:
        return this.#start();
      case TOKEN.content:
        return this.#content();
      case TOKEN.close:
        if (!this.#open.pop() || this.#starting) throw new Damage('an element is closed that is not open');
        return;
      case TOKEN.attribute: {
        if (!this.#starting) throw new Damage('an attribute is outside a start tag');
        this.#starting.attributes.push({ name: this.#name(this.#next()), parts: [] });
        return;
      }
      case TOKEN.text:
        return this.#part({ kind: 'part', substitution: -1, constant: this.#text() });
      case TOKEN.value:
        return this.#part({ kind: 'part', substitution: -1, constant: this.#value() });
      case TOKEN.substitution:
        return this.#part({ kind: 'part', substitution: this.#next(), constant: null });
      default:
        return this.#add({ kind: 'part', substitution: this.#next(), constant: null });
    }
  }

  #start(): void {
    if (this.#starting) throw new Damage('an element starts inside a start tag');
    const dependency = this.#next();
    const name = this.#name(this.#next());
    this.#starting = { kind: 'element', name, dependency: dependency === NO_DEPENDENCY ? -1 : dependency, attributes: [], content: [] };
  }

  #content(): void {
    const element = this.#starting;
    if (!element || this.#open.length >= DEEPEST_ELEMENT) throw new Damage('its elements are not well formed or too deep');
    this.#starting = null;
    this.#add(element);
    this.#open.push(element);
  }

  #add(node: SourceNode): void {
    if (this.#starting) throw new Damage('an element is inside an attribute');
    (this.#open.at(-1)?.content ?? this.#roots).push(node);
  }

  #part(part: SourcePart): void {
    const attribute = this.#starting?.attributes.at(-1);
    if (attribute) attribute.parts.push(part);
    else if (this.#starting || this.#open.length === 0) throw new Damage('a value is outside every element');
    else this.#add(part);
  }

  #text(): string {
    const length = this.#next();
    const units = this.#units.subarray(this.#at, this.#at + length);
    this.#at += length;
    return Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le');
  }

  #value(): EvtxValue {
    const type = this.#next();
    const size = this.#next();
    literal ??= new Cells(literalMemory);
    literalMemory.bytes.set(this.#units.subarray(this.#at, this.#at + size));
    this.#at += size;
    literal.clear();
    literal.add(type, size, 0);
    return literal.value(0);
  }
}
