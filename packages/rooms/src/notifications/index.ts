export { type Delivered, deliverOutbox, type MailSettings } from './deliver.ts';
export { type Held, heldQueue, holdAfterRestore, isHeld, releaseHeld } from './held.ts';
export { listReminders, markReminderSeen, myReminders } from './list-reminders.ts';
export { REMINDER_WAYS, type ReminderWay } from './model.ts';
export { remindable, type Remindable } from './preview-reminders.ts';
export { type Reminded, type Reminding, remindOrganisations } from './remind.ts';
export { logReminderCall, type ReminderCall } from './remind-call.ts';
export { type OutboxStanding, outboxStanding } from './standing.ts';
