import { shownDay } from '@vonggac/kernel';
import type { Ctx, Measure, MeasureValue, Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { today } from './internal.ts';
import { KIND_NAMES } from './model.ts';
import type { Registration } from './silent.ts';
import { assets } from './tables.ts';

type Count = { state: Registration; ranges: number; domains: number; claimed: number };

/** How organisations stand in the register of addresses today. Those that the actor neither keeps nor oversees are left out: nobody counted theirs. */
export async function registrationsOf(tx: Tx, ctx: Ctx, organisations: readonly string[]): Promise<Map<string, Count>> {
  const day = today(ctx);
  const seen = new Set([...ctx.scope.organisations, ...ctx.scope.supervised]);
  const { rows } = await tx.execute<Omit<Count, 'state'> & { organisation: string }>(sql`
    select organisation, count(*) filter (where state = 'approved' and kind = 'range')::int as ranges,
      count(*) filter (where state = 'approved' and kind = 'domain')::int as domains, count(*) filter (where state = 'claimed')::int as claimed
    from ${assets} where organisation = any(${sql.param([...organisations])}::uuid[]) and kind in ('range', 'domain') and (state = 'claimed'
      or (state = 'approved' and coalesce(valid_from, '-infinity'::date) <= ${day}::date and ${day}::date < coalesce(valid_to, 'infinity'::date)))
    group by organisation`);
  const counted = new Map(rows.map(({ organisation, ...count }) => [organisation, count]));
  return new Map(
    organisations
      .filter((id) => seen.has(id))
      .map((id) => {
        const count = counted.get(id) ?? { ranges: 0, domains: 0, claimed: 0 };
        const state: Registration = count.ranges + count.domains > 0 ? 'registered' : count.claimed > 0 ? 'claimed' : 'none';
        return [id, { ...count, state }];
      }),
  );
}

function valueOf(organisation: string, count: Count | undefined): MeasureValue {
  const none = { organisation, state: 'no-data' as const, value: null, of: null, target: 1 };
  if (count === undefined)
    return {
      ...none,
      text: { vi: 'Danh mục tài sản của đơn vị nằm ngoài phạm vi.', en: 'The register of this organisation is outside your scope.' },
    };
  const { state, ranges, domains, claimed } = count;
  if (state === 'none')
    return {
      ...none,
      text: {
        vi: 'Chưa đăng ký dải địa chỉ, tên miền: không danh sách nào đối chiếu được với đơn vị. Chưa đăng ký không có nghĩa là an toàn.',
        en: 'No range and no domain is registered: no list can be matched with it. Not registered does not mean clean.',
      },
    };
  if (state === 'claimed')
    return {
      ...none,
      text: {
        vi: `${claimed} đăng ký đang chờ duyệt; chưa đối chiếu được với danh sách nào.`,
        en: `Claims that wait for approval: ${claimed}; no list can be matched with it yet.`,
      },
    };
  return {
    ...none,
    state: 'met',
    value: ranges + domains,
    text: {
      vi: `Đã đăng ký ${ranges} dải địa chỉ, ${domains} tên miền${claimed > 0 ? `; ${claimed} đăng ký chờ duyệt` : ''}.`,
      en: `Registered ranges: ${ranges}; domains: ${domains}${claimed > 0 ? `; claims that wait: ${claimed}` : ''}.`,
    },
  };
}

/** Rows of one organisation that a screen shows. */
const SHOWN = 1000;

/** A list of addresses that is to be worked off, or ranges that are to be declared: both need the register. */
const SPEAKS =
  /danh sach (cac )?(dia chi )?ip\b.{0,60}(botnet|ma doc|doc hai|canh bao)|dia chi ip\b.{0,40}danh sach.{0,40}(botnet|ma doc|doc hai|canh bao)|(dang ky|ke khai|khai bao|ra soat|thong ke).{0,40}(dai (dia chi )?ip\b|dia chi ip (cong cong|public|tinh)|dai dia chi)/;

/** Whether an organisation has an address in the register. It is a figure of today, whatever the window; none is no data, never good. */
export const assetsRegistered: Measure = {
  id: 'assets.registered',
  name: { vi: 'Đã đăng ký dải địa chỉ, tên miền', en: 'Ranges and domains registered' },
  unit: { vi: 'dải địa chỉ, tên miền', en: 'ranges, domains' },
  proposes: (text) => SPEAKS.test(text),
  async compute(tx, ctx, organisations) {
    const counts = await registrationsOf(tx, ctx, organisations);
    return organisations.map((id) => valueOf(id, counts.get(id)));
  },
  async overall(tx, ctx, organisations) {
    const counts = await registrationsOf(tx, ctx, organisations);
    return { value: [...counts.values()].filter(({ state }) => state === 'registered').length, of: organisations.length };
  },
  async rows(tx, ctx, organisation) {
    const day = today(ctx);
    const { rows } = await tx.execute<{ id: string; kind: 'range' | 'domain'; name: string; value: string; from: string | null }>(sql`
      select id, kind, name, coalesce(network::text, domain) as value, valid_from::text as "from" from ${assets}
      where organisation = ${organisation} and kind in ('range', 'domain') and state = 'approved'
        and coalesce(valid_from, '-infinity'::date) <= ${day}::date and ${day}::date < coalesce(valid_to, 'infinity'::date)
      order by kind desc, network, domain, id limit ${SHOWN}`);
    return rows.map(({ id, kind, name, value, from }) => {
      const called = name === value ? value : `${value} (${name})`;
      const vi = [`${KIND_NAMES[kind].vi}: ${called}`, from === null ? '' : `từ ngày ${shownDay(from)}`];
      const en = [`${KIND_NAMES[kind].en}: ${called}`, from === null ? '' : `since ${shownDay(from)}`];
      return {
        id,
        subject: { kind: 'asset', id },
        at: null,
        text: { vi: vi.filter(Boolean).join(' · '), en: en.filter(Boolean).join(' · ') },
      };
    });
  },
};
