import { HOUSE, type Scope } from '@vonggac/kernel';
import type pg from 'pg';

/** The reach of an organisation on a day, from the dated tree (`vg_reach`). */
export async function reachOf(pool: pg.Pool, organisation: string, day: string): Promise<Scope> {
  const { rows } = await pool.query<{ organisations: string[]; supervised: string[]; directory: string[] }>(
    'select organisations::text[], supervised::text[], directory::text[] from vg_reach($1, $2)',
    [organisation, day],
  );
  return { day, ...rows[0]! };
}

/** The reach of the house itself, for the sealer, jobs and commands: every organisation there is. */
export async function reachOfHouse(pool: pg.Pool, day: string): Promise<Scope> {
  const { rows } = await pool.query<{ ids: string[] }>(
    'select coalesce(array_agg(id::text), array[]::text[]) as ids from organisation_ids',
  );
  const organisations = [HOUSE, ...rows[0]!.ids];
  return { day, organisations, supervised: organisations, directory: organisations };
}
