import type { searchRoutes } from '@vonggac/contract/search';
import { grants } from '@vonggac/rooms/access';
import { listAssets } from '@vonggac/rooms/assets';
import { listDirectives } from '@vonggac/rooms/directives';
import { searchFindings } from '@vonggac/rooms/findings';
import { listPeople } from '@vonggac/rooms/identity';
import { listLists } from '@vonggac/rooms/intelligence';
import { listOrganisations } from '@vonggac/rooms/organisations';
import { searchWork } from '@vonggac/rooms/tasks';
import type { Ctx } from '@vonggac/store';
import type { Handlers } from './handlers.ts';

const EACH = 6;
/** Of organisations by their findings: they stand among the organisations, too. */
const UNITS = 3;

/** Asks each room's own list, so that the scope is theirs. */
export const searchHandlers: Handlers<keyof typeof searchRoutes> = {
  'GET /search': async (ctx, { query: { q } }) => {
    const found = await Promise.all([
      directives(ctx, q),
      work(ctx, q),
      findings(ctx, q),
      lists(ctx, q),
      organisations(ctx, q),
      assets(ctx, q),
      people(ctx, q),
    ]);
    return { items: found.flat() };
  },
};

async function directives(ctx: Ctx, q: string) {
  const { items } = await listDirectives(ctx, { q, page: 1, size: EACH });
  return items.map((one) => ({
    kind: 'directive' as const,
    id: one.id,
    title: one.subject,
    subtitle: one.code ?? one.symbol,
    href: one.status === 'draft' ? `/directives/${one.id}/check` : `/directives/${one.id}`,
  }));
}

async function work(ctx: Ctx, q: string) {
  const found = await searchWork(ctx, q, EACH);
  return found.map((card) => ({
    kind: 'task' as const,
    id: `${card.directive}:${card.due ?? ''}`,
    title: card.subject,
    subtitle: card.code,
    href: `/work/${card.directive}/${card.organisation}`,
  }));
}

async function findings(ctx: Ctx, q: string) {
  const found = await searchFindings(ctx, q, EACH);
  const open = (n: number): string => (ctx.language === 'vi' ? `${n.toLocaleString('vi')} chưa xử lý` : `${n.toLocaleString('en')} open`);
  return [
    ...found.findings.map((one) => ({
      kind: 'finding' as const,
      id: one.id,
      title: one.shown,
      subtitle: [one.family, one.organisation].filter(Boolean).join(' · '),
      href: `/findings/${one.id}`,
    })),
    ...found.units.slice(0, UNITS).map((one) => ({
      kind: 'finding' as const,
      id: one.id,
      title: one.name,
      subtitle: open(one.open),
      href: `/findings?organisation=${one.id}`,
    })),
  ];
}

async function lists(ctx: Ctx, q: string) {
  const { items } = await listLists(ctx, { q, page: 1, size: EACH });
  return items.map((one) => ({ kind: 'list' as const, id: one.id, title: one.title, subtitle: one.sender.name, href: `/lists/${one.id}` }));
}

async function organisations(ctx: Ctx, q: string) {
  const { items } = await listOrganisations(ctx, { q, page: 1, size: EACH, state: 'live', sort: 'match' });
  return items.map((one) => ({
    kind: 'organisation' as const,
    id: one.id,
    title: one.name,
    subtitle: one.parent?.name ?? null,
    href: `/organisations/${one.id}`,
  }));
}

async function assets(ctx: Ctx, q: string) {
  const { items } = await listAssets(ctx, { q, page: 1, size: EACH, state: 'live', sort: 'name' });
  return items.map((one) => ({
    kind: 'asset' as const,
    id: one.id,
    title: one.value ?? one.name,
    subtitle: one.organisation.name,
    href: `/asset-register?view=${one.kind}&asset=${one.id}`,
  }));
}

async function people(ctx: Ctx, q: string) {
  if (ctx.actor.kind !== 'person' || !grants(ctx.actor.role).includes('people:write')) return [];
  const { items } = await listPeople(ctx, { q, page: 1, size: EACH });
  return items.map((one) => ({
    kind: 'person' as const,
    id: one.id,
    title: one.name,
    subtitle: `${one.username} · ${one.organisation.name}`,
    href: `/accounts?q=${encodeURIComponent(one.username)}`,
  }));
}
