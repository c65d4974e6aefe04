import { newId, type Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, gt, isNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { handOverRole, ROLE_NAMES as ROLES, rolesHeld, takeUpRole } from '../access/index.ts';
import { ROLE_NAMES } from './contact-model.ts';
import type { Holding, HoldingRow, Move } from './holdings.ts';
import { parentOn, refsOf } from './internal.ts';
import { contacts, groupMembers, groups, organisationParents, supervisions } from './tables.ts';

type RowHolding = Pick<Holding, 'kind' | 'name' | 'shared' | 'leaving'> & {
  rows(tx: Tx, organisation: string, on: string): Promise<HoldingRow[]>;
  moveRow(tx: Tx, ctx: Ctx, row: string, move: Move): Promise<void>;
};

const openOn = (column: SQLWrapper, on: string): SQL => or(isNull(column), gt(column, on))!;
const same = (text: string): Text => ({ vi: text, en: text });

/** Where a row is cut in two: what begins only after the day passes on whole, and what ends later ends for the successor too. */
function cut(row: { validFrom: string | null; validTo: string | null }, on: string): { validFrom: string; validTo: string | null } {
  return { validFrom: row.validFrom !== null && row.validFrom > on ? row.validFrom : on, validTo: row.validTo };
}

function whole(holding: RowHolding): Holding {
  return {
    ...holding,
    count: async (tx, organisation, on) => (await holding.rows(tx, organisation, on)).length,
    async move(tx, ctx, from, to, on) {
      for (const row of await holding.rows(tx, from, on)) await holding.moveRow(tx, ctx, row.id, { from, to, on });
    },
  };
}

/** Texts of rows that are other organisations. */
async function named(tx: Tx, rows: readonly { id: string; organisation: string }[], on: string): Promise<HoldingRow[]> {
  const names = new Map(
    (
      await refsOf(
        tx,
        rows.map((row) => row.organisation),
        on,
      )
    ).map((ref) => [ref.id, ref.name]),
  );
  return rows.map((row) => ({ id: row.id, text: same(names.get(row.organisation) ?? '…') }));
}

/** Roles in a dissolved unit end on its date; a successor that is named takes them over from then on. */
const accounts = whole({
  kind: 'accounts',
  name: { vi: 'Vai trò của tài khoản', en: 'Roles of accounts' },
  async rows(tx, organisation, on) {
    return (await rolesHeld(tx, organisation, on)).map(({ id, name, role, validTo }) => ({
      id,
      text: { vi: `${name ?? '…'} (${ROLES[role].vi})`, en: `${name ?? '…'} (${ROLES[role].en})` },
      until: validTo,
    }));
  },
  moveRow: (tx, _ctx, row, { to, on }) => handOverRole(tx, row, { to, on }),
  leaving: {
    waits: () => sql`true`,
    lapses: true,
    async handOn(tx, ctx, rows, { to, on }) {
      for (const { row, until } of rows) await takeUpRole(tx, ctx, row, { to, on, until });
    },
  },
});

/** Contacts end; those taken over must be confirmed anew by the successor. */
const contactsHeld = whole({
  kind: 'contacts',
  name: { vi: 'Đầu mối liên hệ', en: 'Contacts' },
  async rows(tx, organisation, on) {
    const rows = await tx
      .select()
      .from(contacts)
      .where(and(eq(contacts.organisation, organisation), openOn(contacts.validTo, on)));
    return rows.map((row) => ({
      id: row.id,
      until: row.validTo,
      text: {
        vi: [ROLE_NAMES[row.role].vi, row.name].filter(Boolean).join(': '),
        en: [ROLE_NAMES[row.role].en, row.name].filter(Boolean).join(': '),
      },
    }));
  },
  async moveRow(tx, _ctx, row, { to, on }) {
    const [ended] = await tx.select().from(contacts).where(eq(contacts.id, row));
    if (!ended) return;
    const next = cut(ended, on);
    await tx.update(contacts).set({ validTo: next.validFrom }).where(eq(contacts.id, row));
    if (to === null) return;
    const { writtenAt: _, ...copy } = ended;
    await tx.insert(contacts).values({ ...copy, ...next, id: newId(), organisation: to, confirmedAt: null, confirmedBy: null });
  },
  leaving: {
    waits: () => sql`true`,
    lapses: true,
    async handOn(tx, _ctx, rows, { to, on }) {
      for (const { row, until } of rows) {
        const [ended] = await tx.select().from(contacts).where(eq(contacts.id, row));
        if (!ended) continue;
        const { writtenAt: _, ...copy } = ended;
        const validFrom = ended.validFrom > on ? ended.validFrom : on;
        await tx
          .insert(contacts)
          .values({ ...copy, id: newId(), organisation: to, validFrom, validTo: until, confirmedAt: null, confirmedBy: null });
      }
    },
  },
});

/** Subordinate units follow the successor; unassigned ones go to the parent of what ends. */
const children = whole({
  kind: 'children',
  name: { vi: 'Đơn vị trực thuộc', en: 'Subordinate organisations' },
  async rows(tx, organisation, on) {
    const rows = await tx
      .select()
      .from(organisationParents)
      .where(and(eq(organisationParents.parent, organisation), openOn(organisationParents.validTo, on)));
    return named(tx, rows, on);
  },
  async moveRow(tx, _ctx, row, { from, to, on }) {
    const [kept] = await tx.select().from(organisationParents).where(eq(organisationParents.id, row));
    if (!kept) return;
    const above = (await parentOn(tx, from, on))?.parent;
    // A successor that hung under what ends cannot hang under itself.
    const target = to === null || to === kept.organisation ? above : to;
    if (target === undefined) return;
    const next = cut(kept, on);
    await tx.update(organisationParents).set({ validTo: next.validFrom }).where(eq(organisationParents.id, row));
    await tx.insert(organisationParents).values({ id: newId(), organisation: kept.organisation, parent: target, ...next });
  },
});

/** The place in recipient groups passes on. */
const memberOf = whole({
  kind: 'group-memberships',
  name: { vi: 'Có trong nhóm nơi nhận', en: 'Places in recipient groups' },
  shared: true,
  async rows(tx, organisation, on) {
    const rows = await tx
      .select({ id: groups.id, name: groups.name })
      .from(groupMembers)
      .innerJoin(groups, eq(groups.id, groupMembers.group))
      .where(and(eq(groupMembers.member, organisation), openOn(groupMembers.validTo, on)));
    return rows.map((row) => ({ id: row.id, text: same(row.name) }));
  },
  async moveRow(tx, _ctx, row, { from, to, on, stays }) {
    const place = and(eq(groupMembers.group, row), eq(groupMembers.member, from));
    const [ended] = await tx.select().from(groupMembers).where(place);
    if (!ended) return;
    const next = cut(ended, on);
    if (!stays) await tx.update(groupMembers).set({ validTo: next.validFrom }).where(place);
    if (to === null) return;
    await tx
      .insert(groupMembers)
      .values({ group: row, organisation: ended.organisation, member: to, ...next })
      .onConflictDoUpdate({
        target: [groupMembers.group, groupMembers.member],
        // Who is in it already stays as it is; who had left comes back from the day on.
        set: {
          validFrom: sql`case when ${groupMembers.validTo} is null then ${groupMembers.validFrom} else ${next.validFrom}::date end`,
          validTo: null,
        },
      });
  },
});

/** Recipient groups that it keeps go on under the successor; unassigned they stay for the desk above. */
const groupsKept = whole({
  kind: 'groups',
  name: { vi: 'Nhóm nơi nhận do đơn vị lập', en: 'Recipient groups that it keeps' },
  async rows(tx, organisation) {
    const rows = await tx.select({ id: groups.id, name: groups.name }).from(groups).where(eq(groups.organisation, organisation));
    return rows.map((row) => ({ id: row.id, text: same(row.name) }));
  },
  async moveRow(tx, _ctx, row, { to }) {
    if (to === null) return;
    await tx.update(groups).set({ organisation: to }).where(eq(groups.id, row));
    await tx.update(groupMembers).set({ organisation: to }).where(eq(groupMembers.group, row));
  },
});

type Supervision = { supervisor?: string; organisation?: string };

async function handOver(tx: Tx, row: string, { on, stays }: Move, next: Supervision | null): Promise<void> {
  const [ended] = await tx.select().from(supervisions).where(eq(supervisions.id, row));
  if (!ended) return;
  const rest = cut(ended, on);
  if (!stays) await tx.update(supervisions).set({ validTo: rest.validFrom }).where(eq(supervisions.id, row));
  if (next === null) return;
  const { supervisor, organisation, field } = { ...ended, ...next };
  if (supervisor === organisation) return;
  const held = and(
    eq(supervisions.supervisor, supervisor),
    eq(supervisions.organisation, organisation),
    eq(supervisions.field, field),
    rest.validTo === null ? isNull(supervisions.validTo) : eq(supervisions.validTo, rest.validTo),
  );
  const [known] = await tx.select({ id: supervisions.id }).from(supervisions).where(held);
  if (!known) await tx.insert(supervisions).values({ id: newId(), supervisor, organisation, field, ...rest });
}

/** Whoever supervised it supervises the successor in the same field. */
const supervisedBy = whole({
  kind: 'supervised',
  name: { vi: 'Được đơn vị khác theo dõi', en: 'Supervised by others' },
  shared: true,
  async rows(tx, organisation, on) {
    const rows = await tx
      .select()
      .from(supervisions)
      .where(and(eq(supervisions.organisation, organisation), openOn(supervisions.validTo, on)));
    return named(
      tx,
      rows.map((row) => ({ id: row.id, organisation: row.supervisor })),
      on,
    );
  },
  moveRow: (tx, _ctx, row, move) => handOver(tx, row, move, move.to === null ? null : { organisation: move.to }),
});

/** What it supervised goes to the successor. */
const supervising = whole({
  kind: 'supervises',
  name: { vi: 'Đang theo dõi đơn vị khác', en: 'Supervises others' },
  async rows(tx, organisation, on) {
    return named(
      tx,
      await tx
        .select()
        .from(supervisions)
        .where(and(eq(supervisions.supervisor, organisation), openOn(supervisions.validTo, on))),
      on,
    );
  },
  moveRow: (tx, _ctx, row, move) => handOver(tx, row, move, move.to === null ? null : { supervisor: move.to }),
});

/** What this room itself holds of an organisation, in the order in which it moves: supervision last, for it carries the reach. */
export const OWN_HOLDINGS: readonly Holding[] = [accounts, contactsHeld, children, memberOf, groupsKept, supervising, supervisedBy];
