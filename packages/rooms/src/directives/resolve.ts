import { type Text, dayOf, fold } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { namesOf, resolveNames, resolvePhrase } from '../organisations/index.ts';

type PartialDate = { year: number | null; month: number | null; day: number | null };
type List = { title: string | null; items: readonly string[]; recipient?: string | null | undefined };

/** What a recipient phrase meant. */
export type Resolved = {
  resolution: 'group' | 'organisation' | 'list' | 'none';
  group: string | null;
  organisations: string[];
  unresolved: string[];
  why: Text | null;
};

/**
 * The day as of which recipients are resolved: the document's; of a draft that names only a month, its last day, but
 * not later than today; today where it has no date.
 */
export function asOf(ctx: Pick<Ctx, 'clock'>, day: string | null, date: PartialDate): string {
  if (day) return day;
  const today = dayOf(ctx.clock.now());
  if (!date.year || !date.month) return today.toString();
  const first = new Temporal.PlainDate(date.year, date.month, 1);
  const last = first.add({ months: 1 }).subtract({ days: 1 });
  return (Temporal.PlainDate.compare(last, today) > 0 && Temporal.PlainDate.compare(first, today) <= 0 ? today : last).toString();
}

/** Resolves phrases as of a day; an attached list that belongs to a phrase says itself who is meant. */
export async function resolveRecipients(
  tx: Tx,
  ctx: Ctx,
  phrases: readonly string[],
  at: { day: string; lists: readonly List[] },
): Promise<Resolved[]> {
  const resolved: Resolved[] = [];
  for (const text of phrases) {
    const list = listFor(text, at.lists);
    resolved.push(list ? await resolveList(tx, ctx, { text, items: list.items }, at.day) : await resolveOne(tx, ctx, text, at.day));
  }
  return resolved;
}

async function resolveOne(tx: Tx, ctx: Ctx, text: string, day: string): Promise<Resolved> {
  const found = await resolvePhrase(tx, ctx, text, day);
  return { resolution: found.kind, group: found.group?.id ?? null, organisations: found.organisations, unresolved: [], why: found.why };
}

/** Where no name of the list is known, the phrase itself says who, and every name is shown as unmatched. */
async function resolveList(tx: Tx, ctx: Ctx, phrase: { text: string; items: readonly string[] }, day: string): Promise<Resolved> {
  const { text, items } = phrase;
  const found = await resolveNames(tx, ctx, items, day);
  const organisations = [...new Set(found.flatMap((one) => one.organisations))];
  const unresolved = items.filter((_, i) => found[i]!.organisations.length === 0);
  if (organisations.length === 0) return { ...(await resolveOne(tx, ctx, text, day)), unresolved };
  return {
    resolution: 'list',
    group: null,
    organisations,
    unresolved,
    why: {
      vi: `Theo danh sách kèm theo văn bản (${items.length} tên).`,
      en: `By the list attached to the document (${items.length} names).`,
    },
  };
}

const FILLING = new Set([
  'cac',
  'va',
  'cua',
  'tren',
  'dia',
  'ban',
  'danh',
  'sach',
  'nhan',
  'van',
  'kem',
  'theo',
  'don',
  'vi',
  'co',
  'quan',
]);
const wordsOf = (text: string) =>
  new Set(
    fold(text)
      .split(/[^\p{L}\d]+/u)
      .filter((word) => word !== '' && !FILLING.has(word)),
  );

/** The attached list that was given to the phrase, else the one whose title speaks of the same units. */
export function listFor<L extends List>(phrase: string, lists: readonly L[]): L | null {
  const given = lists.find((list) => list.recipient === phrase);
  if (given) return given;
  const words = wordsOf(phrase);
  const open = lists.filter((list) => list.recipient === undefined && list.items.length > 0);
  const scored = open.map((list) => ({ list, shared: [...wordsOf(list.title ?? '')].filter((word) => words.has(word)).length }));
  const best = scored.toSorted((a, b) => b.shared - a.shared)[0];
  return best && best.shared >= 2 && best.shared * 5 >= words.size * 2 ? best.list : null;
}

/** The names of organisations on a day, by id; namesakes told apart. */
export async function qualifiedNames(tx: Tx, ids: readonly string[], day: string): Promise<Map<string, string>> {
  const named = await namesOf(tx, [...new Set(ids)], day);
  return new Map([...named].map(([id, one]) => [id, one.qualifiedName]));
}
