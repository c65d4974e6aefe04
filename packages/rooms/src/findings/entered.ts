import { invalid } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, desc, eq } from 'drizzle-orm';
import type { Finding } from './internal.ts';
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

export type EnteredBy = Entered & { by: string; organisation: string; enteredAt: string };
type Told = { answer?: string; entered?: Entered; subscriber?: { id: string; name: string } };

/** What the answer that stands was told with: for whom it was put in, whom an operator named. */
export async function toldWith(
  tx: Tx,
  { id, answer }: Pick<Finding, 'id' | 'answer'>,
): Promise<{ entered: EnteredBy | null; subscriber: { id: string; name: string } | null }> {
  const nothing = { entered: null, subscriber: null };
  if (answer === null) return nothing;
  const [row] = await tx
    .select()
    .from(findingEvents)
    .where(and(eq(findingEvents.finding, id), eq(findingEvents.act, 'answered')))
    .orderBy(desc(findingEvents.at), desc(findingEvents.id))
    .limit(1);
  const data = row?.data as Told | undefined;
  if (row === undefined || data?.answer !== answer) return nothing;
  const entered = data.entered && { ...data.entered, by: row.actorName, organisation: row.actorOrganisation, enteredAt: row.at };
  return { entered: entered ?? null, subscriber: data.subscriber ?? null };
}
