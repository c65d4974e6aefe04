import { fold, invalid, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { may, mustReach, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { groupMembersOn } from './answers.ts';
import { fetchOrganisation, keepersOf, today } from './internal.ts';
import { bareOf } from './phrase-text.ts';
import { groupMembers, groups, organisations, phrases } from './tables.ts';

type Validity = { from?: string | null | undefined; to?: string | null | undefined };

function mustBeOrdered({ from, to }: Validity): void {
  if (!from || !to || from < to) return;
  throw invalid('organisations.order', 'to', { vi: 'Ngày kết thúc phải sau ngày bắt đầu.', en: 'The end must be after the beginning.' });
}

/** All must be in the directory. @throws DomainError `organisations.unknown_member` */
async function mustBeKnown(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = await tx
    .select({ id: organisations.id })
    .from(organisations)
    .where(inArray(organisations.id, [...ids]));
  const unknown = ids.findIndex((id) => !known.some((row) => row.id === id));
  if (unknown >= 0)
    throw invalid('organisations.unknown_member', `add[${unknown}]`, {
      vi: 'Có đơn vị không tồn tại hoặc ngoài phạm vi. Chọn lại.',
      en: 'One organisation does not exist or is outside your scope. Choose again.',
    });
}

/** @throws DomainError as not found when its keeper is outside the own subtree */
async function fetchGroup(tx: Tx, ctx: Ctx, id: string): Promise<typeof groups.$inferSelect> {
  const [row] = await tx.select().from(groups).where(eq(groups.id, id));
  if (!row || !reaches(ctx, row.organisation)) throw notFound('group');
  return row;
}

/** @throws DomainError as not found when it is kept neither in the own subtree nor above it */
async function mustKnowGroup(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  const [row] = await tx.select({ keeper: groups.organisation }).from(groups).where(eq(groups.id, id));
  if (!row || !(await keepersOf(tx, ctx)).includes(row.keeper)) throw notFound('group');
}

/** Makes a recipient group with validity. It is kept by the organisation that issues to it. */
export async function createGroup(
  ctx: Ctx,
  input: Validity & { name: string; keeperId?: string | undefined; members: readonly string[] },
): Promise<{ id: string }> {
  may(ctx, 'organisations:write');
  const keeper = input.keeperId ?? ctx.actor.organisation;
  mustReach(ctx, keeper);
  mustBeOrdered(input);
  const id = newId();
  const members = [...new Set(input.members)];
  await inTransaction(ctx, async (tx) => {
    await fetchOrganisation(tx, keeper);
    await mustBeKnown(tx, members);
    await tx.insert(groups).values({
      id,
      organisation: keeper,
      name: input.name,
      folded: fold(input.name),
      validFrom: input.from ?? null,
      validTo: input.to ?? null,
    });
    if (members.length > 0)
      await tx
        .insert(groupMembers)
        .values(members.map((member) => ({ group: id, organisation: keeper, member, validFrom: input.from ?? null })));
    await record(tx, ctx, { action: 'organisations.group_created', subject: { kind: 'group', id }, after: input, concerns: keeper });
  });
  return { id };
}

/** Changes a group's name or validity. */
export async function changeGroup(ctx: Ctx, id: string, input: Validity & { name?: string | undefined }): Promise<void> {
  may(ctx, 'organisations:write');
  await inTransaction(ctx, async (tx) => {
    const before = await fetchGroup(tx, ctx, id);
    const name = input.name ?? before.name;
    const validFrom = input.from === undefined ? before.validFrom : input.from;
    const validTo = input.to === undefined ? before.validTo : input.to;
    mustBeOrdered({ from: validFrom, to: validTo });
    await tx
      .update(groups)
      .set({ name, folded: fold(name), validFrom, validTo })
      .where(eq(groups.id, id));
    await record(tx, ctx, {
      action: 'organisations.group_changed',
      subject: { kind: 'group', id },
      before: { name: before.name, validFrom: before.validFrom, validTo: before.validTo },
      after: { name, validFrom, validTo },
      concerns: before.organisation,
    });
  });
}

/** Adds and removes members from a day on (by default today). @returns how many there are on that day */
export async function changeMembers(
  ctx: Ctx,
  id: string,
  input: { add: readonly string[]; remove: readonly string[]; from?: string | undefined },
): Promise<{ members: number }> {
  may(ctx, 'organisations:write');
  const from = input.from ?? today(ctx);
  return inTransaction(ctx, async (tx) => {
    const group = await fetchGroup(tx, ctx, id);
    const add = [...new Set(input.add)];
    await mustBeKnown(tx, add);
    if (input.remove.length > 0)
      await tx
        .update(groupMembers)
        .set({ validTo: from })
        .where(and(eq(groupMembers.group, id), inArray(groupMembers.member, [...input.remove])));
    if (add.length > 0) {
      await tx
        .insert(groupMembers)
        .values(add.map((member) => ({ group: id, organisation: group.organisation, member, validFrom: from })))
        .onConflictDoUpdate({
          target: [groupMembers.group, groupMembers.member],
          // Who left and comes back starts anew; who never left keeps the first day.
          set: {
            validFrom: sql`case when ${groupMembers.validTo} is null then ${groupMembers.validFrom} else ${from}::date end`,
            validTo: null,
          },
        });
    }
    await record(tx, ctx, {
      action: 'organisations.group_members_changed',
      subject: { kind: 'group', id },
      after: { add, remove: input.remove, from },
      concerns: group.organisation,
    });
    return { members: (await groupMembersOn(tx, id, from)).length };
  });
}

/**
 * Maps a recipient phrase to a group or an organisation, once and for all: later documents with it resolve alike.
 * @throws DomainError `organisations.phrase_target` unless exactly one is given
 */
export async function mapPhrase(
  ctx: Ctx,
  input: { phrase: string; groupId?: string | undefined; organisationId?: string | undefined },
): Promise<{ id: string }> {
  may(ctx, 'organisations:write');
  const folded = fold(bareOf(input.phrase));
  if ((input.groupId === undefined) === (input.organisationId === undefined) || folded === '') {
    throw invalid('organisations.phrase_target', 'groupId', {
      vi: 'Ghi cụm từ và chọn một nhóm hoặc một đơn vị.',
      en: 'Give the phrase and choose one group or one organisation.',
    });
  }
  return inTransaction(ctx, async (tx) => {
    if (input.groupId !== undefined) await mustKnowGroup(tx, ctx, input.groupId);
    if (input.organisationId !== undefined) await fetchOrganisation(tx, input.organisationId);
    const values = { phrase: input.phrase, folded, group: input.groupId ?? null, target: input.organisationId ?? null };
    const [row] = await tx
      .insert(phrases)
      .values({ id: newId(), organisation: ctx.actor.organisation, ...values })
      .onConflictDoUpdate({ target: [phrases.organisation, phrases.folded], set: values })
      .returning({ id: phrases.id });
    await record(tx, ctx, { action: 'organisations.phrase_mapped', subject: { kind: 'phrase', id: row!.id }, after: values });
    return row!;
  });
}

/** Forgets a mapping. */
export async function forgetPhrase(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'organisations:write');
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx
      .delete(phrases)
      .where(and(eq(phrases.id, id), inArray(phrases.organisation, [...ctx.scope.organisations])))
      .returning();
    if (!row) throw notFound('phrase');
    await record(tx, ctx, {
      action: 'organisations.phrase_forgotten',
      subject: { kind: 'phrase', id },
      before: { phrase: row.phrase, group: row.group, target: row.target },
    });
  });
}
