import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { type Contact, contactsOf, organisationParents, organisations } from '../organisations/index.ts';

/** Where an organisation's duty answers. `holder` is another one where the company's hotline stands in. */
export type DutyNumber = {
  contact: string;
  holder: string;
  name: string | null;
  position: string | null;
  phones: string[];
  hotline: boolean;
};

/** For branches of a company: the companies above them, nearest first; the organisation itself comes first. */
export async function holdersOf(tx: Tx, ids: readonly string[], day: string): Promise<Map<string, string[]>> {
  const { rows } = await tx.execute<{ organisation: string; holder: string }>(sql`
    with recursive up as (
      select o.id as organisation, o.id as holder, 0 as depth from ${organisations} o where o.id = any(${sql.param([...ids])}::uuid[]) and o.kind = 'operator'
      union
      select up.organisation, p.parent, up.depth + 1
      from up join ${organisationParents} p on p.organisation = up.holder join ${organisations} c on c.id = p.parent and c.kind = 'operator'
      where up.depth < 10 and coalesce(p.valid_from, '-infinity') <= ${day}::date and ${day}::date < coalesce(p.valid_to, 'infinity')
    ) select organisation, holder from up where depth > 0 order by depth`);
  const holders = new Map<string, string[]>(ids.map((id) => [id, [id]]));
  for (const { organisation, holder } of rows) holders.get(organisation)?.push(holder);
  return holders;
}

/** The 24/7 number of each organisation: its own, a hotline first; a branch without one answers through its company's hotline. */
export async function dutyNumbersOf(tx: Tx, ids: readonly string[], day: string): Promise<Map<string, DutyNumber>> {
  const holders = await holdersOf(tx, ids, day);
  const all = [...new Set([...holders.values()].flat())];
  const onFile = (await contactsOf(tx, all, { day, roles: ['duty'] })).filter(({ phones }) => phones.length > 0);
  const byHolder = Map.groupBy(onFile, ({ organisation }) => organisation);
  const numbers = new Map<string, DutyNumber>();
  for (const [organisation, places] of holders) {
    const found = places.flatMap((holder) => best(byHolder.get(holder) ?? [], holder === organisation))[0];
    if (found !== undefined)
      numbers.set(organisation, {
        contact: found.id,
        holder: found.organisation,
        name: found.name,
        position: found.position,
        phones: found.phones,
        hotline: found.hotline,
      });
  }
  return numbers;
}

function best(contacts: readonly Contact[], own: boolean): Contact[] {
  const hotline = contacts.filter((contact) => contact.hotline);
  return own && hotline.length === 0 ? contacts.slice(0, 1) : hotline.slice(0, 1);
}
