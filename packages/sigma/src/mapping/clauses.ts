import type { LogForm, MappingFile, Names, SourceForm, Wanted, When } from './form.ts';

/** One way to recognise a log: all its conditions hold. */
export type Clause = Said & {
  /** Its place among all. */
  readonly order: number;
  /** The fields on whose values it depends whether it holds, or that its log sources are made of. */
  readonly reads: readonly string[];
};

type Said = {
  readonly conditions: readonly Condition[];
  /** Unless all of these hold, of any of the lists. */
  readonly exceptions: readonly (readonly Condition[])[];
  readonly sources: readonly SourceForm[];
  readonly names: Names;
  readonly made: Names;
};

export type Condition = {
  readonly field: string;
  /** Events of its form may not have it. */
  readonly absent: boolean;
  /** Any value will do. */
  readonly any: boolean;
  /** In lower case. */
  readonly exact: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
};

/** Mapping files worked out: what holds for every event, and the clauses by which logs are recognised. */
export type Mapping = {
  /** By a field that an event must have for the clause to hold; by the empty name where it needs none. */
  readonly clauses: ReadonlyMap<string, readonly Clause[]>;
  readonly carriers: readonly (readonly string[])[];
  readonly capitalised: readonly string[];
  /** Whole path → names. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly texts: ReadonlySet<string>;
  readonly times: readonly string[];
};

/** Several mapping files as one: a later one adds to those before it. */
export function mappingOf(files: readonly MappingFile[]): Mapping {
  const names = new Map<string, string[]>();
  for (const file of files) {
    for (const [name, paths] of Object.entries(file.names ?? {})) {
      for (const path of paths) names.set(path, [...(names.get(path) ?? []), name]);
    }
  }
  const nothing = { conditions: [], exceptions: [], sources: [{}], names: {}, made: {} };
  const clauses = files.flatMap((file) => (file.logs ?? []).flatMap((log) => clausesOf(log, nothing)));
  return {
    clauses: Map.groupBy(
      clauses.map((clause, order) => ({ ...clause, order, reads: fieldsRead(clause) })),
      ({ conditions }) => conditions.find(({ absent }) => !absent)?.field ?? '',
    ),
    carriers: files.flatMap((file) => file.carriers ?? []).map((path) => path.split('.')),
    capitalised: files.flatMap((file) => file.capitalised ?? []),
    names,
    texts: new Set(files.flatMap((file) => file.texts ?? [])),
    times: files.flatMap((file) => file.times ?? []),
  };
}

function fieldsRead({ conditions, exceptions, sources }: Said): string[] {
  const templates = sources.flatMap((source) => Object.values(source).flatMap((part: string) => fieldOf(part) ?? []));
  const deciding = [conditions, ...exceptions].flat().filter(({ any }) => !any);
  return [...new Set([...deciding.map(({ field }) => field), ...templates])];
}

/** The clauses of a log and of its kinds; `above` is what the log around a kind says. */
function clausesOf(log: LogForm, above: Said): Said[] {
  const alternatives: readonly When[] = Array.isArray(log.when) ? log.when : [log.when as When];
  const own: readonly SourceForm[] = log.source === undefined ? [] : Array.isArray(log.source) ? log.source : [log.source as SourceForm];
  const sources = own.flatMap((source) => above.sources.map((outer) => ({ ...outer, ...source })));
  return alternatives.flatMap((when) => {
    const conditions = [...above.conditions, ...conditionsOf(when)];
    const exceptions = log.except === undefined ? above.exceptions : [...above.exceptions, conditionsOf(log.except)];
    const here = { conditions, exceptions, sources, names: log.names ?? {}, made: log.made ?? {} };
    const within = { conditions, exceptions, sources: sources.length > 0 ? sources : above.sources, names: {}, made: {} };
    return [here, ...(log.kinds ?? []).flatMap((kind) => clausesOf(kind, within))];
  });
}

function conditionsOf(when: When): Condition[] {
  return Object.entries(when).map(([field, wanted]) => conditionOf(field, wanted));
}

function conditionOf(field: string, wanted: Wanted | readonly Wanted[]): Condition {
  const each: readonly Wanted[] = Array.isArray(wanted) ? wanted : [wanted as Wanted];
  const texts = each.filter((one) => one !== null && one !== '*').map(String);
  return {
    field,
    absent: each.includes(null),
    any: each.includes('*'),
    exact: new Set(texts.filter((text) => !text.includes('*')).map((text) => text.toLowerCase())),
    patterns: texts.filter((text) => text.includes('*')).map((text) => globOf(text.toLowerCase())),
  };
}

function globOf(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

/** The field that stands for a part of a log source; null where the part is said as it is. */
export function fieldOf(part: string): string | null {
  return part.startsWith('{') && part.endsWith('}') ? part.slice(1, -1) : null;
}
