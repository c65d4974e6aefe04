import type { Ctx, Tx } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import type { DirectiveHandedOver } from '../directives/index.ts';
import { arrivals, statusFiles, statusMessages } from './tables.ts';

/** Reaction to a new overseer: statuses sent and received go with the directive. */
export async function handOverStatuses(tx: Tx, _ctx: Ctx, { directive, to }: DirectiveHandedOver): Promise<void> {
  for (const table of [statusMessages, statusFiles, arrivals])
    await tx.update(table).set({ overseer: to }).where(eq(table.directive, directive));
}
