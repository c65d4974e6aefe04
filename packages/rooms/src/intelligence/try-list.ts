import type { ListRefusal } from '@vonggac/feeds';
import { fold } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, raise } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { resolveNames } from '../organisations/index.ts';
import type { MatchedRow, RowsTried } from './events.ts';
import { changed, factsOf, fetchOwn, fetchSender, livingLists, matcherOf, today, unitNames } from './internal.ts';
import { type AliasKind, type ListCounts, NO_COUNTS, type Why } from './model.ts';
import { type Placed, placedBatches } from './placed.ts';
import { checkSettings, columnsOf, type ListSettings, untimedOf } from './settings.ts';
import { lists } from './tables.ts';
import { knownKeys } from './write-rows.ts';

const SHOWN = 20;
/** Names of units that nobody has confirmed, shown with a proposal. */
const MOST_NAMES = 200;

export type Named = { id: string; name: string };
export type TriedRow = Placed & { unitName: string | null };

/** What would happen, told before anything is written. */
export type Trial = {
  counts: ListCounts;
  why: { why: Why; rows: number }[];
  units: { unit: Named; rows: number; machines: number }[];
  families: { family: string; rows: number }[];
  from: string | null;
  to: string | null;
  first: TriedRow[];
  unmatched: TriedRow[];
  refused: ListRefusal[];
  names: { kind: AliasKind; text: string; rows: number; proposed: Named | null; because: { vi: string; en: string } | null }[];
};

class Tally<K> {
  readonly of = new Map<K, number>();
  add(key: K): void {
    this.of.set(key, (this.of.get(key) ?? 0) + 1);
  }
  get sorted(): [K, number][] {
    return [...this.of].toSorted((a, b) => b[1] - a[1]);
  }
}

/** Sums up the rows of a dry-run. */
class Outlook {
  readonly counts: ListCounts = { ...NO_COUNTS };
  readonly why = new Tally<Why>();
  readonly units = new Tally<string>();
  readonly families = new Tally<string>();
  readonly machines = new Map<string, Placed>();
  readonly names = new Map<string, { kind: AliasKind; text: string; rows: number }>();
  readonly first: Placed[] = [];
  readonly unmatched: Placed[] = [];
  readonly refused: ListRefusal[] = [];
  readonly #keys = new Set<string>();
  from: string | null = null;
  to: string | null = null;

  see(row: Placed, known: ReadonlySet<string>): void {
    const { counts } = this;
    counts.rows++;
    row.isSame = known.has(row.key) || this.#keys.has(row.key);
    this.#keys.add(row.key);
    if (row.isSame) counts.same++;
    if (row.isTimed && (this.from === null || row.seenAt < this.from)) this.from = row.seenAt;
    if (row.isTimed && (this.to === null || row.seenAt > this.to)) this.to = row.seenAt;
    this.why.add(row.why);
    this.families.add(row.family);
    if (this.first.length < SHOWN) this.first.push(row);
    if (row.target === null) this.#miss(row);
    else {
      counts.matched++;
      this.units.add(row.target);
      const machine = `${row.target} ${row.machineKey} ${row.family}`;
      if (!this.machines.has(machine)) this.machines.set(machine, row);
    }
  }

  #miss(row: Placed): void {
    this.counts.unmatched++;
    if (this.unmatched.length < SHOWN) this.unmatched.push(row);
    for (const [kind, text] of [
      ['unit', row.unit],
      ['machine', row.machine],
    ] as const) {
      if (text === null) continue;
      const key = `${kind} ${fold(text)}`;
      const known = this.names.get(key);
      if (known) known.rows++;
      else if (this.names.size < MOST_NAMES * 10) this.names.set(key, { kind, text, rows: 1 });
    }
  }
}

export const isMatched = (row: Placed): row is Placed & MatchedRow => row.target !== null;

/** Keeps what the officer says of a draft, and how many rows it has. */
async function keepSettings(ctx: Ctx, id: string, settings: ListSettings, total: number): Promise<void> {
  may(ctx, 'lists:write');
  await inTransaction(ctx, async (tx) => {
    const list = await fetchOwn(tx, ctx, id);
    if (list.state !== 'draft') changed();
    await checkSettings(tx, ctx, list, settings);
    await tx
      .update(lists)
      .set({ ...columnsOf(settings), total })
      .where(eq(lists.id, id));
    const after = { title: settings.title, supersedes: settings.supersedes, directive: settings.directive };
    await record(tx, ctx, { action: 'intelligence.list_tried', subject: { kind: 'list', id }, after });
  });
}

