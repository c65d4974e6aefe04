import type { EdxmlStatus } from '@vonggac/congvan/edxml';
import { conflict, isoInstant, newId, ZONE } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type Part, type PartFacts, partFacts, referenceTo, whyNot } from './part.ts';
import { statusMessages } from './tables.ts';

/**
 * Puts a message of every status that is reached and was not told yet into the queue, in order; each is frozen as it stands.
 * @returns how many were made
 * @throws DomainError `exchange.no_organ_id` | `work.not_found`
 */
export async function makeStatuses(ctx: Ctx, part: Part): Promise<number> {
  may(ctx, 'tasks:work');
  mustReach(ctx, part.organisation);
  return inTransaction(ctx, async (tx) => {
    const facts = await partFacts(tx, part);
    mustBeNamed(facts);
    const rows = facts.steps.map((step) => ({ ...rowOf(ctx, facts, step), request: null }));
    const made = await tx.insert(statusMessages).values(rows).onConflictDoNothing().returning({ code: statusMessages.code });
    if (made.length > 0) {
      await record(tx, ctx, {
        action: 'exchange.statuses_made',
        subject: { kind: 'receipt', id: facts.receipt.id },
        concerns: facts.receipt.overseer,
        after: { codes: made.map(({ code }) => code).toSorted() },
      });
    }
    return made.length;
  });
}

/** @throws DomainError `exchange.no_organ_id` */
export function mustBeNamed(facts: PartFacts): void {
  const problem = whyNot(facts);
  if (problem !== null) throw conflict('exchange.no_organ_id', problem);
}

/** A message as it is frozen; its time is local, as the axis writes it. */
export function rowOf(ctx: Ctx, facts: PartFacts, step: { code: EdxmlStatus['code']; at: string; description: string | null }) {
  const at = Temporal.Instant.from(step.at);
  const message: EdxmlStatus = {
    from: facts.own!,
    responseFor: referenceTo(facts.sender),
    staff: { department: null, name: ctx.actor.name, email: null, mobile: null },
    code: step.code,
    description: step.description,
    at: at.toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: 'second' }),
  };
  const { directive, organisation, overseer } = facts.receipt;
  return {
    id: newId(),
    directive,
    organisation,
    overseer,
    code: step.code as Exclude<EdxmlStatus['code'], '13'>,
    at: isoInstant(at),
    message,
    madeAt: isoInstant(ctx.clock.now()),
    madeByName: ctx.actor.name,
  };
}
