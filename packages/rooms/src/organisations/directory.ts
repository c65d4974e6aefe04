import { fold } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { validOn } from './dated.ts';
import { placeOf } from './names.ts';
import { keyOf, keysOf } from './phrase-text.ts';
import { organisationNames, organisationParents, organisations } from './tables.ts';

type Row = { id: string; kind: string; name: string; exists_to: string | null; lives: boolean };

export type Entry = { id: string; name: string; lives: boolean; existsTo: string | null };

/** The names that hold on a day, ready for looking phrases up. */
export type Directory = {
  day: string;
  /** `ninh binh`: folded names of provinces, that phrases add or leave out. */
  provinces: string[];
  exact: Map<string, Entry[]>;
  variants: Map<string, Entry[]>;
  /** Keys of all that an organisation ever belonged to. */
  parents: Map<string, string[]>;
};

function put(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const held = map.get(key) ?? [];
  if (!held.some(({ id }) => id === entry.id)) map.set(key, [...held, entry]);
}

/** Reads the directory once, for any number of phrases. Names and aliases count from and to their days. */
export async function readDirectory(tx: Tx, day: string): Promise<Directory> {
  const { rows } = await tx.execute<Row>(sql`
    select o.id, o.kind, n.name, o.exists_to::text, ${validOn(sql`o.exists_from`, sql`o.exists_to`, day)} as lives
    from ${organisationNames} n join ${organisations} o on o.id = n.organisation
    where ${validOn(sql`n.valid_from`, sql`n.valid_to`, day)}`);
  const { rows: lines } = await tx.execute<{ organisation: string; name: string }>(sql`
    select p.organisation, o.name from ${organisationParents} p join ${organisations} o on o.id = p.parent`);
  const provinces = [
    ...new Set(rows.filter((row) => row.kind === 'province').map((row) => fold(placeOf(row.name)).replace(/^(?:tinh|thanh pho) /, ''))),
  ];
  const directory: Directory = { day, provinces, exact: new Map(), variants: new Map(), parents: new Map() };
  for (const row of rows) {
    const entry = { id: row.id, name: row.name, lives: row.lives, existsTo: row.exists_to };
    put(directory.exact, fold(row.name), entry);
    for (const key of keysOf(row.name, provinces)) put(directory.variants, key, entry);
  }
  for (const { organisation, name } of lines)
    directory.parents.set(organisation, [...(directory.parents.get(organisation) ?? []), keyOf(placeOf(name))]);
  return directory;
}
