import { type Text, invalid } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { asc, eq } from 'drizzle-orm';
import { mustReachOrSupervise } from '../access/index.ts';
import type { DirectiveRow } from './internal.ts';
import { asOf, resolveRecipients } from './resolve.ts';
import { recipients } from './tables.ts';
import { type RecipientToWrite, writeRecipients } from './write-draft.ts';

export type RecipientsInput = { id?: string | undefined; text: string; organisations?: string[] | undefined }[];
type RecipientRow = typeof recipients.$inferSelect;

const CHOSEN: Text = { vi: 'Chọn trực tiếp trên văn bản này.', en: 'Chosen by hand on this document.' };

/** Chosen by hand: a new day, another list or a mapping changes nothing. */
export const isByHand = (row: Pick<RecipientRow, 'why'>): boolean => row.why?.en === CHOSEN.en;

const kept = (row: RecipientRow): RecipientToWrite => ({
  ...row,
  span: row.spanStart === null || row.spanEnd === null ? null : { start: row.spanStart, end: row.spanEnd },
});

const dayOfDraft = (ctx: Ctx, row: DirectiveRow) => asOf(ctx, row.day, row.reading.date);

type Change = { input: RecipientsInput; before: readonly RecipientRow[]; again: boolean };

/** The list as it is after a change: kept where nothing changed, chosen by hand, or resolved as of the document's date. */
export async function newRecipients(tx: Tx, ctx: Ctx, row: DirectiveRow, change: Change): Promise<RecipientToWrite[]> {
  const known = new Map(change.before.map((one) => [one.id, one]));
  const next: RecipientToWrite[] = [];
  for (const { id, text, organisations } of change.input) {
    const old = id ? known.get(id) : undefined;
    const base = old ? kept(old) : { id: undefined, text, narrows: false, span: null };
    if (organisations) {
      for (const organisation of organisations) mustReachOrSupervise(ctx, organisation);
      next.push({
        ...base,
        text,
        resolution: 'list',
        group: null,
        organisations: [...new Set(organisations)],
        unresolved: [],
        why: CHOSEN,
      });
    } else if (old && old.text === text && !(change.again && !isByHand(old))) {
      next.push(kept(old));
    } else {
      const [resolved] = await resolveRecipients(tx, ctx, [text], { day: dayOfDraft(ctx, row), lists: row.reading.attachments });
      next.push({ ...base, text, ...resolved! });
    }
  }
  return next;
}

/** Resolves every phrase again that was not chosen by hand: after its day, or a mapping, has changed. */
export async function resolveAgain(tx: Tx, ctx: Ctx, row: DirectiveRow): Promise<void> {
  const before = await tx.select().from(recipients).where(eq(recipients.directive, row.id)).orderBy(asc(recipients.position));
  const at = { day: dayOfDraft(ctx, row), lists: row.reading.attachments };
  const resolved = await resolveRecipients(
    tx,
    ctx,
    before.map((one) => one.text),
    at,
  );
  await writeRecipients(
    tx,
    row.id,
    before.map((one, i) => (isByHand(one) ? kept(one) : { ...kept(one), ...resolved[i]! })),
  );
}

type Item = { id: string; path: string; audience: number[] };

/**
 * The audiences of items after recipients moved or went.
 * @throws DomainError when an item would lose its whole audience: it must not fall to everybody
 */
export function movedAudience(
  items: readonly Item[],
  before: readonly RecipientRow[],
  next: readonly RecipientToWrite[],
): { id: string; audience: number[] }[] {
  const positions = new Map(before.map((one) => [one.position, next.findIndex((other) => other.id === one.id)]));
  return items.flatMap((item) => {
    const audience = item.audience.map((position) => positions.get(position) ?? -1).filter((position) => position >= 0);
    if (item.audience.length > 0 && audience.length === 0) {
      throw invalid('directives.recipient_in_use', 'recipients', {
        vi: `Nơi nhận này là đối tượng duy nhất của mục ${item.path}. Đổi đối tượng của mục đó trước khi bỏ.`,
        en: `This recipient is the only audience of item ${item.path}. Change that item's audience first.`,
      });
    }
    return audience.join() === item.audience.join() ? [] : [{ id: item.id, audience }];
  });
}
