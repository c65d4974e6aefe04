import { type Ctx, inSnapshot, isoOf } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { may, memberships } from '../../access/index.ts';
import { sidesOf } from '../query.ts';
import { findings, findingSheets, findingSums } from '../tables.ts';
import { besideOf, filterOf, openIn, type SheetChoice } from './issue.ts';
import { unitNamesOf } from '../../organisations/index.ts';

/** An organisation that a sheet can be made for; `account`: somebody there can sign in. */
export type SheetUnit = { organisation: { id: string; name: string }; open: number; account: boolean; lastIssued: string | null };

/** Who has open findings, so that a sheet can be made: those without an account first, then by how many. */
export async function listSheetUnits(ctx: Ctx, choice: SheetChoice): Promise<{ items: SheetUnit[]; total: number }> {
  may(ctx, 'findings:answer');
  return inSnapshot(ctx, async (tx) => {
    const side = await sidesOf(tx, ctx, {});
    const filter = await filterOf(tx, choice);
    const mine = sql`f.organisation = any(${sql.param(side.units)}::uuid[]) ${besideOf(side)}`;
    const newest = filter.newest ? sql`and f.in_newest` : sql``;
    // Counters know it unless lists narrow it.
    const counted =
      filter.lists === null
        ? sql`(select f.organisation, f.n from ${findingSums} f where ${mine} and f.state = 'open' and f.exercise = '' ${newest})`
        : sql`(select f.organisation, 1 as n from ${findings} f where ${mine} and ${openIn(filter)})`;
    const { rows } = await tx.execute<{ organisation: string; open: number; account: boolean; issued: string | null }>(sql`
      select f.organisation, sum(f.n)::int as open,
        exists (select 1 from ${memberships} m where m.organisation = f.organisation and m.valid_from <= ${side.day}::date and (m.valid_to is null or m.valid_to > ${side.day}::date)) as account,
        (select max(s.issued_at)::text from ${findingSheets} s where s.organisation = f.organisation) as issued
      from ${counted} f group by f.organisation having sum(f.n) > 0 order by 3, 2 desc, 1`);
    const names = await unitNamesOf(
      tx,
      rows.map(({ organisation }) => organisation),
      side.day,
    );
    const items = rows.map(({ organisation, open, account, issued }) => ({
      organisation: { id: organisation, name: names.get(organisation) ?? '' },
      open,
      account,
      lastIssued: issued === null ? null : isoOf(issued),
    }));
    return { items, total: items.length };
  });
}
