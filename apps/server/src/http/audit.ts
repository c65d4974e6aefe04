import type { auditRoutes } from '@vonggac/contract/audit';
import { dayOf, HOUSE } from '@vonggac/kernel';
import { may } from '@vonggac/rooms/access';
import { listAudit, verifyAudit } from '@vonggac/rooms/audit';
import { nameOnDays } from '@vonggac/rooms/organisations';
import type { Ctx } from '@vonggac/store';
import type { House } from '../house.ts';
import type { Handlers } from './handlers.ts';

export function auditHandlers(house: House): Handlers<keyof typeof auditRoutes> {
  return {
    'GET /audit': async (ctx, { query }) => {
      const { items, next } = await listAudit(ctx, query);
      return { items: await withNames(ctx, items), next };
    },
    'POST /audit/verify': async (ctx) => {
      may(ctx, 'audit:read');
      return verifyAudit(await house.ctx({ name: 'audit' }), house.anchors);
    },
  };
}

type Entry = Awaited<ReturnType<typeof listAudit>>['items'][number];

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const HOUSE_NAMES = { vi: 'Hệ thống', en: 'System' };

/** The log keeps ids; here they get the names that the organisations had on the day of each entry. */
async function withNames(ctx: Ctx, items: readonly Entry[]) {
  const names = await nameOnDays(
    ctx,
    items.map((one) => ({ ids: mentionedIn(one), day: dayOf(Temporal.Instant.from(one.at)).toString() })),
  );
  return items.map((one, at) => {
    const nameOf = (id: string) => (id === HOUSE ? HOUSE_NAMES[ctx.language] : (names[at]!.get(id) ?? null));
    return {
      ...one,
      organisation: { id: one.organisation, name: nameOf(one.organisation) },
      concerns: one.concerns === null ? null : { id: one.concerns, name: nameOf(one.concerns) },
      names: Object.fromEntries(names[at]!),
    };
  });
}

function mentionedIn({ organisation, concerns, subjectId, before, after }: Entry): string[] {
  return [...new Set([organisation, concerns, subjectId, JSON.stringify([before, after])].join(' ').match(UUID))];
}
