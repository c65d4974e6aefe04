import { compareVietnamese } from '@vonggac/kernel';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { today } from './internal.ts';
import { readListing } from './listing.ts';

/** The tree as of a day: every organisation whose name the actor may know and that exists on it, under its parent of that day. */
export async function treeOf(ctx: Ctx, on: string | undefined) {
  const day = on ?? today(ctx);
  const living = (await inSnapshot(ctx, (tx) => readListing(tx, day))).filter((row) => row.lives);
  const shown = new Set(living.map((row) => row.id));
  const own = new Set(ctx.scope.organisations);
  const supervised = new Set(ctx.scope.supervised);
  return {
    on: day,
    nodes: living
      .toSorted((a, b) => compareVietnamese(a.qualifiedName, b.qualifiedName))
      .map(({ id, parent, qualifiedName, kind }) => ({
        id,
        parent: parent !== null && shown.has(parent) ? parent : null,
        name: qualifiedName,
        kind,
        own: own.has(id),
        supervised: supervised.has(id),
      })),
  };
}
