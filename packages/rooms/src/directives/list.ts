import { dayOf, fold } from '@vonggac/kernel';
import { type Ctx, type Tx, containing, inSnapshot } from '@vonggac/store';
import { type SQL, and, asc, count, desc, eq, exists, isNotNull, isNull, sql } from 'drizzle-orm';
import { qualifiedNames } from './resolve.ts';
import { acts, directives } from './tables.ts';

export type DirectiveQuery = {
  q?: string | undefined;
  page: number;
  size: number;
  sort?: string | undefined;
  status?: 'draft' | 'issued' | 'withdrawn' | undefined;
  kind?: string | undefined;
  year?: number | undefined;
  issuer?: string | undefined;
  /** Those of exercises, or those outside; both where left out. */
  exercise?: boolean | undefined;
};

const SORTS: Record<string, SQL> = {
  day: sql`${directives.day}`,
  code: sql`${directives.code}`,
  subject: sql`${directives.subject} collate "vi-x-icu"`,
  issuer: sql`${directives.issuerName} collate "vi-x-icu"`,
  newest: sql`coalesce(${directives.issuedAt}, ${directives.writtenAt})`,
};

/** The directives of the scope: own drafts, issued and followed ones, and those received. Drafts come first unless sorted. */
export async function listDirectives(ctx: Ctx, query: DirectiveQuery) {
  return inSnapshot(ctx, async (tx) => {
    const where = filterOf(query);
    const [counted] = await tx.select({ total: count() }).from(directives).where(where);
    const rows = await tx
      .select({
        id: directives.id,
        status: directives.status,
        kind: directives.kind,
        code: directives.code,
        symbol: directives.symbol,
        day: directives.day,
        year: directives.year,
        subject: directives.subject,
        urgency: directives.urgency,
        issuerName: directives.issuerName,
        organisation: directives.organisation,
        overseer: directives.overseer,
        exerciseName: directives.exerciseName,
        issuedAt: directives.issuedAt,
        writtenAt: directives.writtenAt,
        incomplete: and(eq(directives.status, 'issued'), isNull(directives.code))!.mapWith(Boolean),
        withdrawalProposed: exists(
          tx
            .select({ one: sql`1` })
            .from(acts)
            .where(and(eq(acts.directive, directives.id), eq(acts.kind, 'withdrawal'), eq(acts.state, 'proposed'))),
        ).mapWith(Boolean),
      })
      .from(directives)
      .where(where)
      .orderBy(...orderOf(query.sort))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const names = await qualifiedNames(
      tx,
      rows.flatMap((row) => [row.organisation, row.overseer]),
      dayOf(ctx.clock.now()).toString(),
    );
    const named = (id: string) => ({ id, name: names.get(id) ?? id });
    return {
      total: counted!.total,
      items: rows.map((row) => ({
        ...row,
        organisation: named(row.organisation),
        overseer: named(row.overseer),
      })),
      ...(await facetsOf(tx)),
    };
  });
}

function filterOf(query: DirectiveQuery): SQL | undefined {
  const words = query.q ? fold(query.q).split(' ').filter(Boolean) : [];
  return and(
    query.status ? eq(directives.status, query.status) : undefined,
    query.kind ? eq(directives.kind, query.kind) : undefined,
    query.year ? eq(directives.year, query.year) : undefined,
    query.issuer ? eq(directives.issuerName, query.issuer) : undefined,
    query.exercise === undefined ? undefined : query.exercise ? isNotNull(directives.exercise) : isNull(directives.exercise),
    ...words.map((word) => sql`${directives.folded} like ${containing(word)}`),
  );
}

function orderOf(sort: string | undefined): SQL[] {
  const key = sort?.replace(/^-/, '') ?? '';
  const column = SORTS[key];
  if (!column) return [sql`${directives.status} <> 'draft'`, desc(SORTS['newest']!), desc(directives.id)];
  return [sort!.startsWith('-') ? sql`${column} desc nulls last` : sql`${column} asc nulls last`, desc(directives.id)];
}

/** What the filters offer: values that occur within the scope. */
async function facetsOf(tx: Tx) {
  const kinds = await tx.selectDistinct({ value: directives.kind }).from(directives).orderBy(asc(directives.kind));
  const years = await tx.selectDistinct({ value: directives.year }).from(directives).orderBy(desc(directives.year));
  const issuers = await tx.selectDistinct({ value: directives.issuerName }).from(directives).orderBy(asc(directives.issuerName)).limit(200);
  return {
    kinds: kinds.map((row) => row.value),
    years: years.flatMap((row) => (row.value === null ? [] : [row.value])),
    issuers: issuers.flatMap((row) => (row.value === null ? [] : [row.value])),
  };
}
