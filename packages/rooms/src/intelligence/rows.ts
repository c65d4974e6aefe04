import { writeTable, XLSX_TYPE } from '@vonggac/outside';
import { containing, type Ctx, folded, inSnapshot, inTransaction } from '@vonggac/store';
import { fold } from '@vonggac/kernel';
import { and, asc, eq, isNotNull, isNull, like, or, type SQL, sql } from 'drizzle-orm';
import { mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { labelLine } from '../tlp/index.ts';
import { unpackExtra } from './extra.ts';
import { fetchList, unitNames } from './internal.ts';
import type { Why } from './model.ts';
import { listRefusals, listRows } from './tables.ts';

export type RowsQuery = {
  state?: 'matched' | 'unmatched' | 'aside' | undefined;
  unit?: string | undefined;
  why?: Why | undefined;
  q?: string | undefined;
  page: number;
  size: number;
};

export type RowView = Omit<typeof listRows.$inferSelect, 'list' | 'organisation' | 'key' | 'extra' | 'asideAt'> & {
  unitName: string | null;
  /** What the list says besides; the product's own names begin with @. */
  extra: Record<string, string | number>;
};

/** An address without the length that PostgreSQL may print. */
const bare = (address: string | null): string | null => address?.replace(/\/(?:32|128)$/u, '') ?? null;

const STATES: Record<NonNullable<RowsQuery['state']>, SQL | undefined> = {
  matched: isNotNull(listRows.target),
  unmatched: and(isNull(listRows.target), isNull(listRows.asideAt)),
  aside: isNotNull(listRows.asideAt),
};

function filterOf(id: string, query: RowsQuery): SQL | undefined {
  const words = query.q ? containing(fold(query.q)) : null;
  const said = sql`concat_ws(' ', host(${listRows.address}), host(${listRows.privateAddress}), ${listRows.domain}, ${listRows.machine}, ${listRows.unit}, ${listRows.family})`;
  return and(
    eq(listRows.list, id),
    query.state ? STATES[query.state] : undefined,
    query.unit ? eq(listRows.target, query.unit) : undefined,
    query.why ? eq(listRows.why, query.why) : undefined,
    words === null ? undefined : or(like(folded(said), words)),
  );
}

/** The rows of a list in its order, with whom they lead to and why. */
export async function listRowsOf(ctx: Ctx, id: string, query: RowsQuery): Promise<{ items: RowView[]; total: number }> {
  return inSnapshot(ctx, async (tx) => {
    const list = await fetchList(tx, ctx, id);
    const where = filterOf(id, query);
    const rows = await tx
      .select()
      .from(listRows)
      .where(where)
      .orderBy(asc(listRows.row))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const total = await tx.$count(listRows, where);
    const names = await unitNames(
      tx,
      ctx,
      rows.map(({ target }) => target),
    );
    const items = rows.map(({ list: _list, organisation: _organisation, key: _key, asideAt: _asideAt, extra, ...row }) => ({
      ...row,
      address: bare(row.address),
      privateAddress: bare(row.privateAddress),
      unitName: row.target === null ? null : (names.get(row.target) ?? ''),
      extra: unpackExtra(extra, list.extraNames),
    }));
    return { items, total };
  });
}

export type UnmatchedBy = 'address' | 'domain' | 'unit' | 'machine' | 'inner';
export type UnmatchedGroup = {
  by: UnmatchedBy;
  value: string;
  unit: string | null;
  why: Why;
  rows: number;
  families: string[];
  first: string;
  last: string;
};

/** What rows that lead nowhere have in common: the first of these that a row has. */
export const GROUPED = sql`case when ${listRows.address} is not null then 'address' when ${listRows.domain} is not null then 'domain'
  when ${listRows.unit} is not null then 'unit' when ${listRows.machine} is not null then 'machine' else 'inner' end`;
export const GROUP_VALUE = sql`coalesce(host(${listRows.address}), ${listRows.domain}, ${listRows.unit}, ${listRows.machine}, host(${listRows.privateAddress}), ${listRows.mac}, '')`;

/** The bucket of a list: what leads nowhere and was not set aside, by address (or domain, name), the most frequent first. */
export async function listUnmatched(
  ctx: Ctx,
  id: string,
  query: { page: number; size: number },
): Promise<{ items: UnmatchedGroup[]; total: number; rows: number }> {
  return inSnapshot(ctx, async (tx) => {
    await fetchList(tx, ctx, id);
    const open = sql`${listRows.list} = ${id}::uuid and ${listRows.target} is null and ${listRows.asideAt} is null`;
    const { rows } = await tx.execute<UnmatchedGroup & { total: number; all: number }>(sql`
      select "by", value, unit, why, rows, families, first, last, count(*) over ()::int as total, (sum(rows) over ())::int as "all" from (
        select ${GROUPED} as "by", ${GROUP_VALUE} as value, min(${listRows.unit}) as unit, min(${listRows.why}) as why, count(*)::int as rows,
          (array_agg(distinct ${listRows.family}))[1:5] as families, to_json(min(${listRows.seenAt}))#>>'{}' as first,
          to_json(max(${listRows.seenAt}))#>>'{}' as last
        from ${listRows} where ${open} group by 1, 2) g
      order by rows desc, value limit ${query.size} offset ${(query.page - 1) * query.size}`);
    const items = rows.map(({ total: _total, all: _all, ...group }) => ({
      ...group,
      first: new Date(group.first).toISOString(),
      last: new Date(group.last).toISOString(),
    }));
    return { items, total: rows[0]?.total ?? 0, rows: rows[0]?.all ?? 0 };
  });
}

/** The refused lines as a table to mend: line, column, reason, and the cells as they were written. */
export async function refusedLines(ctx: Ctx, id: string): Promise<{ name: string; type: string; content: Uint8Array }> {
  const { list, rows } = await inSnapshot(ctx, async (tx) => ({
    list: await fetchList(tx, ctx, id),
    rows: await tx.select().from(listRefusals).where(eq(listRefusals.list, id)).orderBy(asc(listRefusals.row)).limit(100_000),
  }));
  mustReach(ctx, list.organisation);
  const vi = ctx.language === 'vi';
  const headers = list.mapping?.columns.map(({ header }) => header).slice(0, 50) ?? [];
  const columns = [
    { title: vi ? 'Dòng' : 'Row' },
    { title: vi ? 'Cột' : 'Column', width: 20 },
    { title: vi ? 'Lý do' : 'Reason', width: 60 },
    ...headers.map((title) => ({ title })),
  ];
  const title = vi ? 'Dòng không nhập được' : 'Refused rows';
  const body = rows.map(({ row, column, reason, cells }) => [
    row,
    column,
    reason[ctx.language],
    ...headers.map((_, at) => cells[at] ?? ''),
  ]);
  const lines = [await labelLine(ctx, 'sheet'), `${list.title} (${list.name})`];
  const content = await writeTable([{ name: title, lines, columns, rows: body }]);
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, { action: 'intelligence.refused_exported', subject: { kind: 'list', id }, after: { rows: rows.length } }),
  );
  return { name: `${title}.xlsx`, type: XLSX_TYPE, content };
}
