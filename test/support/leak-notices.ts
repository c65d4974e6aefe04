import { addRule, listNotices, sendNow } from '@vonggac/rooms/notices';
import type { Ctx } from '@vonggac/store';

/** A rule of who oversees an organisation, and the notice that came of it; no contact has its role, so that no mail waits. @param rule its name, a mark */
export async function seedNotice(
  desk: Ctx,
  { organisation, rule: name }: { organisation: string; rule: string },
): Promise<{ rule: string; notice: string }> {
  const when = { interval: 'weekly', hour: 8, minute: 0, weekday: 1, monthday: 1 } as const;
  const which = { threshold: 1, quietDays: 0, relapse: 'as-others', relapseDays: 0 } as const;
  const { id: rule } = await addRule(desk, {
    ...when,
    ...which,
    usages: [],
    families: [],
    units: [],
    name,
    active: true,
    whileAnswered: false,
    whilePostponed: false,
    roles: ['records'],
    test: false,
    exercise: null,
  });
  await sendNow(desk, rule, { refresh: async (same) => same, wait: 60_000 });
  const { items } = await listNotices(desk, { side: 'overseer', organisation, page: 1, size: 1 });
  return { rule, notice: items[0]!.id };
}
