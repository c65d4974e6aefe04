import type { noticeRoutes } from '@vonggac/contract/notices';
import {
  addRule,
  cancelSending,
  changeRule,
  getNotice,
  listFrozen,
  listNotices,
  listRules,
  listRuns,
  markNoticeSeen,
  noticeDomains,
  previewRule,
  removeRule,
  retryNotice,
  sendNow,
  setNoticeDomains,
} from '@vonggac/rooms/notices';
import type { House } from '../house.ts';
import { mailState } from '../mail.ts';
import type { Handlers } from './handlers.ts';

export function noticeHandlers(house: House): Handlers<keyof typeof noticeRoutes> {
  return {
    'GET /notice-rules': (ctx) => listRules(ctx),
    'POST /notice-rules': (ctx, { body }) => addRule(ctx, body),
    'PUT /notice-rules/{id}': (ctx, { params, body }) => changeRule(ctx, params.id, body),
    'DELETE /notice-rules/{id}': (ctx, { params }) => removeRule(ctx, params.id),
    'GET /notice-rules/{id}/preview': async (ctx, { params, query }) => ({
      ...(await previewRule(ctx, params.id, query)),
      mail: await mailState(house, ctx),
    }),
    'POST /notice-rules/{id}/send': (ctx, { params }) => sendNow(ctx, params.id),
    'POST /notice-rules/{id}/cancel': async (ctx, { params }) => {
      await cancelSending(ctx, params.id);
      return null;
    },
    'GET /notice-rules/{id}/runs': (ctx, { params, query }) => listRuns(ctx, params.id, query),
    'GET /notices': (ctx, { query }) => listNotices(ctx, query),
    'GET /notices/{id}': (ctx, { params }) => getNotice(ctx, params.id),
    'GET /notices/{id}/findings': (ctx, { params, query }) => listFrozen(ctx, params.id, query),
    'POST /notices/{id}/retry': (ctx, { params }) => retryNotice(ctx, params.id),
    'POST /notices/{id}/seen': async (ctx, { params }) => {
      await markNoticeSeen(ctx, params.id);
      return null;
    },
    'GET /notice-domains': (ctx) => noticeDomains(ctx),
    'PUT /notice-domains': (ctx, { body }) => setNoticeDomains(ctx, body.domains),
  };
}
