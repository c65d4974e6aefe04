import { fold, notFound } from '@vonggac/kernel';
import { containing, type Ctx, inSnapshot } from '@vonggac/store';
import { and, asc, count, eq, inArray, like, sql } from 'drizzle-orm';
import { grants, reaches } from '../access/index.ts';
import { groupMembersOn, resolvePhrase } from './answers.ts';
import { holdsOn } from './dated.ts';
import { keepersOf, refsOf, today } from './internal.ts';
import { groupMembers, groups, organisations, phrases } from './tables.ts';

type Query = { q?: string | undefined; on?: string | undefined; page: number; size: number };
type Group = typeof groups.$inferSelect;

const writes = (ctx: Ctx): boolean => ctx.actor.kind === 'system' || grants(ctx.actor.role).includes('organisations:write');

function groupView(ctx: Ctx, group: Group, keeper: { id: string; name: string } | undefined, more: { members: number; day: string }) {
  return {
    id: group.id,
    name: group.name,
    keeper: keeper ?? { id: group.organisation, name: '' },
    validFrom: group.validFrom,
    validTo: group.validTo,
    members: more.members,
    live: holdsOn(group, more.day),
    editable: writes(ctx) && reaches(ctx, group.organisation),
  };
}

/** The recipient groups that the own subtree or anybody above it keeps, with how many members each has on the day. */
export async function listGroups(ctx: Ctx, query: Query) {
  const day = query.on ?? today(ctx);
  return inSnapshot(ctx, async (tx) => {
    const where = and(
      inArray(groups.organisation, await keepersOf(tx, ctx)),
      query.q ? like(groups.folded, containing(fold(query.q))) : undefined,
    );
    const [counted] = await tx.select({ total: count() }).from(groups).where(where);
    const rows = await tx
      .select()
      .from(groups)
      .where(where)
      .orderBy(sql`${groups.name} collate "vi-x-icu"`, asc(groups.id))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const keepers = await refsOf(tx, [...new Set(rows.map((row) => row.organisation))], day);
    const items = [];
    for (const row of rows) {
      items.push(
        groupView(
          ctx,
          row,
          keepers.find((ref) => ref.id === row.organisation),
          { day, members: (await groupMembersOn(tx, row.id, day)).length },
        ),
      );
    }
    return { total: counted!.total, items };
  });
}

/** One group with all that were ever in it. */
export async function getGroup(ctx: Ctx, id: string, on: string | undefined) {
  const day = on ?? today(ctx);
  return inSnapshot(ctx, async (tx) => {
    const [group] = await tx.select().from(groups).where(eq(groups.id, id));
    if (!group || !(await keepersOf(tx, ctx)).includes(group.organisation)) throw notFound('group');
    const rows = await tx
      .select({ member: groupMembers, existsFrom: organisations.existsFrom, existsTo: organisations.existsTo })
      .from(groupMembers)
      .innerJoin(organisations, eq(organisations.id, groupMembers.member))
      .where(eq(groupMembers.group, id))
      .orderBy(sql`${organisations.name} collate "vi-x-icu"`);
    const names = new Map(
      (await refsOf(tx, [group.organisation, ...rows.map((row) => row.member.member)], day)).map((ref) => [ref.id, ref]),
    );
    const list = rows.flatMap(({ member, existsFrom, existsTo }) => {
      const organisation = names.get(member.member);
      const live = holdsOn(member, day) && holdsOn({ validFrom: existsFrom, validTo: existsTo }, day);
      return organisation ? [{ organisation, validFrom: member.validFrom, validTo: member.validTo, live }] : [];
    });
    return {
      ...groupView(ctx, group, names.get(group.organisation), { day, members: list.filter((one) => one.live).length }),
      on: day,
      list,
    };
  });
}

/** Phrases that were mapped once and for all by the own subtree or anybody above it. */
export async function listPhrases(ctx: Ctx, query: Query) {
  const day = today(ctx);
  return inSnapshot(ctx, async (tx) => {
    const where = and(
      inArray(phrases.organisation, await keepersOf(tx, ctx)),
      query.q ? like(phrases.folded, containing(fold(query.q))) : undefined,
    );
    const [counted] = await tx.select({ total: count() }).from(phrases).where(where);
    const rows = await tx
      .select({ phrase: phrases, group: groups.name })
      .from(phrases)
      .leftJoin(groups, eq(groups.id, phrases.group))
      .where(where)
      .orderBy(sql`${phrases.phrase} collate "vi-x-icu"`)
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const names = new Map(
      (
        await refsOf(
          tx,
          rows.flatMap(({ phrase }) => [phrase.organisation, ...(phrase.target ? [phrase.target] : [])]),
          day,
        )
      ).map((ref) => [ref.id, ref]),
    );
    return {
      total: counted!.total,
      items: rows.map(({ phrase, group }) => ({
        id: phrase.id,
        phrase: phrase.phrase,
        keeper: names.get(phrase.organisation) ?? { id: phrase.organisation, name: '' },
        editable: writes(ctx) && reaches(ctx, phrase.organisation),
        group: phrase.group === null ? null : { id: phrase.group, name: group ?? '' },
        target: phrase.target === null ? null : (names.get(phrase.target) ?? null),
      })),
    };
  });
}

/** Whom a recipient phrase means on a day, with names; for trying a phrase out. */
export async function tryPhrase(ctx: Ctx, input: { text: string; on?: string | undefined }) {
  const day = input.on ?? today(ctx);
  return inSnapshot(ctx, async (tx) => {
    const found = await resolvePhrase(tx, ctx, input.text, day);
    return { kind: found.kind, organisations: await refsOf(tx, found.organisations, day), group: found.group ?? null, why: found.why };
  });
}
