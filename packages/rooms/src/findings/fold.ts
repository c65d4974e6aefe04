import { fold, isoInstant, newId } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import type { ListFacts, MatchedRow, RowsMatched, RowsTried } from '../intelligence/index.ts';
import { lockAuthority } from './internal.ts';
import { judge } from './judge.ts';
import { knowList, standingOf } from './lists-known.ts';
import { findings, sightings } from './tables.ts';

/** Rows of one batch that are about the same machine and family of the same organisation. */
type Group = { id: string; first: MatchedRow; newest: MatchedRow; rows: MatchedRow[]; family: string };

const familyOf = (row: MatchedRow): string => fold(row.family);
const array = (values: readonly unknown[], type: string): SQL => sql`${sql.param(values)}::${sql.raw(type)}[]`;

function grouped(rows: readonly MatchedRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const family = familyOf(row);
    const name = `${row.target}|${row.machineKey}|${family}`;
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

/** Which groups are known as findings, by their place in the batch, and whether they stand in this list already. */
async function known(tx: Tx, list: ListFacts, groups: readonly Group[]) {
  const { rows } = await tx.execute<{ at: number; id: string; already: boolean }>(sql`
    select g.at::int, f.id, exists (select 1 from ${sightings} s where s.finding = f.id and s.list = ${list.id}) as already
    from unnest(${array(
      groups.map(({ first }) => first.target),
      'uuid',
    )}, ${array(
      groups.map(({ first }) => first.machineKey),
      'text',
    )}, ${array(
      groups.map(({ family }) => family),
      'text',
    )}) with ordinality as g(organisation, machine_key, family, at)
    join ${findings} f on f.organisation = g.organisation and f.kind = 'botnet' and f.machine_key = g.machine_key and f.family = g.family
      and f.overseer = ${list.organisation} and coalesce(f.exercise, f.overseer) = coalesce(${list.exercise}::uuid, ${list.organisation}::uuid) and f.state <> 'void'`);
  return new Map(rows.map((row) => [row.at - 1, row]));
}

/** Folds the matched rows of a batch into findings: the same machine and family again is one finding with one more sighting. */
export async function foldRows(tx: Tx, ctx: Ctx, { list, rows, counts }: RowsMatched): Promise<void> {
  if (rows.length === 0) return;
  await lockAuthority(tx, list.organisation);
  await knowList(tx, ctx, list, false);
  const { isNewest, isFinished } = await standingOf(tx, list);
  const groups = grouped(rows);
  const found = await known(tx, list, groups);
  const again: { group: Group; already: boolean }[] = [];
  const fresh: Group[] = [];
  for (const [at, group] of groups.entries()) {
    const old = found.get(at);
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
  if (isFinished)
    await judge(
      tx,
      ctx,
      list.organisation,
      sql`f.id = any(${array(
        groups.map(({ id }) => id),
        'uuid',
      )})`,
    );
}

type At = { now: string; isNewest: boolean };

async function addFresh(tx: Tx, list: ListFacts, groups: readonly Group[], { now, isNewest }: At): Promise<void> {
  if (groups.length === 0) return;
  const of = (pick: (row: MatchedRow) => unknown, type: string): SQL =>
    array(
      groups.map(({ newest }) => pick(newest)),
      type,
    );
  await tx.execute(sql`
    insert into ${findings} (id, organisation, overseer, kind, family, machine_key, asset, address, private_address, port, machine, machine_folded, mac, domain,
      network, usage, level, matched_by, first_seen, last_seen, sightings, lists, list, sender, in_newest, state, directive, requirement, due, exercise, changed_at)
    select g.id, g.organisation, ${list.organisation}::uuid, 'botnet', g.family, g.machine_key, g.asset, g.address, g.private_address, g.port, g.machine, g.machine_folded, g.mac, g.domain,
      g.network, g.usage, g.level, g.matched_by, g.first_seen, g.last_seen, g.sightings, 1, ${list.id}::uuid, ${list.sender}::uuid, ${isNewest}::boolean, 'open',
      ${list.directive}::uuid, ${list.requirement}::uuid, ${list.due}::date, ${list.exercise}::uuid, ${now}::timestamptz
    from unnest(${array(
      groups.map(({ id }) => id),
      'uuid',
    )}, ${of((row) => row.target, 'uuid')}, ${array(
      groups.map(({ family }) => family),
      'text',
    )}, ${of((row) => row.machineKey, 'text')}, ${of((row) => row.asset, 'uuid')},
      ${of((row) => row.address, 'inet')}, ${of((row) => row.privateAddress, 'inet')}, ${of((row) => row.port, 'int')}, ${of((row) => row.machine, 'text')},
      ${of((row) => (row.machine === null ? null : fold(row.machine)), 'text')}, ${of((row) => row.mac, 'macaddr')}, ${of((row) => row.domain, 'text')},
      ${of((row) => row.network, 'cidr')}, ${of((row) => row.usage, 'text')}, ${of((row) => row.level, 'smallint')}, ${of((row) => row.matchedBy, 'text')},
      ${array(
        groups.map(({ first }) => first.seenAt),
        'timestamptz',
      )}, ${of((row) => row.seenAt, 'timestamptz')}, ${array(
        groups.map(({ rows }) => new Set(rows.map(({ key }) => key)).size),
        'int',
      )})
      as g(id, organisation, family, machine_key, asset, address, private_address, port, machine, machine_folded, mac, domain, network, usage, level, matched_by, first_seen, last_seen, sightings)`);
}

async function addAgain(
  tx: Tx,
  list: ListFacts,
  again: readonly { group: Group; already: boolean }[],
  { now, isNewest }: At,
): Promise<void> {
  if (again.length === 0) return;
  const groups = again.map(({ group }) => group);
  const of = (pick: (row: MatchedRow) => unknown, type: string): SQL =>
    array(
      groups.map(({ newest }) => pick(newest)),
      type,
    );
  const current = isNewest
    ? sql`, list = ${list.id}::uuid, sender = ${list.sender}::uuid, in_newest = true, asset = g.asset, network = g.network, usage = g.usage, level = g.level, matched_by = g.matched_by,
        directive = coalesce(${list.directive}::uuid, f.directive), requirement = coalesce(${list.requirement}::uuid, f.requirement), due = coalesce(${list.due}::date, f.due)`
    : sql``;
  await tx.execute(sql`
    update ${findings} f set first_seen = least(f.first_seen, g.first_seen), last_seen = greatest(f.last_seen, g.last_seen), sightings = f.sightings + g.more,
      lists = f.lists + g.first_time, version = f.version + 1, changed_at = ${now}::timestamptz ${current}
    from unnest(${array(
      groups.map(({ id }) => id),
      'uuid',
    )}, ${array(
      groups.map(({ first }) => first.seenAt),
      'timestamptz',
    )}, ${of((row) => row.seenAt, 'timestamptz')}, ${array(
      groups.map(({ rows }) => rows.filter(({ isSame }) => !isSame).length),
      'int',
    )}, ${array(
      again.map(({ already }) => (already ? 0 : 1)),
      'int',
    )}, ${of((row) => row.asset, 'uuid')}, ${of((row) => row.network, 'cidr')}, ${of((row) => row.usage, 'text')},
      ${of((row) => row.level, 'smallint')}, ${of((row) => row.matchedBy, 'text')})
      as g(id, first_seen, last_seen, more, first_time, asset, network, usage, level, matched_by)
    where f.id = g.id`);
}

async function addSightings(tx: Tx, list: ListFacts, groups: readonly Group[]): Promise<void> {
  const all = groups.flatMap(({ id, rows }) => rows.map((row) => ({ id, row })));
  const of = (pick: (row: MatchedRow) => unknown, type: string): SQL =>
    array(
      all.map(({ row }) => pick(row)),
      type,
    );
  await tx.execute(sql`
    insert into ${sightings} (list, row, finding, organisation, overseer, key, seen_at, is_timed, port)
    select ${list.id}::uuid, g.row, g.finding, g.organisation, ${list.organisation}::uuid, g.key, g.seen_at, g.is_timed, g.port
    from unnest(${of((row) => row.row, 'int')}, ${array(
      all.map(({ id }) => id),
      'uuid',
    )}, ${of((row) => row.target, 'uuid')}, ${of((row) => row.key, 'uuid')}, ${of((row) => row.seenAt, 'timestamptz')},
      ${of((row) => row.isTimed, 'boolean')}, ${of((row) => row.port, 'int')}) as g(row, finding, organisation, key, seen_at, is_timed, port)
    on conflict do nothing`);
}

/** What rows would make, for a dry-run. */
export async function tryRows(tx: Tx, _ctx: Ctx, { list, rows, counts }: RowsTried): Promise<void> {
  const groups = grouped(rows);
  const found = groups.length === 0 ? new Map() : await known(tx, list, groups);
  counts.findingsNew += groups.length - found.size;
  counts.findingsAgain += found.size;
}
