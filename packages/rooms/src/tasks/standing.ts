import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { grants, reaches } from '../access/index.ts';
import { bases, directives } from '../directives/index.ts';
import { namesOf } from '../organisations/index.ts';
import { type FollowUp, followUpsOf } from './follow-up.ts';
import { type Figures, figuresOf } from './figures.ts';
import { type Loaded, loadMatrix } from './matrix-load.ts';
import { type BoundMeasure, countsByColumn, type LitCounts, noCounts } from './matrix-model.ts';

export type ChainLink = {
  kind: string | null;
  code: string | null;
  day: string | null;
  issuer: string | null;
  subject: string | null;
  id: string | null;
};
export type StandingItem = {
  id: string;
  path: string;
  text: string;
  heading: boolean;
  phrase: string | null;
  due: string | null;
  recurrence: string | null;
  recurrenceUntil: string | null;
  withdrawn: boolean;
  span: { start: number; end: number } | null;
  measures: BoundMeasure[];
  counts: LitCounts;
  followUp: { day: string; note: string | null; by: string } | null;
};
export type Standing = {
  id: string;
  status: 'issued' | 'withdrawn';
  kind: string;
  code: string | null;
  day: string | null;
  subject: string;
  issuer: string | null;
  urgency: string | null;
  windowFrom: string | null;
  windowTo: string | null;
  issuedAt: string | null;
  withdrawnAt: string | null;
  exerciseName: string | null;
  overseer: { id: string; name: string };
  text: string;
  chain: ChainLink[];
  requirements: StandingItem[];
  figures: Figures;
  at: string;
  can: { remind: boolean; review: boolean };
};

/**
 * How a directive stands: its text, each item with the number of organisations in each state, and the head figures, each with
 * its denominator. Counts what lies within the scope: the overseer sees all, an agency sees itself.
 * @throws DomainError `directive.not_found`, `directive.draft`
 */
export async function standing(ctx: Ctx, directive: string): Promise<Standing> {
  return inSnapshot(ctx, async (tx) => {
    const loaded = await loadMatrix(tx, ctx, directive);
    const { head } = loaded;
    const [row] = await tx.select({ text: directives.text }).from(directives).where(eq(directives.id, directive));
    const names = await namesOf(tx, [head.overseer], ctx.scope.day);
    const follows = reaches(ctx, head.overseer) && (ctx.actor.kind === 'system' || grants(ctx.actor.role).includes('directives:follow'));
    return {
      id: head.id,
      status: head.status === 'withdrawn' ? 'withdrawn' : 'issued',
      kind: head.kind,
      code: head.code ?? head.symbol,
      day: head.day,
      subject: head.subject,
      issuer: head.issuerName,
      urgency: head.urgency,
      windowFrom: head.windowFrom,
      windowTo: head.windowTo,
      issuedAt: head.issuedAt,
      withdrawnAt: head.withdrawnAt,
      exerciseName: head.exerciseName,
      overseer: { id: head.overseer, name: names.get(head.overseer)?.qualifiedName ?? head.overseer },
      text: row!.text,
      chain: await chainOf(tx, directive),
      requirements: itemsOf(loaded, await followUpsOf(tx, directive)),
      figures: figuresOf(loaded.rows, loaded.columns.length, measuredColumns(loaded)),
      at: loaded.at,
      can: { remind: follows && head.status === 'issued', review: follows },
    };
  });
}

/** Columns that at least one measure is bound to. */
export function measuredColumns({ columns }: Pick<Loaded, 'columns'>): Set<number> {
  return new Set(columns.flatMap((column, at) => (column.measures.length > 0 ? [at] : [])));
}

function itemsOf({ requirements, columns, rows }: Loaded, followed: readonly FollowUp[]): StandingItem[] {
  const counts = countsByColumn(rows, columns.length);
  return requirements.map((item) => {
    const at = columns.findIndex(({ id }) => id === item.id);
    const own = followed.find(({ requirement, organisation }) => requirement === item.id && organisation === null);
    return {
      id: item.id,
      path: item.path,
      text: item.text,
      heading: item.heading,
      phrase: item.phrase,
      due: item.due,
      recurrence: item.recurrence,
      recurrenceUntil: item.recurrenceUntil,
      withdrawn: item.withdrawnAt !== null,
      span: item.spanStart === null || item.spanEnd === null ? null : { start: item.spanStart, end: item.spanEnd },
      measures: columns[at]?.measures ?? [],
      counts: counts[at] ?? noCounts(),
      followUp: own === undefined ? null : { day: own.day, note: own.note, by: own.by },
    };
  });
}

/** The documents that a directive rests on, oldest first, with the id of those that are on file within the scope. */
async function chainOf(tx: Tx, directive: string): Promise<ChainLink[]> {
  const rows = await tx
    .select({ kind: bases.kind, code: bases.code, day: bases.day, issuer: bases.issuer, subject: bases.subject })
    .from(bases)
    .where(eq(bases.directive, directive))
    .orderBy(sql`${bases.day} nulls first`, bases.position);
  const codes = rows.flatMap(({ code }) => (code === null ? [] : [code]));
  if (codes.length === 0) return rows.map((row) => ({ ...row, id: null }));
  const known = await tx
    .select({ id: directives.id, code: directives.code, day: directives.day })
    .from(directives)
    .where(and(inArray(directives.code, codes), inArray(directives.status, ['issued', 'withdrawn'])));
  return rows.map((row) => ({ ...row, id: known.find(({ code, day }) => code === row.code && day === row.day)?.id ?? null }));
}
