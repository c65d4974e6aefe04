import { forbidden, newId, type Role, type Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { memberships } from './tables.ts';

type Membership = typeof memberships.$inferSelect;

/** A role that is or will be held in an organisation; `name` is null where the actor may not know the person. */
export type HeldRole = { id: string; name: string | null; role: Role; validTo: string | null };

export const ROLE_NAMES: Readonly<Record<Role, Text>> = {
  administrator: { vi: 'Quản trị', en: 'Administrator' },
  desk: { vi: 'Chuyên viên theo dõi', en: 'Desk officer' },
  officer: { vi: 'Cán bộ đơn vị', en: 'Agency officer' },
  analyst: { vi: 'Trực giám sát', en: 'Duty analyst' },
  operator: { vi: 'Doanh nghiệp', en: 'Operator staff' },
  leader: { vi: 'Lãnh đạo', en: 'Leader' },
  auditor: { vi: 'Kiểm tra, giám sát', en: 'Auditor' },
};

/** The roles in an organisation that go on after a day. */
export async function rolesHeld(tx: Tx, organisation: string, on: string): Promise<HeldRole[]> {
  const { rows } = await tx.execute<HeldRole>(sql`
    select m.id, p.name, m.role, m.valid_to::text as "validTo" from ${memberships} m left join people p on p.id = m.person
    where m.organisation = ${organisation}::uuid and (m.valid_to is null or m.valid_to > ${on}::date) order by p.name, m.id`);
  return rows;
}

/** Grants once: who holds the role there without an end keeps it as it is. */
async function grantOnce(tx: Tx, role: Omit<Membership, 'id' | 'writtenAt'>): Promise<void> {
  const held = and(
    eq(memberships.person, role.person),
    eq(memberships.organisation, role.organisation),
    eq(memberships.role, role.role),
    isNull(memberships.validTo),
  );
  const [known] = await tx.select({ id: memberships.id }).from(memberships).where(held);
  if (!known) await tx.insert(memberships).values({ ...role, id: newId() });
}

/**
 * Ends a role on a day, with `to` naming who takes the person over in the same role from then on. What begins later
 * begins there, and what had an end of its own ends there too.
 */
export async function handOverRole(tx: Tx, membership: string, { to, on }: { to: string | null; on: string }): Promise<void> {
  const [held] = await tx.select().from(memberships).where(eq(memberships.id, membership));
  if (!held) return;
  const from = held.validFrom > on ? held.validFrom : on;
  await tx.update(memberships).set({ validTo: from }).where(eq(memberships.id, membership));
  if (to === null) return;
  const { person, role, validTo } = held;
  await grantOnce(tx, { person, role, organisation: to, validFrom: from, validTo });
}

/**
 * Grants a role that had ended with its organisation anew, elsewhere, from a day on.
 * @param until the end that the role had of its own
 * @throws DomainError `access.only_administrators` for that role: only an administrator makes another
 */
export async function takeUpRole(
  tx: Tx,
  ctx: Pick<Ctx, 'actor'>,
  membership: string,
  { to, on, until }: { to: string; on: string; until: string | null },
): Promise<void> {
  const [ended] = await tx.select().from(memberships).where(eq(memberships.id, membership));
  if (!ended) return;
  const { person, role } = ended;
  if (role === 'administrator' && ctx.actor.kind === 'person' && ctx.actor.role !== 'administrator')
    throw forbidden('access.only_administrators', {
      vi: 'Chỉ quản trị viên được giao lại vai trò quản trị. Bỏ chọn dòng đó, để quản trị viên thực hiện.',
      en: 'Only an administrator hands on the role of administrator. Leave that row to one.',
    });
  await grantOnce(tx, { person, role, organisation: to, validFrom: ended.validFrom > on ? ended.validFrom : on, validTo: until });
}
