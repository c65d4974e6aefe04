import type { notificationRoutes } from '@vonggac/contract/notifications';
import {
  listReminders,
  logReminderCall,
  markReminderSeen,
  myReminders,
  remindable,
  remindOrganisations,
} from '@vonggac/rooms/notifications';
import type { Handlers } from './handlers.ts';

export const notificationHandlers: Handlers<keyof typeof notificationRoutes> = {
  'GET /directives/{id}/reminders/preview': (ctx, { params, query }) => remindable(ctx, { directive: params.id, q: query.q }),
  'POST /directives/{id}/reminders': (ctx, { params, body }) => remindOrganisations(ctx, { directive: params.id, ...body }),
  'POST /directives/{id}/reminder-calls': (ctx, { params, body }) => logReminderCall(ctx, { directive: params.id, ...body }),
  'GET /directives/{id}/reminders': (ctx, { params, query }) => listReminders(ctx, { directive: params.id, ...query }),
  'GET /reminders': (ctx, { query }) => myReminders(ctx, query),
  'POST /reminders/{id}/seen': async (ctx, { params }) => {
    await markReminderSeen(ctx, params.id);
    return null;
  },
};
