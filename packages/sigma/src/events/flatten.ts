import type { Value } from '../event.ts';
import type { Layout, Recogniser } from '../logsources.ts';
import { namesOfPath, Path, withoutClashes } from './paths.ts';

/** What is cut off an event: deeper objects, further fields, longer lists and texts are left out. */
export const LIMITS = { depth: 32, fields: 2_000, list: 1_000, text: 65_536 };

/** All that may be remembered of forms seen; when it is full it is forgotten as a whole. */
const MAX_REMEMBERED = 50_000;

/** The fields seen so far, in their order: events that take the same way through it have the same layout. */
class Step {
  readonly path: Path | null;
  readonly before: Step | null;
  readonly next = new Map<Path, Step>();
  layout: Layout | null = null;

  constructor(path: Path | null, before: Step | null) {
    this.path = path;
    this.before = before;
  }
}

/** The fields below a list with their values so far. */
type Collecting = { readonly values: Map<Path, Value[]>; readonly depth: number; readonly list: Path };

/** Makes fields side by side of nested JSON, and layouts that equal events share. */
export class Flattener {
  readonly #recogniser: Recogniser;
  #root: Path;
  #start = new Step(null, null);
  #remembered = 0;
  #at = this.#start;
  #values: Value[] = [];
  /** Whether something of the last event was cut off by a limit. */
  cut = false;

  constructor(recogniser: Recogniser) {
    this.#recogniser = recogniser;
    this.#root = new Path('', null, recogniser.mapping.texts);
  }

  flatten(object: Readonly<Record<string, unknown>>): { layout: Layout; values: readonly Value[] } {
    if (this.#remembered > MAX_REMEMBERED) this.#forget();
    this.cut = false;
    this.#at = this.#start;
    this.#values = [];
    this.#object(object, this.#root, 0);
    this.#at.layout ??= this.#layoutOf(this.#at);
    return { layout: this.#at.layout, values: this.#values };
  }

  #object(object: Readonly<Record<string, unknown>>, path: Path, depth: number): void {
    if (depth > LIMITS.depth) {
      this.cut = true;
      return;
    }
    if (path.asText) this.#field(path, this.#json(object));
    for (const key in object) {
      if (this.#values.length >= LIMITS.fields) {
        this.cut = true;
        return;
      }
      const value = object[key];
      const below = this.#below(path, path.ofXml ? elementOf(key, object) : key);
      if (below.ofRoot) continue;
      if (typeof value !== 'object' || value === null) this.#field(below, scalar(value));
      else if (Array.isArray(value)) this.#list(value, below, depth + 1);
      else this.#object(value as Record<string, unknown>, below, depth + 1);
    }
  }

  /** A list of texts is the value of one field; of objects, each field below it has a list of values. */
  #list(list: readonly unknown[], path: Path, depth: number): void {
    if (path.asText) this.#field(path, this.#json(list));
    const values = new Map<Path, Value[]>();
    this.#collect(list, path, { values, depth, list: path });
    for (const [below, each] of values) this.#field(below, each);
  }

  #collect(value: unknown, path: Path, into: Collecting): void {
    const { values, depth } = into;
    const deeper = { ...into, depth: depth + 1 };
    if (depth > LIMITS.depth) {
      this.cut = true;
    } else if (Array.isArray(value)) {
      for (const one of value) this.#collect(one, path, deeper);
    } else if (typeof value === 'object' && value !== null) {
      if (path.asText && path !== into.list) this.#collect(this.#json(value), path, into);
      const named = namedData(value as Record<string, unknown>);
      if (named !== null) this.#collect(named.value, this.#below(path.above ?? path, named.name), deeper);
      else for (const key in value) this.#collect((value as Record<string, unknown>)[key], this.#below(path, key), deeper);
    } else {
      const known = values.get(path);
      if (known === undefined && values.size < LIMITS.fields) values.set(path, [scalar(value)]);
      else if (known !== undefined && known.length < LIMITS.list) known.push(scalar(value));
      else this.cut = true;
    }
  }

  /** Null where it cannot be written: it has a bigint, or nests too deep. */
  #json(object: object): string | null {
    try {
      return JSON.stringify(object).slice(0, LIMITS.text);
    } catch {
      this.cut = true;
      return null;
    }
  }

  #field(path: Path, value: Value): void {
    let next = this.#at.next.get(path);
    if (next === undefined) {
      next = new Step(path, this.#at);
      this.#at.next.set(path, next);
      this.#remembered++;
    }
    this.#at = next;
    this.#values.push(value);
  }

  #below(path: Path, key: string): Path {
    let below = path.below.get(key);
    if (below === undefined) {
      below = new Path(key, path, this.#recogniser.mapping.texts);
      path.below.set(key, below);
      this.#remembered++;
    }
    return below;
  }

  #layoutOf(last: Step): Layout {
    const { mapping } = this.#recogniser;
    const paths: Path[] = [];
    for (let step: Step | null = last; step?.path; step = step.before) paths.push(step.path);
    paths.reverse();
    const names = paths.map((path) => namesOfPath(path, mapping));
    return this.#recogniser.layout(
      withoutClashes(
        names,
        paths.map(({ dotted }) => dotted),
      ),
    );
  }

  #forget(): void {
    this.#root = new Path('', null, this.#recogniser.mapping.texts);
    this.#start = new Step(null, null);
    this.#remembered = 0;
  }
}

/** XML converters number repeated elements: `Data`, `Data_1`, ... */
function elementOf(key: string, object: Readonly<Record<string, unknown>>): string {
  const last = key.charCodeAt(key.length - 1);
  if (last < 48 || last > 57) return key;
  const element = /^(.+)_\d+$/.exec(key)?.[1];
  return element !== undefined && Object.hasOwn(object, element) ? element : key;
}

function scalar(value: unknown): Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? value : null;
}

/** `<Data Name="Image">…</Data>` as XML converters write it: the name in an attribute, the value as text. */
function namedData(object: Readonly<Record<string, unknown>>): { name: string; value: unknown } | null {
  const attributes = object['#attributes'];
  const name =
    object['@Name'] ??
    (typeof attributes === 'object' && attributes !== null ? (attributes as Record<string, unknown>)['Name'] : undefined);
  return typeof name === 'string' && name !== '' ? { name, value: object['#text'] ?? null } : null;
}
