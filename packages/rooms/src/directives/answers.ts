import type { Tx } from '@vonggac/store';
import { asc, eq, inArray } from 'drizzle-orm';
import { bindings, directives, requirements } from './tables.ts';

/** What other rooms show of a directive. */
export type DirectiveHead = {
  id: string;
  organisation: string;
  overseer: string;
  status: 'draft' | 'issued' | 'withdrawn';
  kind: string;
  code: string | null;
  symbol: string | null;
  year: number | null;
  day: string | null;
  subject: string;
  urgency: 'khan' | 'thuong-khan' | 'hoa-toc' | null;
  issuerName: string | null;
  windowFrom: string | null;
  windowTo: string | null;
  issuedAt: string | null;
  withdrawnAt: string | null;
  /** The exercise that it belongs to; its subject bears the mark. */
  exercise: string | null;
  exerciseName: string | null;
};

/** The heads of directives within the scope, by id. */
export async function directiveHead(tx: Tx, ids: readonly string[]): Promise<Map<string, DirectiveHead>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({
      id: directives.id,
      organisation: directives.organisation,
      overseer: directives.overseer,
      status: directives.status,
      kind: directives.kind,
      code: directives.code,
      symbol: directives.symbol,
      year: directives.year,
      day: directives.day,
      subject: directives.subject,
      urgency: directives.urgency,
      issuerName: directives.issuerName,
      windowFrom: directives.windowFrom,
      windowTo: directives.windowTo,
      issuedAt: directives.issuedAt,
      withdrawnAt: directives.withdrawnAt,
      exercise: directives.exercise,
      exerciseName: directives.exerciseName,
    })
    .from(directives)
    .where(inArray(directives.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row]));
}

/** An item of a directive in the order of the document, with the measures it is bound to. `due`: last instant in time. */
export type RequirementView = {
  id: string;
  position: number;
  path: string;
  text: string;
  heading: boolean;
  phrase: string | null;
  due: string | null;
  recurrence: string | null;
  /** No reporting period that begins after this day opens. */
  recurrenceUntil: string | null;
  spanStart: number | null;
  spanEnd: number | null;
  withdrawnAt: string | null;
  measures: string[];
};

/** The items of a directive, headings and withdrawn ones included. */
export async function requirementsOf(tx: Tx, directive: string): Promise<RequirementView[]> {
  const rows = await tx
    .select({
      id: requirements.id,
      position: requirements.position,
      path: requirements.path,
      text: requirements.text,
      heading: requirements.heading,
      phrase: requirements.phrase,
      due: requirements.due,
      recurrence: requirements.recurrence,
      recurrenceUntil: requirements.recurrenceUntil,
      spanStart: requirements.spanStart,
      spanEnd: requirements.spanEnd,
      withdrawnAt: requirements.withdrawnAt,
    })
    .from(requirements)
    .where(eq(requirements.directive, directive))
    .orderBy(asc(requirements.position));
  const bound = await tx.select().from(bindings).where(eq(bindings.directive, directive));
  return rows.map((row) => ({
    ...row,
    measures: bound.filter((one) => one.requirement === row.id).map((one) => one.measure),
  }));
}
