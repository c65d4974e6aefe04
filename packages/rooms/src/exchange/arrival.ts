import { conflict, dayOf, type DomainError, invalid, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, asc, eq } from 'drizzle-orm';
import { grants, may, mustReach, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { arrivals, statusMessages } from './tables.ts';
import { tellUp, toldOf, type Upstream, upstreamOf, whyNotUp } from './upstream.ts';
import { viewMessage } from './view.ts';

/** How the authority stands to a document from above; `sender` null where it issued the document itself. */
export async function arrivalOf(ctx: Ctx, directive: string) {
  return inSnapshot(ctx, async (tx) => {
    const upstream = await upstreamOf(tx, directive);
    const [arrival] = await tx.select().from(arrivals).where(eq(arrivals.directive, directive));
    const rows = await tx
      .select()
      .from(statusMessages)
      .where(and(eq(statusMessages.directive, directive), eq(statusMessages.organisation, upstream?.directive.organisation ?? directive)))
      .orderBy(asc(statusMessages.code));
    const isOwn = upstream !== null && reaches(ctx, upstream.directive.organisation);
    const may = isOwn && (ctx.actor.kind === 'system' || grants(ctx.actor.role).includes('directives:draft'));
    const told = upstream === null ? [] : await toldOf(tx, upstream);
    return {
      sender: isOwn ? { name: upstream.sender.name, organId: upstream.sender.organId } : null,
      problem: isOwn ? whyNotUp(upstream) : null,
      arrival: arrival
        ? { number: arrival.number, day: arrival.day, refusedReason: arrival.refusedReason, byName: arrival.writtenByName }
        : null,
      messages: isOwn ? rows.map(viewMessage) : [],
      can: {
        register: may && !told.includes('02') && upstream.directive.status !== 'withdrawn',
        refuse: may && upstream.directive.status === 'draft' && !told.some((code) => code >= '02'),
      },
    };
  });
}

async function mustBeOurs(tx: Tx, ctx: Ctx, directive: string): Promise<Upstream> {
  const upstream = await upstreamOf(tx, directive);
  if (upstream === null) throw notFound('directive');
  mustReach(ctx, upstream.directive.organisation);
  if (!(await toldOf(tx, upstream)).includes('02')) return upstream;
  throw conflict('exchange.sent_back', {
    vi: 'Văn bản đã được trả lại nơi gửi (trạng thái 02).',
    en: 'The document was sent back to its sender (status 02).',
  });
}

const partOf = ({ directive: { id, organisation, overseer } }: Upstream) => ({ directive: id, organisation, overseer });

/**
 * Enters số đến and ngày đến of the own office: status 03 goes into the queue with them. Once a message has told a number it stays.
 * @throws DomainError `exchange.day_in_future`, `exchange.number_told`, `exchange.sent_back`, `directive.not_found`
 */
export async function registerArrival(ctx: Ctx, directive: string, input: { number: string; day: string }): Promise<void> {
  may(ctx, 'directives:draft');
  if (Temporal.PlainDate.compare(input.day, dayOf(ctx.clock.now())) > 0) throw inFuture();
  await inTransaction(ctx, async (tx) => {
    const upstream = await mustBeOurs(tx, ctx, directive);
    const [before] = await tx.select().from(arrivals).where(eq(arrivals.directive, directive));
    const isTold = (await toldOf(tx, upstream)).includes('03');
    if (before?.number != null && isTold && (before.number !== input.number || before.day !== input.day)) throw told(before.number);
    const by = { writtenByName: ctx.actor.name, writtenAt: isoInstant(ctx.clock.now()) };
    await tx
      .insert(arrivals)
      .values({ ...partOf(upstream), ...input, ...by })
      .onConflictDoUpdate({ target: arrivals.directive, set: { ...input, ...by } });
    await record(tx, ctx, {
      action: 'exchange.arrival_registered',
      subject: { kind: 'directive', id: directive },
      before: before && { number: before.number, day: before.day },
      after: input,
    });
    await tellUp(tx, ctx, directive, '03');
  });
}

/**
 * Sends a document back that is not for this authority: status 02 with the reason goes into the queue. The draft stays until somebody
 * discards it. @throws DomainError `exchange.taken_in`, `exchange.sent_back`, `directive.not_found`
 */
export async function refuseArrival(ctx: Ctx, directive: string, reason: string): Promise<void> {
  may(ctx, 'directives:draft');
  await inTransaction(ctx, async (tx) => {
    const upstream = await mustBeOurs(tx, ctx, directive);
    const isTaken = (await toldOf(tx, upstream)).some((code) => code > '02');
    if (isTaken || upstream.directive.status !== 'draft') throw takenIn();
    const by = { refusedReason: reason, writtenByName: ctx.actor.name, writtenAt: isoInstant(ctx.clock.now()) };
    await tx
      .insert(arrivals)
      .values({ ...partOf(upstream), ...by })
      .onConflictDoUpdate({ target: arrivals.directive, set: by });
    await record(tx, ctx, { action: 'exchange.arrival_refused', subject: { kind: 'directive', id: directive }, reason });
    await tellUp(tx, ctx, directive, '02');
  });
}

const inFuture = (): DomainError =>
  invalid('exchange.day_in_future', 'day', {
    vi: 'Ngày đến chưa tới. Kiểm tra lại ngày, tháng, năm.',
    en: 'This day has not come yet. Check day, month and year.',
  });

const told = (number: string): DomainError =>
  conflict('exchange.number_told', {
    vi: `Số đến ${number} đã được nêu trong thông điệp trạng thái 03 nên không sửa được.`,
    en: `Arrival number ${number} stands in the message of status 03 already and cannot be changed.`,
  });

const takenIn = (): DomainError =>
  conflict('exchange.taken_in', {
    vi: 'Văn bản đã tiếp nhận hoặc đã ban hành triển khai nên không trả lại nơi gửi được nữa.',
    en: 'The document was received or issued already and cannot be sent back any more.',
  });
