import { dayOf, invalid, isoInstant } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { grants, may, memberships, mustReach, type Permission } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { type TaskState, TODO_STATES } from '../model.ts';
import { approvals, proposals, tasks } from '../tables.ts';

export type Approval = {
  required: boolean;
  changedAt: string | null;
  changedByName: string | null;
  /** How many wait for the leader; null where the actor belongs to another organisation. */
  open: number | null;
  editable: boolean;
};

/** Its leader decides for the own organisation, an administrator for all in reach. */
const permissionFor = (ctx: Ctx, organisation: string): Permission =>
  ctx.actor.organisation === organisation && ctx.actor.kind === 'person' && ctx.actor.role === 'leader'
    ? 'reports:approve'
    : 'settings:write';

/** @throws DomainError `organisation.not_found` outside the reach */
export async function getApproval(ctx: Ctx, organisation: string): Promise<Approval> {
  mustReach(ctx, organisation);
  return inSnapshot(ctx, async (tx) => {
    const [row] = await tx.select().from(approvals).where(eq(approvals.organisation, organisation));
    const own = ctx.actor.organisation === organisation;
    const waits = and(eq(proposals.organisation, organisation), eq(proposals.state, 'proposed'));
    return {
      required: row?.required ?? false,
      changedAt: row?.changedAt ?? null,
      changedByName: row?.changedByName ?? null,
      open: own ? await tx.$count(proposals, waits) : null,
      editable: ctx.actor.kind === 'system' || grants(ctx.actor.role).includes(permissionFor(ctx, organisation)),
    };
  });
}

/**
 * Sets whether what an organisation reports goes out only after its leader approved it. What waits when it is turned off stays, to be
 * approved or taken back.
 * @throws DomainError `access.role` | `organisation.not_found` | `approval.no_leader`
 */
export async function setApproval(ctx: Ctx, input: { organisation: string; required: boolean }): Promise<void> {
  const { organisation, required } = input;
  may(ctx, permissionFor(ctx, organisation));
  mustReach(ctx, organisation);
  await inTransaction(ctx, async (tx) => {
    if (required) await mustHaveLeader(tx, ctx, organisation);
    const row = { required, changedAt: isoInstant(ctx.clock.now()), changedByName: ctx.actor.name };
    const [before] = await tx.select({ required: approvals.required }).from(approvals).where(eq(approvals.organisation, organisation));
    await tx
      .insert(approvals)
      .values({ organisation, ...row })
      .onConflictDoUpdate({ target: approvals.organisation, set: row });
    await record(tx, ctx, {
      action: 'approvals.changed',
      subject: { kind: 'organisation', id: organisation },
      concerns: organisation,
      before: { required: before?.required ?? false },
      after: { required },
    });
  });
}

async function mustHaveLeader(tx: Tx, ctx: Ctx, organisation: string): Promise<void> {
  const today = dayOf(ctx.clock.now()).toString();
  const [leader] = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .where(
      and(
        eq(memberships.organisation, organisation),
        eq(memberships.role, 'leader'),
        lte(memberships.validFrom, today),
        or(isNull(memberships.validTo), gt(memberships.validTo, today)),
      ),
    )
    .limit(1);
  if (leader) return;
  throw invalid('approval.no_leader', 'required', {
    vi: 'Đơn vị chưa có tài khoản vai trò Lãnh đạo, nên không ai duyệt được. Cấp vai trò đó trước.',
    en: 'The organisation has nobody in the role of leader, so nobody could approve. Grant that role first.',
  });
}

/** Whether the organisation's own results need approval at all. */
export async function isRequired(tx: Tx, organisation: string): Promise<boolean> {
  const [row] = await tx.select({ required: approvals.required }).from(approvals).where(eq(approvals.organisation, organisation));
  return row?.required ?? false;
}

/**
 * Whether what the organisation's own people write is kept to themselves until it is sent. What another organisation enters for it is that
 * one's own and always seen.
 */
export async function isHeld(tx: Tx, ctx: Ctx, organisation: string): Promise<boolean> {
  return ctx.actor.organisation === organisation && (await isRequired(tx, organisation));
}

/** Whether the actor's submission goes to the leader first; a leader's own goes straight. */
export async function needsApproval(tx: Tx, ctx: Ctx, organisation: string): Promise<boolean> {
  const isLeader = ctx.actor.kind === 'system' || grants(ctx.actor.role).includes('reports:approve');
  return !isLeader && isHeld(tx, ctx, organisation);
}

type Answered = { state: TaskState; answer: string | null; declared: string | null };

/** An answer as a reader may see it: what waits for the agency's leader is the agency's alone. @param isForeign of `isForeign` */
export function seenAnswer({ state, answer, declared }: Answered, isForeign: boolean): string | null {
  return isForeign && declared === null && (TODO_STATES as readonly TaskState[]).includes(state) ? null : answer;
}

/** Whether drafts of the organisation are not the actor's to read. */
export async function isForeign(tx: Tx, ctx: Ctx, organisation: string): Promise<boolean> {
  return ctx.actor.organisation !== organisation && (await isRequired(tx, organisation));
}

/** The same as `seenAnswer`, where many organisations are read at once. */
export const seenAnswers = (ctx: Ctx): SQL<string | null> => sql`
  case when ${tasks.state} in ('assigned', 'in-progress', 'more-asked') and ${tasks.declared} is null
    and ${tasks.organisation} <> ${ctx.actor.organisation}::uuid
    and exists (select from ${approvals} where ${approvals.organisation} = ${tasks.organisation} and ${approvals.required})
  then null else ${tasks.answer} end`;
