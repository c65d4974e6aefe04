import { dayOf, invalid, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { may, memberships } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { people } from '../identity/index.ts';
import { mustBeInForce, mustBeOwn, note, type Part, receiptOf } from './internal.ts';
import { LIVE_STATES } from './model.ts';
import { partOf } from './receipt.ts';
import { tasks } from './tables.ts';

export type Assignable = { id: string; name: string; position: string | null };

/** The people of the acting organisation who can be given work today. */
export async function listAssignable(ctx: Ctx): Promise<Assignable[]> {
  may(ctx, 'tasks:work');
  return inSnapshot(ctx, (tx) => assignable(tx, ctx, ctx.actor.organisation));
}

async function assignable(tx: Tx, ctx: Ctx, organisation: string, person?: string): Promise<Assignable[]> {
  const today = dayOf(ctx.clock.now()).toString();
  return tx
    .selectDistinct({ id: people.id, name: people.name, position: people.position })
    .from(people)
    .innerJoin(memberships, eq(memberships.person, people.id))
    .where(
      and(
        eq(memberships.organisation, organisation),
        inArray(memberships.role, ['desk', 'officer', 'operator', 'analyst', 'leader']),
        lte(memberships.validFrom, today),
        or(isNull(memberships.validTo), gt(memberships.validTo, today)),
        isNull(people.disabledAt),
        person === undefined ? undefined : eq(people.id, person),
      ),
    )
    .orderBy(asc(people.name));
}

/**
 * Phân công: gives tasks to a person of the own organisation, or takes them back with null.
 * @throws DomainError `work.person_unknown` | `work.not_own`
 */
export async function assignTask(ctx: Ctx, input: Part & { tasks: readonly string[]; person: string | null }): Promise<void> {
  may(ctx, 'tasks:work');
  mustBeOwn(ctx, input);
  await inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    await mustBeInForce(tx, input.directive);
    const name = input.person === null ? null : await nameOf(tx, ctx, { organisation: input.organisation, person: input.person });
    const rows = await tx
      .update(tasks)
      .set({ assignee: input.person })
      .where(
        and(
          eq(tasks.directive, input.directive),
          eq(tasks.organisation, input.organisation),
          inArray(tasks.id, [...input.tasks]),
          inArray(tasks.state, [...LIVE_STATES]),
        ),
      )
      .returning({ id: tasks.id });
    if (rows.length < new Set(input.tasks).size) throw notFound('work');
    const act = name === null ? ('unassigned' as const) : ('assigned' as const);
    await note(
      tx,
      ctx,
      rows.map(({ id }) => ({
        ...partOf(receipt),
        task: id,
        act,
        note: name,
        data: input.person === null ? {} : { person: input.person },
      })),
    );
    await record(tx, ctx, {
      action: `tasks.${act}_person`,
      subject: { kind: 'receipt', id: receipt.id },
      after: { tasks: rows.map(({ id }) => id), person: input.person },
    });
  });
}

async function nameOf(tx: Tx, ctx: Ctx, { organisation, person }: { organisation: string; person: string }): Promise<string> {
  const [found] = await assignable(tx, ctx, organisation, person);
  if (found) return found.name;
  throw invalid('work.person_unknown', 'person', {
    vi: 'Người này không có vai trò trong đơn vị vào hôm nay. Chọn người khác.',
    en: 'This person has no role in the organisation today. Choose somebody else.',
  });
}
