import { conflict, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { mustBeOwn, note } from '../internal.ts';
import { markDeclared } from '../periods/declared.ts';
import { declarations } from '../tables.ts';

/** The agency says that what was put in for it is so: it counts as its own from now on. @throws DomainError `declaration.decided` */
export async function confirmDeclaration(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'tasks:work');
  await inTransaction(ctx, async (tx) => {
    const found = await decide(tx, ctx, { id, state: 'confirmed', reason: null });
    await markDeclared(tx, found, null);
    await note(tx, ctx, [{ ...partOf(found), act: 'declaration-confirmed', data: { via: found.via } }]);
    await record(tx, ctx, { action: 'declarations.confirmed', subject: { kind: 'declaration', id }, concerns: found.overseer });
  });
}

/**
 * The agency says that it is not so, with its reason. The answer stays where it is, marked; both are kept, and the agency answers anew
 * after taking the submission back or being asked for more.
 * @throws DomainError `declaration.decided`
 */
export async function contestDeclaration(ctx: Ctx, id: string, reason: string): Promise<void> {
  may(ctx, 'tasks:work');
  await inTransaction(ctx, async (tx) => {
    const found = await decide(tx, ctx, { id, state: 'contested', reason });
    await markDeclared(tx, found, 'contested');
    await note(tx, ctx, [{ ...partOf(found), act: 'declaration-contested', note: reason, data: { via: found.via } }]);
    await record(tx, ctx, { action: 'declarations.contested', subject: { kind: 'declaration', id }, concerns: found.overseer, reason });
  });
}

type Declaration = typeof declarations.$inferSelect;
const partOf = ({ directive, organisation, overseer, task }: Declaration) => ({ directive, organisation, overseer, task });

async function decide(
  tx: Tx,
  ctx: Ctx,
  { id, ...set }: { id: string; state: 'confirmed' | 'contested'; reason: string | null },
): Promise<Declaration> {
  const [found] = await tx.select().from(declarations).where(eq(declarations.id, id));
  if (!found) throw notFound('declaration');
  mustBeOwn(ctx, found);
  const [row] = await tx
    .update(declarations)
    .set({ ...set, decidedAt: isoInstant(ctx.clock.now()), decidedByName: ctx.actor.name })
    .where(and(eq(declarations.id, id), eq(declarations.state, 'open')))
    .returning();
  if (row) return row;
  throw conflict('declaration.decided', {
    vi: 'Câu trả lời này đã được xác nhận, phản hồi hoặc thay bằng câu trả lời khác.',
    en: 'This answer has been confirmed, contested or replaced already.',
  });
}
