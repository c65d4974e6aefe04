import { fold, type Text } from '@vonggac/kernel';
import { containing, type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, like, or, type SQL, sql } from 'drizzle-orm';
import type { Leaving } from './holdings.ts';
import { refsOf, today } from './internal.ts';
import { allHoldings } from './plan-reorganisation.ts';
import { leftovers, successions } from './tables.ts';

export type LeftoverQuery = {
  q?: string | undefined;
  /** Waiting for somebody (by default), or handed on and let go. */
  state: 'waiting' | 'settled';
  kind?: string | undefined;
  /** The unit that ended. */
  from?: string | undefined;
  page: number;
  size: number;
};

/** @throws Error when no room holds this kind any more */
export function leavingOf(kind: string): Leaving {
  const leaving = allHoldings().find((one) => one.kind === kind)?.leaving;
  if (!leaving) throw new Error(`nothing is left of kind ${kind}`);
  return leaving;
}

/** Not settled, not over by an end of its own, and nothing that was finished or withdrawn in the meantime. */
function waits(day: string): SQL {
  const kinds = allHoldings().flatMap(({ kind, leaving }) =>
    leaving ? [and(eq(leftovers.kind, kind), leaving.waits(sql`${leftovers.row}`, sql`${leftovers.organisation}`))] : [],
  );
  return and(isNull(leftovers.settledAt), or(isNull(leftovers.until), gt(leftovers.until, day)), or(...kinds))!;
}

function ofActor(ctx: Ctx): SQL {
  const own = [...ctx.scope.organisations];
  return or(inArray(leftovers.organisation, own), inArray(leftovers.overseer, own))!;
}

async function kindsOf(tx: Tx, where: SQL | undefined): Promise<{ kind: string; name: Text; count: number }[]> {
  const rows = await tx.select({ kind: leftovers.kind, count: count() }).from(leftovers).where(where).groupBy(leftovers.kind);
  const counted = new Map(rows.map((row) => [row.kind, row.count]));
  return allHoldings().flatMap(({ kind, name, leaving }) => (leaving ? [{ kind, name, count: counted.get(kind) ?? 0 }] : []));
}

/** Who took over from these units, to be offered first. */
async function successorsOf(tx: Tx, units: readonly string[]): Promise<Map<string, string[]>> {
  if (units.length === 0) return new Map();
  const rows = await tx
    .select({ predecessor: successions.predecessor, successor: successions.successor })
    .from(successions)
    .where(inArray(successions.predecessor, [...units]))
    .orderBy(asc(successions.on), asc(successions.id));
  const found = new Map<string, string[]>();
  for (const { predecessor, successor } of rows) found.set(predecessor, [...(found.get(predecessor) ?? []), successor]);
  return found;
}

/** What reorganisations left to the desk of the own subtree: from which unit, since when, by which act, and what became of it. */
export async function listLeftovers(ctx: Ctx, query: LeftoverQuery) {
  const day = today(ctx);
  return inSnapshot(ctx, async (tx) => {
    const narrowed = and(
      ofActor(ctx),
      query.state === 'waiting' ? waits(day) : isNotNull(leftovers.settledAt),
      query.from ? eq(leftovers.organisation, query.from) : undefined,
      query.q ? like(leftovers.folded, containing(fold(query.q))) : undefined,
    );
    const kinds = await kindsOf(tx, narrowed);
    const rows = await tx
      .select()
      .from(leftovers)
      .where(and(narrowed, query.kind ? eq(leftovers.kind, query.kind) : undefined))
      .orderBy(
        ...(query.state === 'settled'
          ? [desc(leftovers.settledAt)]
          : [asc(leftovers.on), asc(leftovers.organisation), desc(leftovers.kind)]),
        asc(leftovers.folded),
        asc(leftovers.id),
      )
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const successors = await successorsOf(tx, [...new Set(rows.map((row) => row.organisation))]);
    const ids = rows.flatMap((row) => [row.organisation, ...(row.handedTo ? [row.handedTo] : [])]);
    const names = new Map((await refsOf(tx, [...new Set([...ids, ...[...successors.values()].flat()])], day)).map((ref) => [ref.id, ref]));
    const ref = (id: string) => names.get(id) ?? { id, name: '' };
    return {
      total: kinds.filter(({ kind }) => query.kind === undefined || kind === query.kind).reduce((sum, one) => sum + one.count, 0),
      kinds,
      items: rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        text: row.text,
        from: ref(row.organisation),
        act: { id: row.act, kind: row.actKind, on: row.on, basis: row.basis },
        leftAt: row.leftAt,
        lapses: leavingOf(row.kind).lapses,
        successors: (successors.get(row.organisation) ?? []).flatMap((id) => names.get(id) ?? []),
        settled:
          row.settledAt === null
            ? null
            : {
                at: row.settledAt,
                by: row.settledBy ?? '',
                to: row.handedTo === null ? null : ref(row.handedTo),
                reason: row.reason ?? '',
              },
      })),
    };
  });
}
