import type { Ctx, Tx } from '@vonggac/store';
import { eq, sql } from 'drizzle-orm';
import { fold } from '@vonggac/kernel';
import { record } from '../audit/index.ts';
import { namesOf } from '../organisations/index.ts';
import { today } from './internal.ts';
import { listRefusals, listRematches, listRows, lists, senderAliases, senderMappings, senders } from './tables.ts';

/**
 * Everything that an authority took in goes to the one that took its place: lists with their rows, senders with what was learned of them. A
 * sender that both know stays two, so that neither's lists judge by the other's; the one that came says whose it was.
 */
export async function giveLists(tx: Tx, ctx: Ctx, { from, to }: { from: string; to: string }): Promise<void> {
  const its = await tx.select().from(senders).where(eq(senders.organisation, from));
  if (its.length === 0) return;
  const known = new Set(
    (await tx.select({ folded: senders.folded }).from(senders).where(eq(senders.organisation, to))).map((one) => one.folded),
  );
  const former = (await namesOf(tx, [from], today(ctx))).get(from)?.name ?? from;
  for (const sender of its) {
    const name = known.has(sender.folded) ? `${sender.name} (${former})` : sender.name;
    await tx
      .update(senders)
      .set({ organisation: to, name, folded: fold(name) })
      .where(eq(senders.id, sender.id));
  }
  for (const table of [senderMappings, senderAliases, lists, listRows, listRefusals, listRematches])
    await tx
      .update(table)
      .set({ organisation: to })
      .where(sql`organisation = ${from}`);
  await record(tx, ctx, {
    action: 'intelligence.lists_given',
    subject: { kind: 'organisation', id: from },
    after: { to, senders: its.map(({ name }) => name) },
    concerns: to,
  });
}
