import { actorKey, invalid, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { may, mustReachOrSupervise } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { directiveHead } from '../directives/index.ts';
import { AHEAD, type CallResult, ENTERED_LATER } from './model.ts';
import { dutyCalls } from './tables.ts';

export type DutyCall = {
  /** Made by the caller's device, so that a call that is sent twice is written once. */
  id?: string | undefined;
  organisation: string;
  phone: string;
  contact?: string | undefined;
  pick?: string | undefined;
  /** Because of which directive: where it belongs to an exercise, so does the call. */
  directive?: string | undefined;
  result: CallResult;
  note?: string | undefined;
  calledAt?: string | undefined;
};

/**
 * Logs one check call: whom, which number, picked up or not, at which hour.
 * @throws DomainError `access.role`, `organisation.not_found`, `directive.not_found`, `duty.call_time`
 */
export async function logCall(ctx: Ctx, call: DutyCall): Promise<{ id: string }> {
  may(ctx, 'duty:call');
  mustReachOrSupervise(ctx, call.organisation);
  const calledAt = timeOf(ctx, call.calledAt);
  const id = call.id ?? newId();
  return inTransaction(ctx, async (tx) => {
    const { actor } = ctx;
    const exercise = call.directive === undefined ? null : await exerciseOf(tx, call.directive);
    const written = await tx
      .insert(dutyCalls)
      .values({
        id,
        organisation: call.organisation,
        overseer: actor.organisation,
        contact: call.contact ?? null,
        phone: call.phone,
        result: call.result,
        note: call.note ?? null,
        pick: call.pick ?? null,
        exercise,
        calledAt,
        calledBy: actorKey(actor),
        calledByName: actor.name,
      })
      .onConflictDoNothing()
      .returning({ id: dutyCalls.id });
    if (written.length > 0) {
      // The number is personal where it is no hotline: the log keeps the contact's id.
      await record(tx, ctx, {
        action: 'duty.called',
        subject: { kind: 'duty-call', id },
        concerns: call.organisation,
        after: { result: call.result, calledAt, contact: call.contact ?? null, ...(exercise === null ? {} : { exercise }) },
      });
    }
    return { id };
  });
}

async function exerciseOf(tx: Tx, directive: string): Promise<string | null> {
  const head = (await directiveHead(tx, [directive])).get(directive);
  if (head === undefined) throw notFound('directive');
  return head.exercise;
}

function timeOf(ctx: Ctx, given: string | undefined): string {
  const now = ctx.clock.now();
  if (given === undefined) return isoInstant(now);
  const at = Temporal.Instant.from(given);
  const minutes = now.since(at).total('minutes');
  if (minutes >= -AHEAD && minutes <= ENTERED_LATER) return isoInstant(minutes < 0 ? now : at);
  throw invalid('duty.call_time', 'calledAt', {
    vi: 'Giờ gọi phải trong vòng 24 giờ vừa qua. Nhập lại giờ gọi.',
    en: 'The hour of the call must lie within the last 24 hours. Enter it again.',
  });
}
