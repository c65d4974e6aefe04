import { fold, isoInstant, newId } from '@vonggac/kernel';
import { type Ctx, rowsAs, type Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import type { ListFacts, MatchedRow, RowsMatched, RowsTried } from '../intelligence/index.ts';
import { lockAuthority, uuids } from './internal.ts';
import { judge } from './judge.ts';
import { knowList, standingOf } from './lists-known.ts';
import { findings, sightings } from './tables.ts';

/** Rows of one batch that are about the same machine and family of the same organisation. */
type Group = { id: string; first: MatchedRow; newest: MatchedRow; rows: MatchedRow[]; family: string };

function grouped(rows: readonly MatchedRow[]): Group[] {
  const groups = new Map<string, Group>();
  const families = new Map<string, string>();
  for (const row of rows) {
    const family = families.get(row.family) ?? fold(row.family);
    families.set(row.family, family);
    const name = nameOf(row.target, row.machineKey, family);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { id: '', first: row, newest: row, rows: [row], family });
    else {
      group.rows.push(row);
      if (row.seenAt < group.first.seenAt) group.first = row;
      if (row.seenAt > group.newest.seenAt) group.newest = row;
    }
  }
  return [...groups.values()];
}

/** How a group is told from the others of its batch. */
const nameOf = (target: string, machineKey: string, family: string): string => `${target}|${machineKey}|${family}`;

/**
 * Which groups are known as findings, by their names, and whether they stand in this list already. All keys in one look into an
 * index: of a table that is being filled the planner knows nothing, and a join would read all of it for each batch.
 */
async function known(tx: Tx, list: ListFacts, groups: readonly Group[]): Promise<Map<string, { id: string; already: boolean }>> {
  const asked = rowsAs(groups, {
    organisation: ['uuid', ({ first }) => first.target],
    machine_key: ['text', ({ first }) => first.machineKey],
    family: ['text', ({ family }) => family],
  });
  const { rows } = await tx.execute<{ id: string; organisation: string; key: string; family: string; already: boolean }>(sql`
    select f.id, f.organisation, f.machine_key as key, f.family,
      f.list = ${list.id} or exists (select 1 from ${sightings} s where s.finding = f.id and s.list::text::uuid = ${list.id} offset 0) as already
    from ${findings} f
    where f.state <> 'void' and f.identity = any(array(
      select vg_finding_identity(g.organisation, ${list.organisation}, ${list.exercise}, 'botnet', g.family, g.machine_key) from (${asked}) g))`);
  return new Map(rows.map((row) => [nameOf(row.organisation, row.key, row.family), row]));
}

/** Folds the matched rows of a batch into findings: the same machine and family again is one finding with one more sighting. */
export async function foldRows(tx: Tx, ctx: Ctx, { list, rows, counts }: RowsMatched): Promise<void> {
  if (rows.length === 0) return;
  await lockAuthority(tx, list.organisation);
  const { isNewest, isFinished } = await standingAmongKnown(tx, ctx, list);
  const groups = grouped(rows);
  const found = await known(tx, list, groups);
  const again: { group: Group; already: boolean }[] = [];
  const fresh: Group[] = [];
  for (const group of groups) {
    const old = found.get(nameOf(group.first.target, group.first.machineKey, group.family));
    group.id = old?.id ?? newId();
    if (old === undefined) fresh.push(group);
    else again.push({ group, already: old.already });
  }
  const at = { now: isoInstant(ctx.clock.now()), isNewest };
  await addFresh(tx, list, fresh, at);
  await addAgain(tx, list, again, at);
  await addSightings(tx, list, groups);
  counts.findingsNew += fresh.length;
  counts.findingsAgain += again.filter(({ already }) => !already).length;
  if (isFinished) await judge(tx, ctx, list.organisation, sql`f.id = any(${uuids(groups.map(({ id }) => id))})`);
}

/** Its standing; a list that is not known yet, as at the first batch, becomes so. */
async function standingAmongKnown(tx: Tx, ctx: Ctx, list: ListFacts): Promise<{ isNewest: boolean; isFinished: boolean }> {
  const standing = await standingOf(tx, list);
  if (standing !== null) return standing;
  await knowList(tx, ctx, list, false);
  return (await standingOf(tx, list)) ?? { isNewest: false, isFinished: false };
}

type At = { now: string; isNewest: boolean };

const newest = <T>(type: string, cell: (row: MatchedRow) => T) => [type, (group: Group): T => cell(group.newest)] as const;

