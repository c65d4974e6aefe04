import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import { type Holding, type HoldingRow, namesOf, type OrganisationReorganised } from '../organisations/index.ts';
import { type Asset, lockRegister, today } from './internal.ts';
import { keyOf } from './input.ts';
import { KIND_NAMES } from './model.ts';
import { overseerIn, readTree } from './overseer.ts';
import { passOn } from './pass-on.ts';
import { assets } from './tables.ts';

/** What an organisation holds on or after a day, and its claims that wait. */
const held = (organisation: string, on: string): SQL =>
  and(
    eq(assets.organisation, organisation),
    or(eq(assets.state, 'claimed'), and(eq(assets.state, 'approved'), sql`coalesce(${assets.validTo}, 'infinity'::date) > ${on}::date`)),
  )!;

const BASIS = 'Sắp xếp tổ chức';

/**
 * The register of an organisation that ends goes on with its successor from the day: one asked for a day before it finds the
 * old holder. What nobody was assigned stays with the old name and waits with the authority; nothing of it is ended, since
 * the addresses go on being used.
 */
export const heldAssets: Holding = {
  kind: 'assets',
  name: { vi: 'Tài sản đã đăng ký', en: 'Registered assets' },
  count: (tx, organisation, on) => tx.$count(assets, held(organisation, on)),
  move: async (tx, ctx, from, to, on) => moveAssets(tx, ctx, { from, to, on, which: held(from, on) }),
  rows: async (tx, organisation, on) =>
    (await tx.select().from(assets).where(held(organisation, on)).orderBy(assets.kind, assets.folded)).map(rowOf),
  moveRow: (tx, ctx, row, { from, to, on }) => moveAssets(tx, ctx, { from, to, on, which: and(eq(assets.id, row), held(from, on))! }),
  leaving: {
    waits: (row, organisation) =>
      sql`exists (select 1 from ${assets} a where a.id = ${row} and a.organisation = ${organisation} and (a.state = 'claimed' or (a.state = 'approved' and a.valid_to is null)))`,
    lapses: false,
    handOn: (tx, ctx, rows, { from, to, on }) =>
      moveAssets(tx, ctx, {
        from,
        to,
        on,
        which: and(
          inArray(
            assets.id,
            rows.map(({ row }) => row),
          ),
          held(from, on),
        )!,
      }),
  },
};

function rowOf(row: Asset): HoldingRow {
  return {
    id: row.id,
    overseer: row.overseer,
    until: row.validTo,
    text: { vi: `${KIND_NAMES[row.kind].vi}: ${row.name}`, en: `${KIND_NAMES[row.kind].en}: ${row.name}` },
  };
}

async function moveAssets(
  tx: Tx,
  ctx: Ctx,
  { from, to, on, which }: { from: string; to: string | null; on: string; which: SQL },
): Promise<void> {
  if (to === null) return;
  await lockRegister(tx);
  const rows = await tx
    .select()
    .from(assets)
    .where(which)
    .orderBy(sql`${assets.kind} = 'system' desc`, assets.id)
    .for('update');
  if (rows.length === 0) return;
  const toName = (await namesOf(tx, [to], on)).get(to)?.qualifiedName ?? rows[0]!.organisationName;
  const overseer = overseerIn(await readTree(tx, today(ctx)), to);
  const reaching =
    rows.map((row) => row.overseer).includes(overseer) || ctx.scope.organisations.includes(overseer) ? overseer : rows[0]!.overseer;
  const passing = { to, toName, overseer: reaching, on, reason: BASIS };
  await passOn(
    tx,
    ctx,
    rows.filter((row) => row.state === 'approved'),
    passing,
  );
  for (const row of rows.filter((one) => one.state === 'claimed'))
    await tx
      .update(assets)
      .set({ organisation: to, organisationName: toName, overseer: reaching, key: keyOf(row, to), version: row.version + 1 })
      .where(eq(assets.id, row.id));
  await record(tx, ctx, {
    action: 'assets.carried_over',
    subject: { kind: 'organisation', id: from },
    after: { to, on, assets: rows.map(({ id }) => id) },
    concerns: to,
  });
}

/** What an authority oversaw goes to the one that took its place. */
export async function moveOverseen(tx: Tx, ctx: Ctx, fact: OrganisationReorganised): Promise<void> {
  const [successor, ...others] = fact.successors;
  if (fact.kind === 'separate' || successor === undefined || others.length > 0) return;
  const moved = await tx
    .update(assets)
    .set({ overseer: successor })
    .where(eq(assets.overseer, fact.predecessor))
    .returning({ id: assets.id });
  if (moved.length === 0) return;
  await record(tx, ctx, {
    action: 'assets.overseer_changed',
    subject: { kind: 'organisation', id: fact.predecessor },
    after: { overseer: successor, assets: moved.length, on: fact.on },
    concerns: successor,
  });
}
