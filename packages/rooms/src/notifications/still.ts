import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { grants, memberships, type Permission } from '../access/index.ts';
import { people } from '../identity/index.ts';

/** `person` null: it was the house itself. */
export type Sender = { person: string | null; permission: Permission; organisation: string };

/** The sender's account is open, and a role that may do it holds today at the organisation or at one above it. */
export async function mayStill(tx: Tx, ctx: Pick<Ctx, 'scope'>, { person, permission, organisation }: Sender): Promise<boolean> {
  if (person === null) return true;
  const shut = and(eq(people.id, person), isNotNull(people.disabledAt));
  if ((await tx.$count(people, shut)) > 0) return false;
  const held = await tx
    .select({ role: memberships.role, organisation: memberships.organisation })
    .from(memberships)
    .where(
      and(
        eq(memberships.person, person),
        lte(memberships.validFrom, ctx.scope.day),
        or(isNull(memberships.validTo), gt(memberships.validTo, ctx.scope.day)),
      ),
    );
  for (const one of held) {
    if (!grants(one.role).includes(permission)) continue;
    const { rows } = await tx.execute(
      sql`select 1 from vg_reach(${one.organisation}::uuid, ${ctx.scope.day}::date) r where ${organisation}::uuid = any(r.organisations)`,
    );
    if (rows.length > 0) return true;
  }
  return false;
}
