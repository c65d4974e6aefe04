import { type Ctx, inSnapshot } from '@vonggac/store';
import { asc, eq } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { resolveNames } from '../organisations/index.ts';
import { fetchDirective } from './internal.ts';
import { isByHand } from './recipients.ts';
import { asOf, listFor, qualifiedNames } from './resolve.ts';
import { recipients } from './tables.ts';

/** The attached lists of a directive, each name with the organisations that it means on the document's day. */
export async function previewLists(ctx: Ctx, id: string) {
  may(ctx, 'directives:draft');
  return inSnapshot(ctx, async (tx) => {
    const row = await fetchDirective(tx, id);
    mustReach(ctx, row.organisation);
    const lists = row.reading.attachments;
    const addressed = await tx.select().from(recipients).where(eq(recipients.directive, id)).orderBy(asc(recipients.position));
    const owners = addressed.map((one) => ({ one, list: listFor(one.text, lists) }));
    const day = asOf(ctx, row.day, row.reading.date);
    const named = lists.map((list) => owners.find((owner) => owner.list === list)?.one ?? null);
    const found: Awaited<ReturnType<typeof resolveNames>>[] = [];
    for (const [i, list] of lists.entries()) found.push(named[i] ? await resolveNames(tx, ctx, list.items, day) : []);
    const names = await qualifiedNames(
      tx,
      found.flat().flatMap((one) => one.organisations),
      day,
    );
    return {
      items: lists.map(({ title, items }, i) => ({
        title,
        recipient: named[i] ? { id: named[i].id, text: named[i].text, chosen: isByHand(named[i]) } : null,
        items: items.map((text, j) => {
          const organisations = found[i]![j]?.organisations ?? [];
          return {
            text,
            organisations: organisations.map((org) => ({ id: org, name: names.get(org) ?? org })),
            why: found[i]![j]?.why ?? null,
          };
        }),
      })),
    };
  });
}