/**
 * The dry-run: reads and matches the whole list as the run will, and says what would be new, the same, refused, matched and
 * made. Only the settings are kept.
 * @throws DomainError `access.role`, `intelligence.no_time`, `intelligence.supersedes`, `feeds.…`
 */
export async function tryList(ctx: Ctx, id: string, settings: ListSettings): Promise<Trial> {
  may(ctx, 'lists:write');
  const { list, sender, matcher, living } = await inSnapshot(ctx, async (tx) => {
    const found = await fetchOwn(tx, ctx, id);
    if (found.state !== 'draft') changed();
    await checkSettings(tx, ctx, found, settings);
    return {
      list: found,
      sender: await fetchSender(tx, ctx, found.sender),
      matcher: await matcherOf(tx, found.sender),
      living: await livingLists(tx, found.sender, found.id, settings.exercise ?? null),
    };
  });
  const outlook = new Outlook();
  const path = ctx.stores.files.pathOf(list.sha256);
  const { mapping } = settings;
  for await (const batch of placedBatches({ path, name: list.name, mapping, matcher, untimed: untimedOf(settings), after: 0 })) {
    const keys = batch.rows.map(({ key }) => key);
    const known = living.length === 0 ? new Set<string>() : await inSnapshot(ctx, (tx) => knownKeys(tx, keys, living));
    for (const row of batch.rows) outlook.see(row, known);
    outlook.counts.refused += batch.refusals.length;
    outlook.refused.push(...batch.refusals.slice(0, SHOWN - outlook.refused.length));
  }
  await keepSettings(ctx, id, settings, outlook.counts.rows + outlook.counts.refused);
  const fact: RowsTried = {
    name: 'intelligence.rows-tried',
    list: factsOf({ ...list, exercise: settings.exercise ?? null }, sender),
    rows: [...outlook.machines.values()].filter(isMatched),
    counts: { findingsNew: 0, findingsAgain: 0 },
  };
  await inSnapshot(ctx, (tx) => raise(tx, ctx, fact));
  Object.assign(outlook.counts, fact.counts);
  return trialOf(ctx, outlook);
}

async function trialOf(ctx: Ctx, outlook: Outlook): Promise<Trial> {
  const machines = new Tally<string>();
  for (const { target } of outlook.machines.values()) machines.add(target!);
  const asked = [...outlook.names.values()].toSorted((a, b) => b.rows - a.rows).slice(0, MOST_NAMES);
  const units = outlook.units.sorted;
  return inSnapshot(ctx, async (tx) => {
    const resolved = await resolveNames(
      tx,
      ctx,
      asked.filter(({ kind }) => kind === 'unit').map(({ text }) => text),
      today(ctx),
    );
    const proposals = asked.map((name) => {
      const found = name.kind === 'unit' ? resolved.shift()! : null;
      const id = found?.kind === 'organisation' ? found.organisations[0]! : null;
      return { name, id, because: found?.why ?? null };
    });
    const names = await unitNames(tx, ctx, [...units.map(([id]) => id), ...proposals.map(({ id }) => id)]);
    const named = (id: string): Named => ({ id, name: names.get(id) ?? '' });
    const shown = (row: Placed): TriedRow => ({ ...row, unitName: row.target === null ? null : (names.get(row.target) ?? '') });
    return {
      counts: outlook.counts,
      why: outlook.why.sorted.map(([why, rows]) => ({ why, rows })),
      units: units.map(([id, rows]) => ({ unit: named(id), rows, machines: machines.of.get(id)! })),
      families: outlook.families.sorted.slice(0, 100).map(([family, rows]) => ({ family, rows })),
      from: outlook.from,
      to: outlook.to,
      first: outlook.first.map(shown),
      unmatched: outlook.unmatched.map(shown),
      refused: outlook.refused,
      names: proposals.map(({ name, id, because }) => ({ ...name, proposed: id === null ? null : named(id), because })),
    };
  });
}
