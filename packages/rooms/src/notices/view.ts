import { type Text } from '@vonggac/kernel';
import { type Ctx, outbox, type Tx } from '@vonggac/store';
import { inArray } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { type Delivery, deliveryOf, stoppedWhy } from '../notifications/index.ts';
import { namesOf } from '../organisations/index.ts';
import { today } from './facts.ts';
import { keyOf, type Notice } from './model.ts';

type Named = { id: string; name: string };
export type NoticeView = {
  id: string;
  ticket: string;
  organisation: Named;
  overseer: Named;
  /** Null for who only received it, as is how it was delivered. */
  rule: string | null;
  frozenAt: string;
  total: number;
  newest: number;
  again: number;
  fresh: number;
  test: boolean;
  exercise: boolean;
  seen: { at: string; by: string } | null;
  delivery: Delivery | null;
  why: Text | null;
};

export type MailRow = Pick<typeof outbox.$inferSelect, 'key' | 'attempts' | 'lastError' | 'sentAt' | 'dueAt'>;

/** The mails of notices by the notice, as far as they are the actor's own. */
export async function mailsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, MailRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ key: outbox.key, attempts: outbox.attempts, lastError: outbox.lastError, sentAt: outbox.sentAt, dueAt: outbox.dueAt })
    .from(outbox)
    .where(inArray(outbox.key, ids.map(keyOf)));
  return new Map(rows.map((row) => [row.key.slice(keyOf('').length), row]));
}

const STOPPED: Record<string, Text> = {
  'nothing open': {
    vi: 'Không còn điểm nào trong thông báo cần xử lý, nên thư không gửi.',
    en: 'Nothing in the notice is open any more, so no mail went.',
  },
  'sender has no right any more': { vi: 'Người gửi không còn quyền gửi thông báo.', en: 'The sender may no longer send notices.' },
  'no address on file': { vi: 'Không còn đầu mối có thư điện tử theo quy tắc.', en: 'No contact of the rule has an address any more.' },
};
const NO_CONTACT: Text = {
  vi: 'Chưa có đầu mối có thư điện tử theo quy tắc; thông báo chỉ có trên hệ thống. Bổ sung đầu mối rồi gửi lại.',
  en: 'No contact of the rule has an e-mail address; the notice is in the system only. Add a contact, then send again.',
};

const NO_OWN_CONTACT: Text = {
  vi: 'Cơ quan chưa có đầu mối có thư điện tử theo quy tắc, nên thư thử không gửi.',
  en: 'The authority itself has no contact of the rule with an e-mail address, so the test mail did not go.',
};

function whyOf(mail: MailRow | undefined, isTest: boolean): Text | null {
  if (mail === undefined) return isTest ? NO_OWN_CONTACT : NO_CONTACT;
  if (mail.sentAt === null) return STOPPED[mail.lastError ?? ''] ?? stoppedWhy(mail) ?? waitingWhy(mail);
  return mail.lastError === null
    ? null
    : { vi: `Máy chủ thư từ chối một địa chỉ: ${mail.lastError}`, en: `The mail server refused one of the addresses: ${mail.lastError}` };
}

function waitingWhy({ attempts, lastError }: MailRow): Text | null {
  if (lastError === null) return null;
  return {
    vi: `Lần thử ${attempts} chưa gửi được, hệ thống sẽ thử lại. Máy chủ thư trả lời: ${lastError}`,
    en: `Attempt ${attempts} failed and will be repeated. The mail server said: ${lastError}`,
  };
}

/** Rows as screens read them, in their order. Delivery is the authority's to see. */
export async function viewsOf(tx: Tx, ctx: Ctx, rows: readonly Notice[]): Promise<NoticeView[]> {
  const names = await namesOf(tx, [...new Set(rows.flatMap(({ organisation, overseer }) => [organisation, overseer]))], today(ctx));
  const mails = await mailsOf(
    tx,
    rows.map(({ id }) => id),
  );
  const named = (id: string): Named => ({ id, name: names.get(id)?.qualifiedName ?? '' });
  return rows.map((row) => {
    const isOverseen = reaches(ctx, row.overseer);
    const mail = mails.get(row.id);
    const { id, ticket, ruleName, frozenAt, total, newest, again, fresh, test, exercise, seenAt, seenByName } = row;
    return {
      id,
      ticket,
      frozenAt,
      total,
      newest,
      again,
      fresh,
      test,
      organisation: named(row.organisation),
      overseer: named(row.overseer),
      rule: isOverseen ? ruleName : null,
      exercise: exercise !== null,
      seen: seenAt === null ? null : { at: seenAt, by: seenByName ?? '' },
      delivery: isOverseen ? deliveryOf(mail ?? null) : null,
      why: isOverseen ? whyOf(mail, test) : null,
    };
  });
}
