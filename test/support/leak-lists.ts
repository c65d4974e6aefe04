import { confirmAliases, listAliases, listUnmatched, rematchList, runList, setRowsAside, uploadList } from '@vonggac/rooms/intelligence';
import type { Ctx } from '@vonggac/store';

/**
 * A list that a desk took in, whose sender, title, families and rows bear its marks; one row is set aside with a mark, another led to
 * the desk later by a name that was confirmed.
 */
export async function seedList(
  desk: Ctx,
  mark: (what: string) => string,
): Promise<{ list: string; sender: string; alias: string; rematch: string }> {
  const text = `timestamp,ip,infection,hostname\n2024-04-20 01:00:00,203.0.113.7,${mark('family')},${mark('machine')}\n2024-04-20 02:00:00,203.0.113.8,x,y\n2024-04-20 02:00:00,1.2.3,${mark('refused')},y\n`;
  const content = new TextEncoder().encode(text);
  const up = await uploadList(desk, { name: `${mark('file')}.csv`, sender: mark('sender'), title: mark('list'), content });
  const settings = { title: mark('title'), mapping: up.recognition.mapping, families: null, coversFrom: null, coversTo: null };
  const none = { supersedes: null, directive: null, requirement: null, due: null };
  await runList(desk, up.id, { ...settings, ...none }, { refresh: async (same) => same, wait: 60_000 });
  const { items } = await listUnmatched(desk, up.id, { page: 1, size: 10 });
  const groups = items.slice(0, 1).map(({ by, value }) => ({ by, value }));
  await setRowsAside(desk, up.id, { groups, reason: mark('aside') });
  const own = { target: desk.actor.organisation, asset: null, from: null, to: null };
  await confirmAliases(desk, up.id, [{ kind: 'machine', text: 'y', ...own }, { kind: 'unit', text: mark('called'), ...own }]); // prettier-ignore
  const rematch = await rematchList(desk, up.id);
  const named = await listAliases(desk, { sender: up.sender.id, page: 1, size: 1 });
  return { list: up.id, sender: up.sender.id, alias: named.items[0]!.id, rematch: rematch.id };
}
