import { actorKey, fixedHolidays, type Text, type WorkCalendar } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, asc, eq, gte, lt } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { has } from './internal.ts';
import { holidays } from './tables.ts';

export type CalendarDay = { day: string; kind: 'off' | 'work'; name: Text; fixed: boolean };

/** What was entered of days off and worked, for the pure functions of the kernel. */
export async function workCalendar(tx: Tx): Promise<WorkCalendar> {
  const rows = await tx.select({ day: holidays.day, kind: holidays.kind }).from(holidays);
  const of = (kind: 'off' | 'work'): Set<string> => new Set(rows.filter((row) => row.kind === kind).map(({ day }) => day));
  return { off: of('off'), work: of('work') };
}

/** The calendar of a year: holidays fixed by law, and what was entered for the year, which counts before them. */
export async function listHolidays(ctx: Ctx, year: number): Promise<{ items: CalendarDay[]; can: { write: boolean } }> {
  const rows = await inSnapshot(ctx, (tx) =>
    tx
      .select()
      .from(holidays)
      .where(and(gte(holidays.day, `${year}-01-01`), lt(holidays.day, `${year + 1}-01-01`)))
      .orderBy(asc(holidays.day)),
  );
  const entered = rows.map(({ day, kind, nameVi, nameEn }): CalendarDay => ({ day, kind, name: { vi: nameVi, en: nameEn }, fixed: false }));
  const fixed = fixedHolidays(year).filter(({ day }) => !entered.some((one) => one.day === day));
  const shipped = fixed.map(({ day, vi, en }): CalendarDay => ({ day, kind: 'off', name: { vi, en }, fixed: true }));
  const items = [...entered, ...shipped].toSorted((a, b) => (a.day < b.day ? -1 : 1));
  return { items, can: { write: has(ctx, 'settings:write') } };
}

/** Enters a day off or a day worked in its stead; a day that is there already is changed. */
export async function setHoliday(ctx: Ctx, day: string, { kind, name }: { kind: 'off' | 'work'; name: Text }): Promise<{ day: string }> {
  may(ctx, 'settings:write');
  return inTransaction(ctx, async (tx) => {
    const [before] = await tx.select().from(holidays).where(eq(holidays.day, day));
    const row = { kind, nameVi: name.vi, nameEn: name.en, writtenBy: actorKey(ctx.actor) };
    await tx
      .insert(holidays)
      .values({ day, ...row })
      .onConflictDoUpdate({ target: holidays.day, set: row });
    await record(tx, ctx, {
      action: 'calendar.day_set',
      subject: { kind: 'day', id: day },
      before: before && { kind: before.kind, name: before.nameVi },
      after: { kind, name: name.vi },
    });
    return { day };
  });
}

/** Takes an entered day out; a holiday fixed by law is one again. */
export async function removeHoliday(ctx: Ctx, day: string): Promise<{ day: string }> {
  may(ctx, 'settings:write');
  return inTransaction(ctx, async (tx) => {
    const [gone] = await tx.delete(holidays).where(eq(holidays.day, day)).returning();
    if (gone)
      await record(tx, ctx, {
        action: 'calendar.day_removed',
        subject: { kind: 'day', id: day },
        before: { kind: gone.kind, name: gone.nameVi },
      });
    return { day };
  });
}
