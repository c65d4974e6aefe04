import { fold, newId } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import type { Span } from './model.ts';
import type { Resolved } from './resolve.ts';
import { bases, bindings, recipients, requirements } from './tables.ts';

export type RecipientToWrite = Resolved & { id?: string | undefined; text: string; narrows: boolean; span: Span | null };
export type BasisToWrite = {
  id?: string | undefined;
  kind: string | null;
  code: string | null;
  day: string | null;
  issuer: string | null;
  subject: string | null;
  span: Span | null;
};
export type RequirementToWrite = {
  id?: string | undefined;
  path: string;
  text: string;
  heading: boolean;
  audience: number[];
  audienceText: string[];
  phrase: string | null;
  due: string | null;
  recurrence: string | null;
  measures: string[];
  span: Span | null;
};

/** The keys under which a directive is found and its number is unique. */
export function keysOf(head: { code: string | null; symbol: string | null; subject: string; issuerName: string | null }) {
  return {
    folded: fold([head.code ?? head.symbol, head.subject, head.issuerName].filter(Boolean).join(' ')),
    issuerKey: head.issuerName === null ? null : fold(head.issuerName),
  };
}

const spanColumns = (span: Span | null) => ({ spanStart: span?.start ?? null, spanEnd: span?.end ?? null });

/** Puts the whole list of recipients in place of the one before. */
export async function writeRecipients(tx: Tx, directive: string, list: readonly RecipientToWrite[]): Promise<void> {
  await tx.delete(recipients).where(eq(recipients.directive, directive));
  if (list.length === 0) return;
  await tx.insert(recipients).values(
    list.map(({ id, text, resolution, group, organisations, unresolved, why, narrows, span }, position) => ({
      id: id ?? newId(),
      directive,
      position,
      text,
      resolution,
      group,
      organisations,
      unresolved,
      why,
      narrows,
      ...spanColumns(span),
    })),
  );
}

export async function writeBases(tx: Tx, directive: string, list: readonly BasisToWrite[]): Promise<void> {
  await tx.delete(bases).where(eq(bases.directive, directive));
  if (list.length === 0) return;
  await tx.insert(bases).values(
    list.map(({ id, kind, code, day, issuer, subject, span }, position) => ({
      id: id ?? newId(),
      directive,
      position,
      kind,
      code,
      day,
      issuer,
      subject,
      ...spanColumns(span),
    })),
  );
}

export async function writeRequirements(tx: Tx, directive: string, list: readonly RequirementToWrite[]): Promise<void> {
  await tx.delete(requirements).where(eq(requirements.directive, directive));
  if (list.length > 0) await addRequirements(tx, directive, list, 0);
}

/** Adds requirements after those that are there. @returns their ids */
export async function addRequirements(tx: Tx, directive: string, list: readonly RequirementToWrite[], from: number): Promise<string[]> {
  const rows = list.map(({ measures, span, id, ...rest }, i) => ({
    row: { id: id ?? newId(), directive, position: from + i, ...rest, ...spanColumns(span) },
    measures,
  }));
  await tx.insert(requirements).values(rows.map(({ row }) => row));
  await writeBindings(
    tx,
    directive,
    rows.map(({ row, measures }) => ({ requirement: row.id, measures })),
  );
  return rows.map(({ row }) => row.id);
}

export async function writeBindings(
  tx: Tx,
  directive: string,
  list: readonly { requirement: string; measures: readonly string[] }[],
): Promise<void> {
  const bound = list.flatMap(({ requirement, measures }) => [...new Set(measures)].map((measure) => ({ requirement, directive, measure })));
  if (bound.length > 0) await tx.insert(bindings).values(bound);
}
