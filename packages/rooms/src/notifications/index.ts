export { type Delivered, deliverOutbox } from './deliver.ts';
export { type Held, heldQueue, holdAfterRestore, isHeld, releaseHeld } from './held.ts';
export { type Letter, type LetterKind, type MailSettings, offerLetters, type WaitingMail } from './letters.ts';
export { listReminders, markReminderSeen, myReminders } from './list-reminders.ts';
export {
  ATTEMPTS,
  type Delivery,
  deliveryOf,
  EXERCISE_SERIES,
  NOT_NAMED,
  REMINDER_WAYS,
  type ReminderWay,
  stoppedWhy,
  TLP_HELD,
  yearOf,
} from './model.ts';
export { remindable, type Remindable } from './preview-reminders.ts';
export { type Reminded, type Reminding, remindOrganisations } from './remind.ts';
export { logReminderCall, type ReminderCall } from './remind-call.ts';
export { type OutboxStanding, outboxStanding } from './standing.ts';
export { mayStill } from './still.ts';
