import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import type { Event, ScalarEvent } from 'js-yaml';
import { RuleProblem } from './problem.ts';
import type { Chunk, Source } from './source.ts';

/** A YAML node that knows where it stands: `at` counts UTF-16 units from the start of its file. */
export type YamlNode = YamlScalar | YamlList | YamlMap;
/** `value` by the core schema of YAML 1.2; `text` is what is written, escapes resolved. Dates stay text. */
export type YamlScalar = {
  readonly kind: 'scalar';
  readonly text: string;
  readonly value: string | number | boolean | null;
  readonly at: number;
};
export type YamlList = { readonly kind: 'list'; readonly items: readonly YamlNode[]; readonly at: number };
export type YamlEntry = { readonly at: number; readonly value: YamlNode };
export type YamlMap = { readonly kind: 'map'; readonly entries: ReadonlyMap<string, YamlEntry>; readonly at: number };

const limits = {
  /** @unit UTF-16 units of one document */
  document: 1 << 20,
  /** Lists and maps within each other. */
  depth: 64,
  /** Nodes of a document after its aliases are followed: stops alias bombs. */
  nodes: 100_000,
} as const;

/**
 * The documents of a chunk; empty ones are left out.
 *
 * @throws {RuleProblem} `yaml` where the text is no YAML, `yaml-limit` where it is too large, too deep or expands too far
 */
export function documentsOf(source: Source, { from, to }: Chunk): YamlNode[] {
  if (to - from > limits.document)
    throw new RuleProblem('yaml-limit', `the document is longer than ${limits.document} characters: divide it into several`, from);
  const text = source.text.slice(from, to);
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: limits.depth });
  } catch (thrown) {
    if (!(thrown instanceof YAMLException)) throw thrown;
    throw new RuleProblem('yaml', `not valid YAML: ${thrown.reason}`, from + (thrown.mark?.position ?? 0));
  }
  return new Composer(text, events, from).documents();
}

class Composer {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #from: number;
  #next = 0;
  #nodes = 0;
  readonly #anchors = new Map<string, { node: YamlNode; size: number }>();

  constructor(text: string, events: readonly Event[], from: number) {
    this.#text = text;
    this.#events = events;
    this.#from = from;
  }

  documents(): YamlNode[] {
    const documents: YamlNode[] = [];
    while (this.#next < this.#events.length) {
      this.#next++;
      this.#nodes = 0;
      this.#anchors.clear();
      const end = this.#events[this.#next];
      if (end && end.type !== EVENT_ID.POP) {
        const node = this.#node();
        if (node.kind !== 'scalar' || node.value !== null) documents.push(node);
      }
      this.#next++;
    }
    return documents;
  }

  #node(): YamlNode {
    const event = this.#events[this.#next++];
    if (!event || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP)
      throw new RuleProblem('yaml', 'a value is missing', this.#from);
    if (event.type === EVENT_ID.ALIAS) return this.#alias(event.anchorStart, event.anchorEnd);
    const before = this.#nodes;
    this.#add(1, this.#from + startOf(event));
    const node =
      event.type === EVENT_ID.SCALAR
        ? this.#scalar(event)
        : event.type === EVENT_ID.SEQUENCE
          ? this.#list(this.#from + event.start)
          : this.#map(this.#from + event.start);
    if (event.anchorStart >= 0)
      this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), { node, size: this.#nodes - before });
    return node;
  }

  #add(nodes: number, at: number): void {
    this.#nodes += nodes;
    if (this.#nodes > limits.nodes)
      throw new RuleProblem('yaml-limit', `the document holds more than ${limits.nodes} values, aliases followed: divide it`, at);
  }

  #alias(from: number, to: number): YamlNode {
    const name = this.#text.slice(from, to);
    const target = this.#anchors.get(name);
    if (!target) throw new RuleProblem('yaml', `the alias *${name} names nothing that stands complete before it`, this.#from + from);
    this.#add(target.size, this.#from + from);
    return target.node;
  }

  #scalar(event: ScalarEvent): YamlScalar {
    const text = getScalarValue(this.#text, event);
    const tag = event.tagStart >= 0 ? this.#text.slice(event.tagStart, event.tagEnd) : null;
    if (tag !== null && tag !== '!' && tag !== '!!str')
      throw new RuleProblem('yaml-tag', `the tag ${tag} is not read: write the value without it`, this.#from + event.tagStart);
    const plain = event.style === SCALAR_STYLE.PLAIN && tag === null;
    return { kind: 'scalar', text, value: plain ? coreValue(text) : text, at: this.#from + event.valueStart };
  }

  #list(at: number): YamlList {
    const items: YamlNode[] = [];
    while (!this.#ends()) items.push(this.#node());
    return { kind: 'list', items, at };
  }

  #map(at: number): YamlMap {
    const entries = new Map<string, YamlEntry>();
    const merged: YamlNode[] = [];
    while (!this.#ends()) {
      const key = this.#node();
      const value = this.#node();
      if (key.kind !== 'scalar') throw new RuleProblem('yaml-key', 'a key is a list or a map: write it as text', key.at);
      if (key.text === '<<' && key.value === '<<') merged.push(value);
      else if (entries.has(key.text))
        throw new RuleProblem('yaml-duplicate-key', `the key "${key.text}" stands twice: one of them would be lost`, key.at);
      else entries.set(key.text, { at: key.at, value });
    }
    for (const source of merged) for (const map of source.kind === 'list' ? source.items : [source]) mergeInto(entries, map);
    return { kind: 'map', entries, at };
  }

  #ends(): boolean {
    if (this.#events[this.#next]?.type !== EVENT_ID.POP) return false;
    this.#next++;
    return true;
  }
}

/** `<<`: what the map says itself goes before what it takes over. */
function mergeInto(entries: Map<string, YamlEntry>, source: YamlNode): void {
  if (source.kind !== 'map') throw new RuleProblem('yaml-key', '"<<" takes over a map or a list of maps', source.at);
  for (const [key, entry] of source.entries) if (!entries.has(key)) entries.set(key, entry);
}

/** YAML 1.2, 10.3.2: the core schema. */
function coreValue(text: string): string | number | boolean | null {
  switch (text) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return numberLike.test(text) && Number.isFinite(Number(text)) ? Number(text) : text;
  }
}

const numberLike = /^(?:[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+)$/;

function startOf(event: Exclude<Event, { type: 1 | 5 | 6 }>): number {
  return event.type === EVENT_ID.SCALAR ? event.valueStart : event.start;
}
