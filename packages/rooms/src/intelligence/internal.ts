import { ALWAYS_FROM, ALWAYS_TO } from '@vonggac/feeds';
import { conflict, dayOf, notFound, type Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { mustReach, reaches } from '../access/index.ts';
import { registerOf } from '../assets/index.ts';
import type { ListFacts } from './events.ts';
import { type Alias, Matcher } from './matcher.ts';
import { lists, senderAliases, senders } from './tables.ts';
import { unitNamesOf } from '../organisations/index.ts';

export type List = typeof lists.$inferSelect;
export type Sender = typeof senders.$inferSelect;

/** States in which the rows of a list count. */
export const LIVING = ['running', 'stopped', 'cancelled', 'done'] as const;

/** A run without a sign of life for so long has stopped. @unit seconds of the database's clock */
const LEASE = 20;
export const isStale = sql<boolean>`(${lists.state} = 'running' and coalesce(${lists.beatAt}, '-infinity') < clock_timestamp() - make_interval(secs => ${LEASE}))`;

export const today = (ctx: Pick<Ctx, 'clock'>): string => dayOf(ctx.clock.now()).toString();

/** A list of the own subtree. @throws DomainError as if it did not exist */
export async function fetchList(tx: Tx, ctx: Pick<Ctx, 'scope'>, id: string): Promise<List> {
  const [row] = await tx.select().from(lists).where(eq(lists.id, id));
  if (!row || !reaches(ctx, row.organisation)) throw notFound('list');
  return row;
}

/** The same for whoever changes it: the acting organisation's own. */
export async function fetchOwn(tx: Tx, ctx: Ctx, id: string): Promise<List> {
  const row = await fetchList(tx, ctx, id);
  mustReach(ctx, row.organisation);
  return row;
}

export async function fetchSender(tx: Tx, ctx: Pick<Ctx, 'scope'>, id: string): Promise<Sender> {
  const [row] = await tx.select().from(senders).where(eq(senders.id, id));
  if (!row || !reaches(ctx, row.organisation)) throw notFound('sender');
  return row;
}

export function changed(): never {
  throw conflict('intelligence.changed', {
    vi: 'Danh sách vừa được người khác thay đổi. Tải lại rồi thực hiện lại.',
    en: 'Somebody else has just changed this list. Reload and try again.',
  });
}

const dayNumber = (day: string | null, open: number): number => (day === null ? open : Date.parse(`${day}T00:00:00Z`) / 86_400_000);

/** Everything that is approved and confirmed as of now, for the rows of one sender. */
export async function matcherOf(tx: Tx, sender: string): Promise<Matcher> {
  const register = await registerOf(tx, { networks: true, domains: true, hosts: true });
  const rows = await tx.select().from(senderAliases).where(eq(senderAliases.sender, sender)).orderBy(senderAliases.id);
  const aliases = rows.map(({ kind, folded, target, asset, validFrom, validTo }): Alias => ({
    kind,
    folded,
    target,
    asset,
    from: dayNumber(validFrom, ALWAYS_FROM),
    to: dayNumber(validTo, ALWAYS_TO),
  }));
  return new Matcher(register, aliases);
}

/** Lists of the sender whose rows count, real ones or those of one exercise. */
export async function livingLists(tx: Tx, sender: string, except: string | null, exercise: string | null = null): Promise<string[]> {
  const rows = await tx
    .select({ id: lists.id })
    .from(lists)
    .where(
      and(
        eq(lists.sender, sender),
        inArray(lists.state, [...LIVING]),
        except === null ? undefined : ne(lists.id, except),
        exercise === null ? isNull(lists.exercise) : eq(lists.exercise, exercise),
      ),
    );
  return rows.map(({ id }) => id);
}

/** A list as other rooms see it. */
export function factsOf(list: List, sender: Pick<Sender, 'name'>): ListFacts {
  const { id, organisation, title, families, coversFrom, coversTo, directive, requirement, due, exercise } = list;
  return {
    id,
    organisation,
    sender: list.sender,
    senderName: sender.name,
    title,
    families,
    coversFrom,
    coversTo,
    directive,
    requirement,
    due,
    exercise,
  };
}

/** Names for screens. */
export async function unitNames(tx: Tx, ctx: Ctx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  return unitNamesOf(
    tx,
    ids.filter((id) => id !== null),
    today(ctx),
  );
}

export const INTERRUPTED: Text = {
  vi: 'Việc nhập bị ngắt giữa chừng (máy chủ dừng hoặc khởi động lại). Những dòng đã nhập vẫn được giữ; có thể nhập tiếp.',
  en: 'The import was interrupted (the server stopped or restarted). The rows taken in so far are kept; you can go on.',
};
