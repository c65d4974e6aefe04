import { load } from 'js-yaml';

/** What a field must say: `null` that events of this form do not have it, a text with `*` for any characters, without regard to case. A list: one of them. */
export type Wanted = string | number | null;
export type When = Readonly<Record<string, Wanted | readonly Wanted[]>>;

/** The names rules use → the fields of the event that answer to them. */
export type Names = Readonly<Record<string, readonly string[]>>;

/** Parts of a log source; `{field}` in a text stands for the event's value of that field, in lower case. */
export type SourceForm = { readonly product?: string; readonly category?: string; readonly service?: string };

/** A log, or a kind of event within one: how it is recognised, which log sources it is, how its fields are called in rules. */
export type LogForm = {
  /** For people. */
  readonly log?: string;
  readonly note?: string;
  /** All conditions of one of the alternatives hold; of a kind: those of its log hold as well. */
  readonly when: When | readonly When[];
  /** It is none where these hold. */
  readonly except?: When;
  /** Of a kind: added to what its log says. None: recognised for its names only. */
  readonly source?: SourceForm | readonly SourceForm[];
  readonly names?: Names;
  /**
   * Names whose value is made of fields: the first of the texts whose fields an event has. `%field%` stands for a value, of a list with
   * spaces between its elements; `%a#%` for those of a0, a1, a2, ...
   */
  readonly made?: Names;
  readonly kinds?: readonly LogForm[];
};

/** A mapping file: which events belong to which log sources, and what their fields are called in rules. */
export type MappingFile = {
  readonly version: 1;
  readonly note?: string;
  /** Paths that only say how an event was packed (`winlog.event_data`): what lies below answers to its own name. `*` is any one part. */
  readonly carriers?: readonly string[];
  /** Carriers that write names with a small first letter. */
  readonly capitalised?: readonly string[];
  /** Names for fields by their whole path, wherever they occur. */
  readonly names?: Names;
  /** Paths of objects that rules search as text: such an object is a field with its JSON as well. */
  readonly texts?: readonly string[];
  /** Fields that say when the event happened; the first that an event has counts. */
  readonly times?: readonly string[];
  readonly logs?: readonly LogForm[];
  /** Log sources whose events do not say what they are: the user has to. */
  readonly declared?: readonly { readonly source: SourceForm; readonly note: string }[];
};

/** A mapping file that cannot be used. `code` is stable: `mapping-syntax`, `mapping-form`, `mapping-size`. */
export class MappingError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'MappingError';
    this.code = code;
  }
}

const LARGEST = 1_000_000;
const LISTS = ['carriers', 'capitalised', 'texts', 'times'] as const;

/**
 * Reads a user's mapping file, in YAML or JSON.
 * @param name of the file, for messages
 * @throws MappingError where the text is not of the form; the message names the place
 */
export function readMapping(text: string, name = 'mapping'): MappingFile {
  if (text.length > LARGEST) throw new MappingError('mapping-size', `${name}: larger than ${LARGEST} characters`);
  let data: unknown;
  try {
    data = load(text);
  } catch (error) {
    throw new MappingError('mapping-syntax', `${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return checked(data, name);
}

function checked(data: unknown, name: string): MappingFile {
  const file = record(data, name);
  if (file['version'] !== 1) throw wrong(`${name}: version`, 'must be 1');
  onlyKeys(file, ['version', 'note', 'names', 'logs', 'declared', ...LISTS], name);
  for (const key of LISTS) if (file[key] !== undefined) texts(file[key], `${name}: ${key}`);
  if (file['names'] !== undefined) names(file['names'], `${name}: names`);
  if (file['logs'] !== undefined) list(file['logs'], `${name}: logs`).forEach((log, index) => checkLog(log, `${name}: logs[${index}]`, 0));
  if (file['declared'] !== undefined) {
    for (const one of list(file['declared'], `${name}: declared`))
      checkSource(record(one, `${name}: declared`)['source'], `${name}: declared.source`);
  }
  return file as MappingFile;
}

function checkLog(data: unknown, place: string, depth: number): void {
  if (depth > 4) throw wrong(place, 'kinds nest more than 4 deep');
  const log = record(data, place);
  onlyKeys(log, ['log', 'note', 'when', 'except', 'source', 'names', 'made', 'kinds'], place);
  for (const when of Array.isArray(log['when']) ? log['when'] : [log['when']]) checkWhen(when, `${place}.when`);
  if (log['except'] !== undefined) checkWhen(log['except'], `${place}.except`);
  for (const key of ['names', 'made']) if (log[key] !== undefined) names(log[key], `${place}.${key}`);
  if (log['source'] !== undefined) {
    for (const source of Array.isArray(log['source']) ? log['source'] : [log['source']]) checkSource(source, `${place}.source`);
  }
  if (log['kinds'] !== undefined)
    list(log['kinds'], `${place}.kinds`).forEach((kind, i) => checkLog(kind, `${place}.kinds[${i}]`, depth + 1));
}

function checkSource(data: unknown, place: string): void {
  const parts = record(data, place);
  onlyKeys(parts, ['product', 'category', 'service'], place);
  if (Object.values(parts).some((part) => typeof part !== 'string')) throw wrong(place, 'must have texts as its parts');
}

function checkWhen(data: unknown, place: string): void {
  const when = record(data, place);
  if (Object.keys(when).length === 0) throw wrong(place, 'says no condition');
  for (const [field, wanted] of Object.entries(when)) {
    const each = Array.isArray(wanted) ? wanted : [wanted];
    if (each.length === 0) throw wrong(`${place}.${field}`, 'an empty list never holds');
    if (each.some((one) => one !== null && typeof one !== 'string' && typeof one !== 'number')) {
      throw wrong(`${place}.${field}`, 'must be a text, a number, null or a list of them');
    }
  }
}

function names(data: unknown, place: string): void {
  for (const [name, fields] of Object.entries(record(data, place))) texts(fields, `${place}.${name}`);
}

function texts(data: unknown, place: string): void {
  if (list(data, place).some((one) => typeof one !== 'string')) throw wrong(place, 'must be a list of texts');
}

function list(data: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(data)) throw wrong(place, 'must be a list');
  return data;
}

function record(data: unknown, place: string): Record<string, unknown> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw wrong(place, 'must be a map');
  return data as Record<string, unknown>;
}

function onlyKeys(data: Record<string, unknown>, known: readonly string[], place: string): void {
  for (const key of Object.keys(data))
    if (!known.includes(key)) throw wrong(place, `does not know "${key}" (it knows ${known.join(', ')})`);
}

function wrong(place: string, what: string): MappingError {
  return new MappingError('mapping-form', `${place} ${what}`);
}
