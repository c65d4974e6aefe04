import type { Ctx, Tx } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { grants } from '../../access/index.ts';
import { proposals } from '../tables.ts';

/** How many proposals wait for the actor's approval: none for who may not approve. */
export async function countApprovals(tx: Tx, ctx: Ctx): Promise<number> {
  if (ctx.actor.kind === 'system' || !grants(ctx.actor.role).includes('reports:approve')) return 0;
  return tx.$count(proposals, and(eq(proposals.organisation, ctx.actor.organisation), eq(proposals.state, 'proposed')));
}
