import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, desc, eq, inArray, isNotNull, ne, type SQL, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { namesOf } from '../organisations/index.ts';
import { partById, type PartRow } from './answer-part.ts';
import type { EvidenceView } from './get-work.ts';
import type { Part } from './internal.ts';
import { saysNothing } from './nothing.ts';
import { type TimeState, timeStateOf } from './model.ts';
import { isCurrentPart } from './periods/current-part.ts';
import { evidence, parts, partTexts } from './tables.ts';

export type PartView = Pick<
  PartRow,
  'id' | 'task' | 'kind' | 'directive' | 'path' | 'text' | 'code' | 'subject' | 'due' | 'state' | 'givenAt' | 'givenByName' | 'answeredAt'
> &
  Pick<PartRow, 'takenOverAt' | 'takenBackAt' | 'takenBackReason' | 'exercise'> & {
    unit: { id: string; name: string };
    giver: { id: string; name: string };
    timeState: TimeState;
    note: string | null;
    answer: string | null;
    nothing: boolean;
    answeredByName: string | null;
    evidence: EvidenceView[];
    can: { work: boolean; give: boolean };
  };

/** Parts that the acting organisation was given, what is due first on top; of those that ended the newest. Those of exercises apart. */
export async function myParts(
  ctx: Ctx,
  query: { tab: 'open' | 'done'; exercise?: boolean | undefined; page: number; size: number },
): Promise<{ items: PartView[]; total: number }> {
  return inSnapshot(ctx, async (tx) => {
    const mine = and(
      eq(parts.organisation, ctx.actor.organisation),
      eq(parts.exercise, query.exercise ?? false),
      query.tab === 'open' ? eq(parts.state, 'given') : sql`${parts.state} <> 'given'`,
    );
    const rows = await tx
      .select()
      .from(parts)
      .where(mine)
      .orderBy(...(query.tab === 'open' ? [sql`${parts.due} nulls last`, asc(parts.givenAt)] : [desc(parts.givenAt)]), asc(parts.path))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    return { items: await viewsOf(tx, ctx, rows), total: await tx.$count(parts, mine) };
  });
}

/** @throws DomainError `part.not_found` */
export async function getPart(ctx: Ctx, id: string): Promise<PartView> {
  return inSnapshot(ctx, async (tx) => (await viewsOf(tx, ctx, [await partById(tx, ctx, id)]))[0]!);
}

/** An item in which the organisation supports another one. */
export type Support = { task: string; part: string; lead: string };
export type Handed = { task: string; given: number; answered: number };

/** The parts of an agency's tasks: side by side for itself, for whoever follows it how many were given and answered. */
export async function partsOf(tx: Tx, ctx: Ctx, part: Part): Promise<{ parts: PartView[]; handed: Handed[]; supports: Support[] }> {
  const rows = await tx
    .select()
    .from(parts)
    .where(and(eq(parts.directive, part.directive), eq(parts.giver, part.organisation), isCurrentPart))
    .orderBy(asc(parts.givenAt), asc(parts.id));
  const counted = Map.groupBy(
    rows.filter(({ state, kind }) => state !== 'taken-back' && kind === 'unit'),
    ({ task }) => task,
  );
  return {
    // Who supports whom was decided by the overseer; what they write stays with the lead.
    parts: await viewsOf(tx, ctx, reaches(ctx, part.organisation) ? rows : rows.filter(({ kind }) => kind === 'support')),
    supports: await supportsOf(tx, part),
    handed: [...counted].map(([task, of]) => ({ task, given: of.length, answered: of.filter(({ state }) => state === 'answered').length })),
  };
}

async function supportsOf(tx: Tx, part: Part): Promise<Support[]> {
  const rows = await tx
    .select({ task: parts.supportTask, part: parts.id, lead: parts.giverName })
    .from(parts)
    .where(
      and(
        eq(parts.directive, part.directive),
        eq(parts.organisation, part.organisation),
        eq(parts.kind, 'support'),
        ne(parts.state, 'taken-back'),
        isCurrentPart,
      ),
    );
  return rows.flatMap(({ task, part: id, lead }) => (task === null ? [] : [{ task, part: id, lead: lead ?? '' }]));
}

async function viewsOf(tx: Tx, ctx: Ctx, rows: readonly PartRow[]): Promise<PartView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const names = await namesOf(tx, [...new Set(rows.flatMap(({ organisation, giver }) => [organisation, giver]))], ctx.scope.day);
  const texts = new Map((await tx.select().from(partTexts).where(inArray(partTexts.part, ids))).map((one) => [one.part, one]));
  const files = Map.groupBy(await filesOf(tx, and(isNotNull(evidence.part), inArray(evidence.part, ids))!), ({ part }) => part);
  const named = (id: string) => ({ id, name: names.get(id)?.name ?? '' });
  return rows.map(({ organisation, giver, ...row }) => {
    const text = texts.get(row.id);
    return {
      ...row,
      unit: { id: organisation, name: row.organisationName ?? named(organisation).name },
      giver: { id: giver, name: row.giverName ?? named(giver).name },
      timeState: timeStateOf(row.due, row.answeredAt, ctx.clock.now()),
      note: text?.note ?? null,
      answer: text?.answer ?? null,
      nothing: saysNothing(text?.answer ?? null),
      answeredByName: text?.answeredByName ?? null,
      evidence: files.get(row.id) ?? [],
      can: {
        work: ctx.actor.organisation === organisation && row.state !== 'taken-back',
        give: ctx.actor.organisation === giver,
      },
    };
  });
}

async function filesOf(tx: Tx, where: SQL) {
  return tx
    .select({
      id: evidence.id,
      part: evidence.part,
      task: evidence.task,
      report: evidence.report,
      name: evidence.name,
      type: evidence.type,
      size: evidence.size,
      sha256: evidence.sha256,
      scan: evidence.scan,
      addedAt: evidence.addedAt,
      addedByName: evidence.addedByName,
    })
    .from(evidence)
    .where(where)
    .orderBy(asc(evidence.addedAt));
}
