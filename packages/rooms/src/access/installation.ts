import { HOUSE } from '@vonggac/kernel';
import { type Ctx, inSnapshot, settings, type Tx } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { may, mustReach } from './may.ts';
import type { Permission } from './policy.ts';

/** The organisation under which everything hangs; null before the first run. */
export async function rootOf(tx: Tx): Promise<string | null> {
  const [root] = await tx.select({ value: settings.value }).from(settings).where(eq(settings.key, 'root'));
  return typeof root?.value === 'string' ? root.value : null;
}

/**
 * For what concerns the whole installation: the actor holds the permission at its root, not in a part of it.
 * @throws DomainError `access.role`, or as if the organisation did not exist
 */
export async function mayInstallation(ctx: Ctx, permission: Permission): Promise<void> {
  may(ctx, permission);
  const root = await inSnapshot(ctx, rootOf);
  if (root !== null && ctx.actor.organisation !== HOUSE) mustReach(ctx, root);
}
