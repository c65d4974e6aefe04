import { fold } from '@vonggac/kernel';
import { containing, type Ctx, inSnapshot } from '@vonggac/store';
import { and, asc, desc, eq, gte, isNotNull, isNull, like, lte, type SQL, sql } from 'drizzle-orm';
import { namesOf, organisations } from '../organisations/index.ts';
import type { CallResult } from './model.ts';
import { dutyCalls } from './tables.ts';

export type CallsQuery = {
  organisation?: string | undefined;
  result?: CallResult | undefined;
  from?: string | undefined;
  to?: string | undefined;
  q?: string | undefined;
  /** Those made in exercises, or those outside; both where left out. */
  exercise?: boolean | undefined;
  sort?: string | undefined;
  page: number;
  size: number;
};
export type LoggedCall = {
  id: string;
  organisation: { id: string; name: string };
  result: CallResult;
  phone: string;
  note: string | null;
  calledAt: string;
  calledBy: string;
  exercise: boolean;
};

/** The log of check calls within the scope, newest first; the called organisation sees its own. The number is shown by its last digits. */
export async function listCalls(ctx: Ctx, query: CallsQuery): Promise<{ items: LoggedCall[]; total: number }> {
  return inSnapshot(ctx, async (tx) => {
    const where = conditionOf(query);
    const [{ total } = { total: 0 }] = await tx
      .select({ total: sql<number>`count(*)::int` })
      .from(dutyCalls)
      .innerJoin(organisations, eq(organisations.id, dutyCalls.organisation))
      .where(where);
    const rows = await tx
      .select({ call: dutyCalls })
      .from(dutyCalls)
      .innerJoin(organisations, eq(organisations.id, dutyCalls.organisation))
      .where(where)
      .orderBy(query.sort === 'calledAt' ? asc(dutyCalls.calledAt) : desc(dutyCalls.calledAt), desc(dutyCalls.id))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const names = await namesOf(
      tx,
      rows.map(({ call }) => call.organisation),
      ctx.scope.day,
    );
    return {
      total,
      items: rows.map(({ call }) => ({
        id: call.id,
        organisation: { id: call.organisation, name: names.get(call.organisation)?.qualifiedName ?? '' },
        result: call.result,
        phone: `…${call.phone.slice(-3)}`,
        note: call.note,
        calledAt: new Date(call.calledAt).toISOString(),
        calledBy: call.calledByName,
        exercise: call.exercise !== null,
      })),
    };
  });
}

function conditionOf(query: CallsQuery): SQL | undefined {
  const q = fold(query.q ?? '');
  return and(
    query.organisation ? eq(dutyCalls.organisation, query.organisation) : undefined,
    query.result ? eq(dutyCalls.result, query.result) : undefined,
    query.from ? gte(dutyCalls.calledAt, query.from) : undefined,
    query.to ? lte(dutyCalls.calledAt, query.to) : undefined,
    query.exercise === undefined ? undefined : query.exercise ? isNotNull(dutyCalls.exercise) : isNull(dutyCalls.exercise),
    q === '' ? undefined : like(organisations.folded, containing(q)),
  );
}
