import { fold } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { holdsOn } from './dated.ts';
import { groupedBy, placeOf, readBare, readNames, readParents } from './names.ts';
import { keyOf, keysOf } from './phrase-text.ts';

export type Entry = { id: string; name: string; lives: boolean; existsTo: string | null };

/** The names that hold on a day, ready for looking phrases up. */
export type Directory = {
  day: string;
  /** `ninh binh`: folded names of provinces, that phrases add or leave out. */
  provinces: string[];
  exact: Map<string, Entry[]>;
  variants: Map<string, Entry[]>;
  /** Keys of all that an organisation ever belonged to. */
  parentsOf(id: string): string[];
};

function put(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const held = map.get(key);
  if (!held) map.set(key, [entry]);
  else if (!held.some(({ id }) => id === entry.id)) held.push(entry);
}

/** Reads the directory once, for any number of phrases. Names and aliases count from and to their days. */
export async function readDirectory(tx: Tx, day: string): Promise<Directory> {
  const rows = new Map((await readBare(tx, sql`true`)).map((row) => [row.id, row]));
  const names = (await readNames(tx, sql`true`)).filter((row) => rows.has(row.organisation) && holdsOn(row, day));
  const lines = groupedBy(await readParents(tx, sql`true`), (row) => row.organisation);
  const bare = (name: string): string => fold(placeOf(name)).replace(/^(?:tinh|thanh pho) /, '');
  // An alias such as “UBND tỉnh” names no province.
  const provinces = [
    ...new Set(names.filter((row) => rows.get(row.organisation)!.kind === 'province').map((row) => bare(row.name))),
  ].filter((name) => !['', 'tinh', 'thanh pho'].includes(name));
  const exact: Directory['exact'] = new Map();
  const variants: Directory['variants'] = new Map();
  for (const row of names) {
    const { existsFrom, existsTo } = rows.get(row.organisation)!;
    const entry = { id: row.organisation, name: row.name, lives: holdsOn({ validFrom: existsFrom, validTo: existsTo }, day), existsTo };
    put(exact, row.folded, entry);
    for (const key of keysOf(row.name, provinces)) put(variants, key, entry);
  }
  const parentsOf = (id: string): string[] =>
    (lines.get(id) ?? []).flatMap((line) => (rows.has(line.parent) ? [keyOf(placeOf(rows.get(line.parent)!.name))] : []));
  return { day, provinces, exact, variants, parentsOf };
}
