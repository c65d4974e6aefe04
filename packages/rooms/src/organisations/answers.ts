import { fold, shownDay, type Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray, not, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { holdsOn, validOn } from './dated.ts';
import { type Directory, type Entry, readDirectory } from './directory.ts';
import { keepersOf } from './internal.ts';
import { among, namesOf } from './names.ts';
import { bareOf, groupKeyOf, keysOf, splitContext } from './phrase-text.ts';
import { type CONTACT_ROLES, contacts, groupMembers, groups, organisations, phrases } from './tables.ts';

/** What a recipient phrase meant on a day. `none` has no organisations; `why` says how it was found or why not. */
export type Resolution = {
  kind: 'group' | 'organisation' | 'none';
  organisations: string[];
  group?: { id: string; name: string };
  why: Text;
  /** Nobody bears this name, as against several or one that has ended. */
  unknown?: true;
};

type Group = typeof groups.$inferSelect;

const none = (vi: string, en: string): Resolution => ({ kind: 'none', organisations: [], why: { vi, en } });
const one = (id: string, vi: string, en: string): Resolution => ({ kind: 'organisation', organisations: [id], why: { vi, en } });

/** The members of a group on a day, without those that do not exist on it. */
export async function groupMembersOn(tx: Tx, group: string, day: string): Promise<string[]> {
  const rows = await tx
    .select({ id: groupMembers.member })
    .from(groupMembers)
    .innerJoin(organisations, eq(organisations.id, groupMembers.member))
    .where(
      and(
        eq(groupMembers.group, group),
        validOn(groupMembers.validFrom, groupMembers.validTo, day),
        validOn(organisations.existsFrom, organisations.existsTo, day),
      ),
    )
    .orderBy(sql`${organisations.name} collate "vi-x-icu"`);
  return rows.map(({ id }) => id);
}

/** How many members of a group on a day have names that the actor does not know. */
async function unknownMembers(tx: Tx, group: string, day: string): Promise<number> {
  const known = sql`exists (select 1 from ${organisations} o where o.id = ${groupMembers.member})`;
  return tx.$count(
    groupMembers,
    and(eq(groupMembers.group, group), validOn(groupMembers.validFrom, groupMembers.validTo, day), not(known)),
  );
}

async function asGroup(tx: Tx, group: Group, day: string, how: Text): Promise<Resolution> {
  if (!holdsOn(group, day)) return dead(group, day);
  const members = await groupMembersOn(tx, group.id, day);
  const outside = await unknownMembers(tx, group.id, day);
  const head = { id: group.id, name: group.name };
  const more = {
    vi: outside === 0 ? '' : ` Ngoài ra còn ${outside} đơn vị ngoài phạm vi của đơn vị.`,
    en: outside === 0 ? '' : ` ${outside} more are outside your scope.`,
  };
  if (members.length === 0) {
    return {
      ...none(
        `Nhóm “${group.name}” không có đơn vị nào trong phạm vi vào ngày ${shownDay(day)}.${more.vi}`,
        `The group “${group.name}” has no member in your scope on ${shownDay(day)}.${more.en}`,
      ),
      group: head,
    };
  }
  return { kind: 'group', organisations: members, group: head, why: { vi: how.vi + more.vi, en: how.en + more.en } };
}

function dead(group: Group, day: string): Resolution {
  const ended = group.validTo !== null && group.validTo <= day;
  return {
    ...none(
      ended
        ? `Nhóm “${group.name}” không còn từ ngày ${shownDay(group.validTo!)}.`
        : `Nhóm “${group.name}” chỉ có từ ngày ${shownDay(group.validFrom!)}.`,
      ended
        ? `The group “${group.name}” ended on ${shownDay(group.validTo!)}.`
        : `The group “${group.name}” only exists from ${shownDay(group.validFrom!)}.`,
    ),
    group: { id: group.id, name: group.name },
  };
}

/** Nearest first: kept by the acting organisation, then below it, then above it step by step. */
async function nearest<T extends { organisation: string }>(tx: Tx, ctx: Ctx, rows: readonly T[]): Promise<T[]> {
  if (rows.length < 2) return [...rows];
  const at = new Map((await keepersOf(tx, ctx)).map((id, i) => [id, i]));
  const rank = ({ organisation }: T) => at.get(organisation) ?? at.size;
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

/** `own`: kept by the acting organisation or below it; else by whoever is above. */
type Ring = { own: boolean };

function inRing<T extends { organisation: string }>(ctx: Ctx, rows: readonly T[], { own }: Ring): T[] {
  return rows.filter((row) => (row.organisation === ctx.actor.organisation || reaches(ctx, row.organisation)) === own);
}

async function byPhrase(tx: Tx, ctx: Ctx, text: string, at: Ring & { day: string }): Promise<Resolution | null> {
  const { day } = at;
  const rows = await tx
    .select()
    .from(phrases)
    .where(eq(phrases.folded, fold(bareOf(text))));
  const [row] = await nearest(tx, ctx, inRing(ctx, rows, at));
  if (!row) return null;
  const how = { vi: 'Cụm từ này đã được đối chiếu và lưu.', en: 'This phrase was mapped and kept.' };
  if (row.target !== null) {
    const target = (await namesOf(tx, [row.target], day)).get(row.target);
    if (target && holdsOn({ validFrom: target.existsFrom, validTo: target.existsTo }, day)) return one(row.target, how.vi, how.en);
    return none(
      `Đơn vị đã đối chiếu với cụm từ này không hoạt động vào ngày ${shownDay(day)}.`,
      `The organisation mapped to this phrase does not exist on ${shownDay(day)}.`,
    );
  }
  const [group] = await tx.select().from(groups).where(eq(groups.id, row.group!));
  return group ? asGroup(tx, group, day, how) : null;
}

async function byGroup(
  tx: Tx,
  ctx: Ctx,
  text: string,
  { directory, ...ring }: Ring & { directory: Directory },
): Promise<Resolution | null> {
  const wanted = groupKeyOf(text, directory.provinces);
  if (wanted === '') return null;
  const all = inRing(ctx, await tx.select().from(groups), ring);
  const same = await nearest(
    tx,
    ctx,
    all.filter((group) => groupKeyOf(group.name, directory.provinces) === wanted),
  );
  const live = same.find((group) => holdsOn(group, directory.day)) ?? same[0];
  if (!live) return null;
  return asGroup(tx, live, directory.day, { vi: `Theo nhóm “${live.name}”.`, en: `By the group “${live.name}”.` });
}

async function ambiguous(tx: Tx, found: readonly Entry[], day: string): Promise<Resolution> {
  const names = [
    ...(
      await namesOf(
        tx,
        found.map(({ id }) => id),
        day,
      )
    ).values(),
  ]
    .map((name) => name.qualifiedName)
    .join('; ');
  return none(
    `Có ${found.length} đơn vị cùng tên: ${names}. Chọn đúng đơn vị.`,
    `${found.length} organisations bear this name: ${names}. Choose the right one.`,
  );
}

async function byName(tx: Tx, text: string, directory: Directory): Promise<Resolution> {
  const whole = lookUp(text, null, directory);
  const { name, context } = splitContext(text);
  const found = whole.length > 0 || context === null ? whole : lookUp(name, context, directory);
  const live = found.filter(({ lives }) => lives);
  if (live.length === 1) return one(live[0]!.id, `Theo tên “${live[0]!.name}”.`, `By the name “${live[0]!.name}”.`);
  if (live.length > 1) return ambiguous(tx, live, directory.day);
  const ended = found[0];
  if (ended) {
    const since = ended.existsTo === null ? '' : ` (kết thúc từ ngày ${shownDay(ended.existsTo)})`;
    const sinceEn = ended.existsTo === null ? '' : ` (ended on ${shownDay(ended.existsTo)})`;
    return none(
      `“${ended.name}” không hoạt động vào ngày ${shownDay(directory.day)}${since}.`,
      `“${ended.name}” does not exist on ${shownDay(directory.day)}${sinceEn}.`,
    );
  }
  return {
    ...none(
      'Chưa có nhóm hoặc đơn vị nào mang tên này. Chọn một lần, hệ thống ghi nhớ cho các văn bản sau.',
      'No group or organisation bears this name. Choose once; it is kept for later documents.',
    ),
    unknown: true,
  };
}

function lookUp(text: string, context: string | null, directory: Directory): Entry[] {
  const exact = directory.exact.get(fold(bareOf(text))) ?? [];
  const found =
    exact.length > 0
      ? exact
      : (keysOf(text, directory.provinces)
          .map((key) => directory.variants.get(key) ?? [])
          .find((some) => some.length > 0) ?? []);
  return context === null
    ? found
    : found.filter(({ id }) => directory.parentsOf(id).some((parent) => parent === context || parent.endsWith(` ${context}`)));
}

/**
 * What a recipient phrase of a document meant on its day: a phrase mapped before, a group that held on that day (one's
 * own before those of whoever is above), an organisation by its name or alias of that day. A group or organisation that
 * was over by then resolves to nothing, and `why` says so.
 */
export async function resolvePhrase(tx: Tx, ctx: Ctx, text: string, day: string): Promise<Resolution> {
  const mapped = await byPhrase(tx, ctx, text, { own: true, day });
  if (mapped && mapped.kind !== 'none') return mapped;
  const directory = await readDirectory(tx, day);
  let over = mapped;
  for (const own of [true, false]) {
    const found = (own ? mapped : await byPhrase(tx, ctx, text, { own, day })) ?? (await byGroup(tx, ctx, text, { own, directory }));
    if (found && found.kind !== 'none') return found;
    over ??= found;
  }
  return over ?? byName(tx, text, directory);
}

/** The names of an attached list ("7 operators"), each resolved on its own, in the same order. */
export async function resolveNames(tx: Tx, ctx: Ctx, names: readonly string[], day: string): Promise<Resolution[]> {
  const directory = await readDirectory(tx, day);
  const mapped = await tx.select({ folded: phrases.folded }).from(phrases);
  const isMapped = new Set(mapped.map((row) => row.folded));
  const found: Resolution[] = [];
  for (const name of names) {
    const kept = isMapped.has(fold(bareOf(name)))
      ? ((await byPhrase(tx, ctx, name, { own: true, day })) ?? (await byPhrase(tx, ctx, name, { own: false, day })))
      : null;
    found.push(kept ?? (await byName(tx, name, directory)));
  }
  return found;
}

export type ContactRole = (typeof CONTACT_ROLES)[number];
export type Contact = typeof contacts.$inferSelect;

/** The contacts on file on a day, of those organisations that the actor reaches or supervises. */
export async function contactsOf(
  tx: Tx,
  ids: readonly string[],
  choice: { day: string; roles?: readonly ContactRole[] },
): Promise<Contact[]> {
  if (ids.length === 0) return [];
  return tx
    .select()
    .from(contacts)
    .where(
      and(
        among(sql`${contacts.organisation}`, ids),
        validOn(contacts.validFrom, contacts.validTo, choice.day),
        choice.roles ? inArray(contacts.role, [...choice.roles]) : undefined,
      ),
    )
    .orderBy(contacts.organisation, contacts.role, contacts.id);
}
