import { actorKey, dayOf, newId, ZONE } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, eq, gte, isNull, lt, or, sql } from 'drizzle-orm';
import { grants, may, memberships, reachOf } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { followed } from './internal.ts';
import { makeReport } from './make.ts';
import { summarySchedules } from './tables.ts';

export type Schedule = { hour: number; minute: number; until: string };

/** A quick report every day at an hour, until a day; one schedule a directive. null ends it. */
export async function scheduleReports(ctx: Ctx, directive: string, schedule: Schedule | null): Promise<void> {
  may(ctx, 'reports:write');
  await inTransaction(ctx, async (tx) => {
    const head = await followed(tx, ctx, directive);
    const own = and(eq(summarySchedules.directive, directive), eq(summarySchedules.organisation, head.overseer));
    const [before] = await tx.delete(summarySchedules).where(own).returning();
    if (schedule !== null)
      await tx.insert(summarySchedules).values({
        ...schedule,
        id: newId(),
        organisation: head.overseer,
        directive,
        // What is due at the hour of today has been made, or is not wanted any more today.
        lastDay: before?.lastDay ?? null,
        person: actorKey(ctx.actor),
        personName: ctx.actor.name,
      });
    const { hour, minute, until } = schedule ?? {};
    await record(tx, ctx, {
      action: 'reports.scheduled',
      subject: { kind: 'directive', id: directive },
      before,
      after: schedule && { hour, minute, until },
    });
  });
}

/** The schedule of a directive, null where there is none. */
export async function scheduleOf(ctx: Ctx, directive: string): Promise<(Schedule & { personName: string }) | null> {
  return inSnapshot(ctx, async (tx) => {
    const { hour, minute, until, personName } = summarySchedules;
    const [row] = await tx
      .select({ hour, minute, until, personName })
      .from(summarySchedules)
      .where(eq(summarySchedules.directive, directive));
    return row ?? null;
  });
}

/**
 * Makes the reports whose hour has come today, each with the reach of the organisation that asked for it; whoever set it must
 * still hold a role there that may. Taken with a conditional update, so that two runs make one.
 * @returns how many were made
 */
export async function runSchedules(house: Ctx): Promise<number> {
  const now = house.clock.now().toZonedDateTimeISO(ZONE);
  const today = dayOf(house.clock.now()).toString();
  const due = await inTransaction(house, (tx) =>
    tx
      .update(summarySchedules)
      .set({ lastDay: today })
      .where(
        and(
          or(isNull(summarySchedules.lastDay), lt(summarySchedules.lastDay, today)),
          gte(summarySchedules.until, today),
          sql`${summarySchedules.hour} * 60 + ${summarySchedules.minute} <= ${now.hour * 60 + now.minute}`,
        ),
      )
      .returning(),
  );
  let made = 0;
  for (const { organisation, directive, person, personName } of due) {
    const role = await roleOf(house, { organisation, person, today });
    if (role === null) continue;
    const scope = await reachOf(house.stores.pool, organisation, today);
    const actor = { kind: 'person' as const, id: person, name: personName, organisation, role };
    await makeReport({ ...house, scope, actor }, { directive, kind: 'quick' });
    made++;
  }
  return made;
}

async function roleOf(house: Ctx, { organisation, person, today }: { organisation: string; person: string; today: string }) {
  const held = await inSnapshot(house, (tx) =>
    tx
      .select({ role: memberships.role })
      .from(memberships)
      .where(
        and(
          eq(memberships.organisation, organisation),
          eq(memberships.person, person),
          sql`${memberships.validFrom} <= ${today}`,
          or(isNull(memberships.validTo), sql`${memberships.validTo} > ${today}`),
        ),
      ),
  );
  return held.find(({ role }) => grants(role).includes('reports:write'))?.role ?? null;
}
