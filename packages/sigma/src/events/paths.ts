import type { Mapping } from '../mapping/clauses.ts';

/** Where XML made into JSON begins: with the event, or with the parts of it. */
const ROOTS: ReadonlySet<string> = new Set(['Event', 'System', 'EventData', 'UserData']);

/** A place in JSON events: reached by the same keys, it is the same object. */
export class Path {
  readonly key: string;
  readonly above: Path | null;
  /** The keys joined by dots, without those that only carry text or attributes. */
  readonly dotted: string;
  /** The last part alone. */
  readonly leaf: string;
  /** Within a Windows event made of XML. */
  readonly ofXml: boolean;
  /** The attributes of a Windows event's root: its namespace, which is the same in all. */
  readonly ofRoot: boolean;
  /** Rules search the object here as text. */
  readonly asText: boolean;
  readonly below = new Map<string, Path>();

  constructor(key: string, above: Path | null, texts: ReadonlySet<string>) {
    this.key = key;
    this.above = above;
    this.dotted = above === null ? '' : joined(above, key);
    this.leaf = above === null ? '' : leafOf(above, key);
    this.ofXml = above !== null && (above.ofXml || (above.above === null && ROOTS.has(key)));
    this.ofRoot = this.ofXml && this.dotted === 'Event' && key === '#attributes';
    this.asText = texts.has(this.dotted);
  }
}

function joined(above: Path, key: string): string {
  if (key === '#text' || key === '#attributes') return above.dotted;
  if (above.key === '#attributes') return `${above.dotted}_${key}`;
  if (above.ofXml && key.startsWith('@')) return `${above.dotted}_${key.slice(1)}`;
  return above.dotted === '' ? key.replaceAll('.#attributes.', '_').replace(/\.#text$/, '') : `${above.dotted}.${key}`;
}

function leafOf(above: Path, key: string): string {
  if (key === '#text' || key === '#attributes') return above.leaf;
  if (above.key === '#attributes') return `${above.leaf}_${key}`;
  return above.ofXml && key.startsWith('@') ? `${above.leaf}_${key.slice(1)}` : key;
}

/** Every name that a field with this path answers to, its own first, those of rules after. */
export function namesOfPath({ dotted, leaf }: Pick<Path, 'dotted' | 'leaf'>, mapping: Mapping): readonly string[] {
  const parts = dotted.split('.');
  const names: string[] = [];
  for (const carrier of mapping.carriers) {
    if (parts.length <= carrier.length || !carrier.every((part, index) => part === '*' || part === parts[index])) continue;
    const rest = parts.slice(carrier.length).join('.');
    names.push(...namesOfField(rest.endsWith(leaf) ? leaf : rest));
  }
  for (const carrier of mapping.capitalised) {
    if (!dotted.startsWith(`${carrier}.`)) continue;
    const own = dotted.slice(carrier.length + 1);
    names.push(own.charAt(0).toUpperCase() + own.slice(1), own);
  }
  if (names.length === 0) names.push(...namesOfField(dotted));
  names.push(dotted, ...(mapping.names.get(dotted) ?? []));
  return [...new Set(names)];
}

/** A name with spaces (`Threat Name`) is written without them or with underscores in rules. */
export function namesOfField(name: string): readonly string[] {
  return name.includes(' ') ? [name, name.replaceAll(' ', ''), name.replaceAll(' ', '_')] : [name];
}

/** What the writer of an event put into it, beside what the log says of every event. */
const PAYLOAD = /(?:^|\.)(?:EventData|UserData|event_data|user_data)\./;

/**
 * The names of all fields of an event, where the log's own `EventID` answers alone to its name: an event about another event (Security 1108)
 * carries a field of the same name. `Channel` stays with both, as rules on a cleared log (System 104) mean the one that was cleared.
 * @param places by field where it stands, the parts joined by dots
 */
export function withoutClashes(names: readonly (readonly string[])[], places: readonly string[]): (readonly string[])[] {
  const isOwn = (at: number): boolean => !PAYLOAD.test(places[at]!);
  if (!names.some((each, at) => isOwn(at) && each.includes('EventID'))) return [...names];
  return names.map((each, at) => {
    if (isOwn(at) || !each.includes('EventID')) return each;
    const left = each.filter((name) => name !== 'EventID');
    return left.length > 0 ? left : [places[at]!];
  });
}
