import { shownInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { asc, eq, sql } from 'drizzle-orm';
import { destinationsWithin } from '../exercises/index.ts';
import { findings } from '../findings/index.ts';
import { type Letter, type LetterKind, mayStill, NOT_NAMED, TLP_HELD, type WaitingMail } from '../notifications/index.ts';
import { contactsOf, namesOf } from '../organisations/index.ts';
import { addressesFor, labelOf } from '../tlp/index.ts';
import { readDomains } from './domains.ts';
import { noticeText, oneLine } from './mail-text.ts';
import { hasAccount } from './account.ts';
import { contactsFor, MAIL_KIND, type Notice, type NoticeMail } from './model.ts';
import { noticeFindings, notices } from './tables.ts';

/** Machines that a mail names at most. */
const NAMED = 200;

/** Mails of notices: the frozen figures, to who is on file and what the label and the exercise let through when they go out. */
export const noticeLetters: LetterKind = {
  kind: MAIL_KIND,
  write: async (tx, ctx, row, { publicUrl }) => {
    const [notice] = await tx
      .select()
      .from(notices)
      .where(eq(notices.id, mailOf(row).notice));
    if (notice === undefined) return 'nothing open';
    return letterFor(tx, ctx, notice, { person: mailOf(row).person, link: `${publicUrl.replace(/\/$/, '')}/notices/${notice.id}` });
  },
  entry: async (tx, row, outcome) => {
    const { notice, organisation, ticket } = mailOf(row);
    const [known] = await tx.select({ test: notices.test }).from(notices).where(eq(notices.id, notice));
    const concerns = known?.test === false ? organisation : row.organisation;
    return { action: `notices.mail_${outcome}`, subject: { kind: 'notice', id: notice }, after: { ticket }, concerns };
  },
};

const mailOf = ({ payload }: WaitingMail): NoticeMail => payload as NoticeMail;

type Asked = { person: string | null; link: string };

async function letterFor(tx: Tx, ctx: Ctx, notice: Notice, { person, link }: Asked): Promise<Letter | string> {
  const { organisation, overseer, test, exercise } = notice;
  if (!(await mayStill(tx, ctx, { person, permission: 'findings:decide', organisation: overseer }))) return 'sender has no right any more';
  if ((await stillOpen(tx, notice)) === 0) return 'nothing open';
  const { day } = ctx.scope;
  const receiver = test ? overseer : organisation;
  const contact = contactsFor(notice.roles, await contactsOf(tx, [receiver], { day, roles: notice.roles }));
  if (contact === null) return 'no address on file';
  const label = await labelOf(tx, 'notice-mail');
  const addresses = addressesFor(label, contact.contacts);
  if (addresses.length === 0) return TLP_HELD;
  const to = exercise === null ? addresses : await destinationsWithin(tx, exercise, { addresses, day });
  if (to.length === 0) return NOT_NAMED;
  const name = test ? ((await namesOf(tx, [organisation], day)).get(organisation)?.qualifiedName ?? '') : null;
  const domains = new Set(await readDomains(tx));
  const isAllowed = to.every((address) => domains.has(address.slice(address.lastIndexOf('@') + 1).toLowerCase()));
  const letter = noticeText({
    ...notice,
    link,
    label,
    exercise: exercise !== null,
    testFor: name,
    hasAccount: await hasAccount(tx, organisation, day),
    machines: isAllowed ? await machinesOf(tx, notice) : null,
  });
  return { to, label, ...letter };
}

/** Of its findings, how many are still the organisation's to act on under this authority. */
async function stillOpen(tx: Tx, { id, organisation, overseer }: Notice): Promise<number> {
  const { rows } = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from ${noticeFindings} r join ${findings} f on f.id = r.finding
    where r.notice = ${id}::uuid and f.organisation = ${organisation}::uuid and f.overseer = ${overseer}::uuid and f.state in ('open', 'answered')`);
  return rows[0]!.n;
}

async function machinesOf(tx: Tx, { id, total }: Notice): Promise<{ lines: string[]; more: number }> {
  const rows = await tx
    .select()
    .from(noticeFindings)
    .where(eq(noticeFindings.notice, id))
    .orderBy(asc(noticeFindings.position))
    .limit(NAMED);
  const lines = rows.map(({ name, privateAddress, family, lastSeen }) =>
    [
      '-',
      [name, privateAddress]
        .filter(Boolean)
        .map((one) => oneLine(one!))
        .join(' / '),
      '·',
      oneLine(family),
      '·',
      shownInstant(Temporal.Instant.from(lastSeen)),
    ]
      .filter(Boolean)
      .join(' '),
  );
  return { lines, more: total - rows.length };
}
