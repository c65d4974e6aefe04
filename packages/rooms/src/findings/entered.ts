import { conflict, forbidden, invalid } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { fetchFinding, type Finding, note, write } from './internal.ts';
import { findingEvents } from './tables.ts';

/** How an answer came that somebody else put in for the organisation (nhập thay): who there said it, when, and from which file. */
export type Entered = {
  via: 'phone' | 'paper' | 'mail' | 'chat' | 'file';
  who: string | null;
  at: string;
  note?: string | null | undefined;
  file?: { id: string; name: string } | undefined;
};

/** What of these is not the acting organisation's own to answer. */
export const foreignOf = <Row extends Pick<Finding, 'organisation'>>(ctx: Pick<Ctx, 'actor'>, rows: readonly Row[]): Row[] =>
  ctx.actor.kind === 'system' ? [] : rows.filter(({ organisation }) => organisation !== ctx.actor.organisation);

/**
 * Whoever answers for another organisation says who there said it and when, for one organisation at a time.
 * @throws DomainError `findings.source_missing` | `findings.said_later` | `findings.several_units`
 */
export function mustBeEntered(ctx: Ctx, foreign: readonly Pick<Finding, 'organisation'>[], entered: Entered | null | undefined): void {
  if (foreign.length === 0) return;
  if (!entered)
    throw invalid('findings.source_missing', 'who', {
      vi: 'Khi nhập thay đơn vị, ghi rõ ai ở đơn vị cho biết, lúc nào và bằng cách nào.',
      en: 'When entering for an organisation, say who there said it, when, and by which way.',
    });
  if (Temporal.Instant.compare(entered.at, ctx.clock.now()) > 0)
    throw invalid('findings.said_later', 'at', {
      vi: 'Thời điểm nhận thông tin chưa tới. Kiểm tra lại ngày, giờ.',
      en: 'The time at which it was said has not come yet. Check day and time.',
    });
  if (new Set(foreign.map(({ organisation }) => organisation)).size > 1)
    throw invalid('findings.several_units', 'findings', {
      vi: 'Nhập thay từng đơn vị một: chọn các điểm cần xử lý của một đơn vị.',
      en: 'Enter for one organisation at a time: choose the findings of one of them.',
    });
}

/** What became known of an answer that was put in; `confirmed`: the organisation said that it is so. */
export type EnteredBy = Entered & { by: string; organisation: string; enteredAt: string; confirmed: boolean };
type Told = { answer?: string; entered?: Entered | 'confirmed' | 'contested'; subscriber?: { id: string; name: string } };

/** What the answer that stands was told with: for whom it was put in, whom an operator named. */
export async function toldWith(
  tx: Tx,
  { id, answer }: Pick<Finding, 'id' | 'answer'>,
): Promise<{ entered: EnteredBy | null; subscriber: { id: string; name: string } | null }> {
  const nothing = { entered: null, subscriber: null };
  if (answer === null) return nothing;
  const rows = await tx
    .select()
    .from(findingEvents)
    .where(and(eq(findingEvents.finding, id), inArray(findingEvents.act, ['answered', 'noted'])))
    .orderBy(desc(findingEvents.at), desc(findingEvents.id));
  const at = rows.findIndex(({ act }) => act === 'answered');
  const row = rows[at];
  const data = row?.data as Told | undefined;
  if (row === undefined || data?.answer !== answer) return nothing;
  const confirmed = rows.slice(0, at).some(({ data: said }) => (said as Told).entered === 'confirmed');
  const entered =
    typeof data.entered === 'object'
      ? { ...data.entered, by: row.actorName, organisation: row.actorOrganisation, enteredAt: row.at, confirmed }
      : null;
  return { entered, subscriber: data.subscriber ?? null };
}

/** As if nothing had been said. */
const UNSAID = {
  state: 'open',
  answer: null,
  answeredAt: null,
  answeredByName: null,
  note: null,
  postponedTo: null,
  approval: null,
  askedBy: null,
  reference: null,
  machinesDone: null,
  machinesTotal: null,
  verdict: null,
  verdictList: null,
  verdictWhy: null,
} as const;

/**
 * The organisation says of an answer that was put in for it that it is so, or, with its reason, that it is not: then the finding is open
 * again unless it was closed meanwhile, and the history keeps both.
 * @throws DomainError `findings.not_own` | `findings.not_entered` | `findings.reason`
 */
export async function sayOfEntered(ctx: Ctx, id: string, said: { agree: boolean; note?: string | null | undefined }): Promise<void> {
  may(ctx, 'findings:answer');
  const { agree, note: reason = null } = said;
  if (!agree && !reason)
    throw invalid('findings.reason', 'note', {
      vi: 'Ghi lý do không đồng ý; cơ quan theo dõi sẽ đọc.',
      en: 'Say why it is not so; the authority reads it.',
    });
  await inTransaction(ctx, async (tx) => {
    const row = await fetchFinding(tx, ctx, id);
    if (row.organisation !== ctx.actor.organisation) throw notOwn();
    const { entered } = await toldWith(tx, row);
    if (entered === null || entered.confirmed) throw notEntered();
    if (!agree && row.state !== 'closed') await write(tx, ctx, row, UNSAID);
    await note(tx, ctx, [row], { act: 'noted', note: reason, data: { entered: agree ? 'confirmed' : 'contested' } });
    await record(tx, ctx, {
      action: agree ? 'findings.entered_confirmed' : 'findings.entered_contested',
      subject: { kind: 'finding', id },
      before: { answer: row.answer },
      reason: reason ?? undefined,
      concerns: row.overseer,
    });
  });
}

const notOwn = () =>
  forbidden('findings.not_own', {
    vi: 'Chỉ cán bộ của chính đơn vị mới xác nhận được nội dung nhập thay.',
    en: 'Only people of the organisation itself can say whether what was entered for it is so.',
  });
const notEntered = () =>
  conflict('findings.not_entered', {
    vi: 'Câu trả lời này không phải nhập thay, hoặc đơn vị đã xác nhận.',
    en: 'This answer was not entered for the organisation, or was confirmed already.',
  });
