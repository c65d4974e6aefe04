import { conflict, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { fetchFile, settle } from './confirm.ts';
import { mustBeNamed, rowOf } from './make.ts';
import { mustBePerson } from './mark-sent.ts';
import { partFacts } from './part.ts';
import { statusMessages } from './tables.ts';

/**
 * A person of the agency answers the sender's request to take back or update (13): 15 agreed or 16 refused, with the reason, goes into
 * the queue. Nothing else changes: what is withdrawn or updated here is done by its own act.
 * @returns the id of the message
 * @throws DomainError `exchange.not_request` | `exchange.already_decided` | `exchange.no_organ_id`
 */
export async function decideRequest(ctx: Ctx, id: string, input: { agree: boolean; reason: string }): Promise<string> {
  may(ctx, 'tasks:work');
  mustBePerson(ctx);
  return inTransaction(ctx, async (tx) => {
    const request = await fetchFile(tx, id);
    if (ctx.actor.organisation !== request.organisation) throw notFound('status');
    if (request.code !== '13') {
      throw conflict('exchange.not_request', {
        vi: 'Thông điệp này không phải đề nghị lấy lại, cập nhật (mã 13).',
        en: 'This message is no request to take back or update (code 13).',
      });
    }
    const facts = await partFacts(tx, request);
    mustBeNamed(facts);
    await settle(tx, ctx, request, { state: 'confirmed', reason: input.reason });
    const step = { code: input.agree ? ('15' as const) : ('16' as const), at: isoInstant(ctx.clock.now()), description: input.reason };
    const row = { ...rowOf(ctx, facts, step), request: id };
    await tx.insert(statusMessages).values(row);
    await record(tx, ctx, {
      action: input.agree ? 'exchange.request_agreed' : 'exchange.request_refused',
      subject: { kind: 'status', id },
      concerns: request.overseer,
      after: { message: row.id, code: row.code },
      reason: input.reason,
    });
    return row.id;
  });
}
