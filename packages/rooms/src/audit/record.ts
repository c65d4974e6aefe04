import { actorKey, isoInstant, newId, type SubjectRef } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { audit } from './tables.ts';

export type AuditEntry = {
  /** `room.verb`, past tense: `directives.issued`. */
  action: string;
  subject: SubjectRef;
  before?: unknown;
  after?: unknown;
  reason?: string | undefined;
  /** The other organisation that the act concerns. */
  concerns?: string | undefined;
};

/** The last beat of every verb: who, for whom, when, from where, why, in the act's own transaction. */
export async function record(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  const { actor } = ctx;
  await tx.insert(audit).values({
    id: newId(),
    at: isoInstant(ctx.clock.now()),
    actorKind: actor.kind,
    actor: actorKey(actor),
    actorName: actor.name,
    role: actor.kind === 'person' ? actor.role : null,
    organisation: actor.organisation,
    concerns: entry.concerns ?? null,
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    before: entry.before ?? null,
    after: entry.after ?? null,
    reason: entry.reason ?? null,
    address: ctx.address,
    requestId: ctx.requestId,
  });
}
