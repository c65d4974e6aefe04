import type { EdxmlOrganisation, EdxmlStatus } from '@vonggac/congvan/edxml';
import { conflict, isoInstant, newId, ZONE } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type Part, type PartFacts, partFacts, referenceTo, type Sender, whyNot } from './part.ts';
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
    const made = await insertSteps(tx, ctx, facts);
    if (made.length > 0) await recordMade(tx, ctx, facts, made);
    return made.length;
  });
}

/** Those of the steps that were not made yet. @returns their codes */
async function insertSteps(tx: Tx, ctx: Ctx, facts: PartFacts): Promise<string[]> {
  const rows = facts.steps.map((step) => rowOf(ctx, facts, step));
  const made = await tx.insert(statusMessages).values(rows).onConflictDoNothing().returning({ code: statusMessages.code });
  return made.map(({ code }) => code).toSorted();
}

function recordMade(tx: Tx, ctx: Ctx, { receipt }: PartFacts, codes: readonly string[]): Promise<void> {
  const concerns = ctx.actor.organisation === receipt.organisation ? receipt.overseer : receipt.organisation;
  return record(tx, ctx, { action: 'exchange.statuses_made', subject: { kind: 'receipt', id: receipt.id }, concerns, after: { codes } });
}

/** Makes what a part has reached, in the transaction of the fact; does nothing where it cannot be named. */
export async function makeReached(tx: Tx, ctx: Ctx, part: Part): Promise<void> {
  const facts = await partFacts(tx, part);
  if (whyNot(facts) !== null) return;
  const made = await insertSteps(tx, ctx, facts);
  if (made.length > 0) await recordMade(tx, ctx, facts, made);
}

/** @throws DomainError `exchange.no_organ_id` */
export function mustBeNamed(facts: PartFacts): void {
  const problem = whyNot(facts);
  if (problem !== null) throw conflict('exchange.no_organ_id', problem);
}

type Step = { code: EdxmlStatus['code']; at: string; description: string | null };
type Speaking = { part: Part & { overseer: string }; own: EdxmlOrganisation; sender: Sender };

/** A message of a part as it is frozen. */
export function rowOf(ctx: Ctx, { receipt, own, sender }: PartFacts, step: Step) {
  return frozen(ctx, { part: receipt, own: own!, sender }, step);
}

/** A message as it is frozen; its time is local, as the axis writes it. Only a person of the organisation itself is named in it. */
export function frozen(ctx: Ctx, { part, own, sender }: Speaking, step: Step) {
  const at = Temporal.Instant.from(step.at);
  const { directive, organisation, overseer } = part;
  const message: EdxmlStatus = {
    from: own,
    responseFor: referenceTo(sender),
    staff: ctx.actor.organisation === organisation ? { department: null, name: ctx.actor.name, email: null, mobile: null } : null,
    code: step.code,
    description: step.description,
    at: at.toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: 'second' }),
  };
  return {
    id: newId(),
    directive,
    organisation,
    overseer,
    code: step.code,
    at: isoInstant(at),
    message,
    madeAt: isoInstant(ctx.clock.now()),
    madeByName: ctx.actor.name,
  };
}
