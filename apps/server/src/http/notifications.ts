import type { notificationRoutes } from '@vonggac/contract/notifications';
import {
  heldQueue,
  listReminders,
  logReminderCall,
  markReminderSeen,
  myReminders,
  releaseHeld,
  remindable,
  remindOrganisations,
} from '@vonggac/rooms/notifications';
import { listLabels, setLabel } from '@vonggac/rooms/tlp';
import type { House } from '../house.ts';
import { mailState } from '../mail.ts';
import type { Handlers } from './handlers.ts';

export function notificationHandlers(house: House): Handlers<keyof typeof notificationRoutes> {
  return {
    'GET /labels': (ctx) => listLabels(ctx),
    'PUT /labels': async (ctx, { body }) => {
      await setLabel(ctx, body);
      return null;
    },
    'GET /held-messages': async (ctx) => ({ held: await heldQueue(ctx) }),
    'POST /held-messages/release': (ctx, { body }) => releaseHeld(ctx, body.outcome),
    'GET /directives/{id}/reminders/preview': async (ctx, { params, query }) => ({
      ...(await remindable(ctx, { directive: params.id, q: query.q })),
      mail: await mailState(house, ctx),
    }),
    'POST /directives/{id}/reminders': (ctx, { params, body }) => remindOrganisations(ctx, { directive: params.id, ...body }),
    'POST /directives/{id}/reminder-calls': (ctx, { params, body }) => logReminderCall(ctx, { directive: params.id, ...body }),
    'GET /directives/{id}/reminders': (ctx, { params, query }) => listReminders(ctx, { directive: params.id, ...query }),
    'GET /reminders': (ctx, { query }) => myReminders(ctx, query),
    'POST /reminders/{id}/seen': async (ctx, { params }) => {
      await markReminderSeen(ctx, params.id);
      return null;
    },
  };
}
