import { dayOf, forbidden } from '@vonggac/kernel';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { memberships, reachOf } from '../access/index.ts';
import { people } from './tables.ts';

/**
 * The context of longer work as of now: the person still holds the role and the account is open, the reach is today's.
 * @throws DomainError `identity.no_longer` otherwise
 */
export async function stillActing(ctx: Ctx): Promise<Ctx> {
  const { actor } = ctx;
  if (actor.kind !== 'person') return ctx;
  const day = dayOf(ctx.clock.now()).toString();
  const holds = and(
    eq(memberships.person, actor.id),
    eq(memberships.organisation, actor.organisation),
    eq(memberships.role, actor.role),
    lte(memberships.validFrom, day),
    or(isNull(memberships.validTo), gt(memberships.validTo, day)),
    isNull(people.disabledAt),
  );
  const [held] = await inSnapshot(ctx, (tx) =>
    tx.select({ id: memberships.id }).from(memberships).innerJoin(people, eq(people.id, memberships.person)).where(holds).limit(1),
  );
  if (!held)
    throw forbidden('identity.no_longer', {
      vi: 'Người thực hiện không còn giữ vai trò này hoặc tài khoản đã bị khóa.',
      en: 'Whoever does this no longer holds the role, or the account is disabled.',
    });
  return { ...ctx, scope: await reachOf(ctx.stores.pool, actor.organisation, day) };
}
