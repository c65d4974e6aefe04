import { type Ctx, inSnapshot, isoOf } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { issuedDirective } from '../matrix-load.ts';

/** An organisation that still has something to answer, with the last sheet that went out to it. */
export type SheetLine = {
  organisation: string;
  name: string;
  open: number;
  lastIssued: string | null;
  used: boolean;
};

/** Who can be given a sheet, with what already went out. @throws DomainError `directive.not_found`, `directive.draft` */
export async function listSheets(ctx: Ctx, directive: string): Promise<{ items: SheetLine[]; total: number }> {
  return inSnapshot(ctx, async (tx) => {
    await issuedDirective(tx, directive);
    const { rows } = await tx.execute<Omit<SheetLine, 'lastIssued'> & { lastIssued: string | null }>(sql`
      select r.organisation, r.organisation_name as name, count(*)::int as open, s.issued_at as "lastIssued", coalesce(s.used_by is not null, false) as used
      from receipts r
      join tasks t on t.directive = r.directive and t.organisation = r.organisation and t.state in ('assigned', 'in-progress', 'more-asked')
      left join lateral (
        select issued_at, used_by from answer_sheets where directive = r.directive and organisation = r.organisation order by issued_at desc, id desc limit 1
      ) s on true
      where r.directive = ${directive} and r.state <> '02'
      group by r.organisation, r.organisation_name, s.issued_at, s.used_by order by r.organisation_name`);
    const items = rows.map((row) => ({ ...row, lastIssued: row.lastIssued === null ? null : isoOf(row.lastIssued) }));
    return { items, total: items.length };
  });
}