async function addFresh(tx: Tx, list: ListFacts, groups: readonly Group[], { now, isNewest }: At): Promise<void> {
  if (groups.length === 0) return;
  const rows = rowsAs(groups, {
    id: ['uuid', ({ id }) => id],
    organisation: newest('uuid', (row) => row.target),
    family: ['text', ({ family }) => family],
    machine_key: newest('text', (row) => row.machineKey),
    asset: newest('uuid', (row) => row.asset),
    address: newest('inet', (row) => row.address),
    private_address: newest('inet', (row) => row.privateAddress),
    port: newest('int', (row) => row.port),
    machine: newest('text', (row) => row.machine),
    machine_folded: newest('text', (row) => (row.machine === null ? null : fold(row.machine))),
    mac: newest('macaddr', (row) => row.mac),
    domain: newest('text', (row) => row.domain),
    network: newest('cidr', (row) => row.network),
    usage: newest('text', (row) => row.usage),
    level: newest('smallint', (row) => row.level),
    matched_by: newest('text', (row) => row.matchedBy),
    first_seen: ['timestamptz', ({ first }) => first.seenAt],
    last_seen: newest('timestamptz', (row) => row.seenAt),
    sightings: ['int', (group) => (group.rows.length === 1 ? 1 : new Set(group.rows.map(({ key }) => key)).size)],
  });
  await tx.execute(sql`
    insert into ${findings} (id, organisation, family, machine_key, asset, address, private_address, port, machine, machine_folded, mac, domain,
      network, usage, level, matched_by, first_seen, last_seen, sightings, overseer, kind, lists, list, sender, in_newest, state, directive, requirement, due, exercise, assigned_at, changed_at)
    select g.*, ${list.organisation}::uuid, 'botnet', 1, ${list.id}::uuid, ${list.sender}::uuid, ${isNewest}::boolean, 'open',
      ${list.directive}::uuid, ${list.requirement}::uuid, ${list.due}::date, ${list.exercise}::uuid, ${now}::timestamptz, ${now}::timestamptz
    from (${rows}) g`);
}

async function addAgain(
  tx: Tx,
  list: ListFacts,
  again: readonly { group: Group; already: boolean }[],
  { now, isNewest }: At,
): Promise<void> {
  if (again.length === 0) return;
  const rows = rowsAs(again, {
    id: ['uuid', ({ group }) => group.id],
    first_seen: ['timestamptz', ({ group }) => group.first.seenAt],
    last_seen: ['timestamptz', ({ group }) => group.newest.seenAt],
    more: ['int', ({ group }) => group.rows.filter(({ isSame }) => !isSame).length],
    first_time: ['int', ({ already }) => (already ? 0 : 1)],
    asset: ['uuid', ({ group }) => group.newest.asset],
    network: ['cidr', ({ group }) => group.newest.network],
    usage: ['text', ({ group }) => group.newest.usage],
    level: ['smallint', ({ group }) => group.newest.level],
    matched_by: ['text', ({ group }) => group.newest.matchedBy],
  });
  const current = isNewest
    ? sql`, list = ${list.id}::uuid, sender = ${list.sender}::uuid, in_newest = true, asset = g.asset, network = g.network, usage = g.usage, level = g.level, matched_by = g.matched_by,
        directive = coalesce(${list.directive}::uuid, f.directive), requirement = coalesce(${list.requirement}::uuid, f.requirement), due = coalesce(${list.due}::date, f.due)`
    : sql``;
  // The ids are named twice: of a table that is being filled the planner knows nothing, and would read all of it to join.
  await tx.execute(sql`
    update ${findings} f set first_seen = least(f.first_seen, g.first_seen), last_seen = greatest(f.last_seen, g.last_seen), sightings = f.sightings + g.more,
      lists = f.lists + g.first_time, version = f.version + 1, changed_at = ${now}::timestamptz ${current}
    from (${rows}) g
    where f.id = g.id and f.id = any(${uuids(again.map(({ group }) => group.id))})`);
}

async function addSightings(tx: Tx, list: ListFacts, groups: readonly Group[]): Promise<void> {
  const all = groups.flatMap(({ id, rows }) => rows.map((row) => ({ id, row })));
  const rows = rowsAs(all, {
    row: ['int', ({ row }) => row.row],
    finding: ['uuid', ({ id }) => id],
    organisation: ['uuid', ({ row }) => row.target],
    key: ['uuid', ({ row }) => row.key],
    seen_at: ['timestamptz', ({ row }) => row.seenAt],
    is_timed: ['boolean', ({ row }) => row.isTimed],
    port: ['int', ({ row }) => row.port],
  });
  await tx.execute(sql`
    insert into ${sightings} (list, overseer, row, finding, organisation, key, seen_at, is_timed, port)
    select ${list.id}::uuid, ${list.organisation}::uuid, g.* from (${rows}) g
    on conflict do nothing`);
}

/** What rows would make, for a dry-run. */
export async function tryRows(tx: Tx, _ctx: Ctx, { list, rows, counts }: RowsTried): Promise<void> {
  const groups = grouped(rows);
  const found = groups.length === 0 ? new Map() : await known(tx, list, groups);
  counts.findingsNew += groups.length - found.size;
  counts.findingsAgain += found.size;
}
