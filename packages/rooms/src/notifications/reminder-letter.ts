import { type Ctx, type Tx } from '@vonggac/store';
import { directiveHead } from '../directives/index.ts';
import { destinationsWithin } from '../exercises/index.ts';
import { openWorkOf } from '../tasks/index.ts';
import { addressesFor, labelOf } from '../tlp/index.ts';
import type { Letter, LetterKind, MailSettings, WaitingMail } from './letters.ts';
import { mailText } from './mail-text.ts';
import { NOT_NAMED, TLP_HELD } from './model.ts';
import { mailContactsOf, type ReminderMail } from './remind.ts';
import { mayStill } from './still.ts';

const mailOf = ({ payload }: WaitingMail): ReminderMail => payload as ReminderMail;

/** Reminders: written anew when they go out, from who is on file and what is open then. */
export const reminderLetters: LetterKind = {
  kind: 'mail',
  write: (tx, ctx, row, settings) => letterFor(tx, ctx, mailOf(row), settings),
  entry: async (_, row, outcome) => {
    const { reminder, organisation, ticket } = mailOf(row);
    return { action: `reminders.mail_${outcome}`, subject: { kind: 'reminder', id: reminder }, concerns: organisation, after: { ticket } };
  },
};

async function letterFor(tx: Tx, ctx: Ctx, mail: ReminderMail, { publicUrl }: MailSettings): Promise<Letter | string> {
  const head = (await directiveHead(tx, [mail.directive])).get(mail.directive);
  if (head?.status !== 'issued') return 'directive withdrawn';
  const sender = { person: mail.person, permission: 'directives:follow' as const, organisation: head.overseer };
  if (!(await mayStill(tx, ctx, sender))) return 'sender has no right any more';
  const open = (await openWorkOf(tx, ctx, mail.directive)).find(({ organisation }) => organisation === mail.organisation)?.open ?? 0;
  if (open === 0) return 'nothing open';
  const contacts = await mailContactsOf(tx, [mail.organisation], ctx.scope.day);
  if (contacts.length === 0) return 'no address on file';
  const label = await labelOf(tx, 'reminder-mail');
  const addresses = addressesFor(label, contacts);
  if (addresses.length === 0) return TLP_HELD;
  const { exercise } = head;
  const to = exercise === null ? addresses : await destinationsWithin(tx, exercise, { addresses, day: ctx.scope.day });
  if (to.length === 0) return NOT_NAMED;
  const link = `${publicUrl.replace(/\/$/, '')}/work/${mail.directive}/${mail.organisation}`;
  return { to, label, ...mailText({ ticket: mail.ticket, open, link, exercise: exercise !== null, label }) };
}
