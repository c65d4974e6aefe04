import type { statusRoutes } from '@vonggac/contract/status';
import type { House } from '../house.ts';
import { statusOf } from '../watch/status.ts';
import type { Handlers } from './handlers.ts';

export function statusHandlers(house: House): Handlers<keyof typeof statusRoutes> {
  return { 'GET /status': (ctx) => statusOf(house, ctx) };
}
