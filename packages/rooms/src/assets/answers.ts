import type { Ctx, Tx } from '@vonggac/store';
import { inArray, type SQL, sql } from 'drizzle-orm';
import type { Period, Usage } from './model.ts';
import { standingsOf } from './silent.ts';
import { assets } from './tables.ts';

/** A holder of something by which a list names a machine; on equal networks the later `from` wins. */
export type Registered = Period & {
  asset: string;
  organisation: string;
  overseer: string;
  usage: Usage;
  system: string | null;
  /** 1–5, of the system that it belongs to. */
  level: number | null;
};
export type RegisteredNetwork = Registered & { network: string };
export type RegisteredDomain = Registered & { domain: string; withSubdomains: boolean };
/** `address` is often a private one: it says something only beside the unit. */
export type RegisteredHost = Registered & { name: string; address: string | null; mac: string | null };

export type Register = { networks: RegisteredNetwork[]; domains: RegisteredDomain[]; hosts: RegisteredHost[] };

const common = sql`a.id as asset, a.organisation, a.overseer, a.usage, a.system, s.level, a.valid_from::text as "from", a.valid_to::text as "to"`;
const rowsOf = (kind: string): SQL => sql`${assets} a left join ${assets} s on s.id = a.system
  where a.kind = ${kind} and a.state = 'approved' and coalesce(a.valid_from, '-infinity'::date) < coalesce(a.valid_to, 'infinity'::date)`;

/**
 * Everything approved at any time that this transaction sees, for whoever matches a list against who held what on the day
 * of each row (days of Asia/Ho_Chi_Minh, `from` inclusive, `to` exclusive, null open).
 */
export async function registerOf(tx: Tx, wanted: { networks?: boolean; domains?: boolean; hosts?: boolean }): Promise<Register> {
  const register: Register = { networks: [], domains: [], hosts: [] };
  if (wanted.networks)
    register.networks = (
      await tx.execute<RegisteredNetwork>(
        sql`select ${common}, a.network::text as network from ${rowsOf('range')} order by a.network, a.valid_from nulls first, a.id`,
      )
    ).rows;
  if (wanted.domains)
    register.domains = (
      await tx.execute<RegisteredDomain>(
        sql`select ${common}, a.domain, a.with_subdomains as "withSubdomains" from ${rowsOf('domain')} order by a.domain, a.valid_from nulls first, a.id`,
      )
    ).rows;
  if (wanted.hosts)
    register.hosts = (
      await tx.execute<RegisteredHost>(
        sql`select ${common}, a.name, host(a.address) as address, a.mac::text as mac from ${rowsOf('host')} order by a.organisation, a.folded, a.id`,
      )
    ).rows;
  return register;
}

export type AssetRef = {
  id: string;
  kind: string;
  name: string;
  value: string | null;
  organisation: string;
  organisationName: string;
  usage: Usage;
  level: number | null;
};

/** What ids stand for, those that this transaction sees. */
export async function assetsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, AssetRef>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select()
    .from(assets)
    .where(inArray(assets.id, [...new Set(ids)]));
  const systems = await tx
    .select({ id: assets.id, level: assets.level })
    .from(assets)
    .where(inArray(assets.id, [...new Set(rows.flatMap(({ system }) => system ?? []))]));
  const levels = new Map(systems.map(({ id, level }) => [id, level]));
  return new Map(
    rows.map(({ id, kind, name, network, domain, address, organisation, organisationName, usage, level, system }) => [
      id,
      {
        id,
        kind,
        name,
        value: network ?? domain ?? address,
        organisation,
        organisationName,
        usage,
        level: level ?? (system === null ? null : (levels.get(system) ?? null)),
      },
    ]),
  );
}

/** Who is overseen and has no range and no domain that is approved today, of how many: silent is not clean. */
export async function silentOrganisations(tx: Tx, ctx: Ctx): Promise<{ organisations: string[]; of: number }> {
  const all = await standingsOf(tx, ctx);
  return { organisations: all.filter(({ state }) => state !== 'registered').map(({ organisation }) => organisation.id), of: all.length };
}
