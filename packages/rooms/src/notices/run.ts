import { dayOf, isoInstant } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, eq, isNotNull } from 'drizzle-orm';
import { reachOf } from '../access/index.ts';
import { openExercise } from '../exercises/index.ts';
import { listsSince } from './facts.ts';
import { dueOf, intervalOf } from './interval.ts';
import type { Rule } from './model.ts';
import { nothing, type Run, runRule } from './send.ts';
import { noticeRules, noticeRuns } from './tables.ts';

/** How long after a list was finished a notice still goes out because of it. @unit hours */
const LIST_HOURS = 7 * 24;

/**
 * What has come due of every rule, each with the reach of its authority. A run that broke off is gone on with; what one rule cannot do
 * keeps no other from running, and is thrown at the end.
 * @returns how many notices were made
 */
export async function runNotices(house: Ctx): Promise<number> {
  const rules = await inSnapshot(house, (tx) => tx.select().from(noticeRules).where(eq(noticeRules.active, true)));
  let made = 0;
  let problem: unknown = null;
  const due: { ctx: Ctx; rule: Rule; run: Run }[] = [];
  const trying = async (work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) => {
      problem ??= error;
    });
  for (const rule of rules)
    await trying(async () => {
      const ctx = await actingFor(house, rule);
      for (const run of await inSnapshot(ctx, (tx) => dueRuns(tx, ctx, rule))) due.push({ ctx, rule, run });
    });
  // What tells everything goes before what tells only what was seen again: they may share the interval of a list.
  for (const { ctx, rule, run } of due.toSorted((a, b) => Number(a.run.onlyAgain) - Number(b.run.onlyAgain)))
    await trying(async () => {
      const tally = nothing();
      await runRule(ctx, rule, run, { refresh: async (same) => same, stopping: () => false, tally });
      made += tally.notices;
    });
  if (problem !== null) throw problem;
  return made;
}

async function actingFor(house: Ctx, { organisation }: Rule): Promise<Ctx> {
  const scope = await reachOf(house.stores.pool, organisation, dayOf(house.clock.now()).toString());
  return { ...house, scope, actor: { kind: 'system', name: 'Thông báo theo quy tắc', organisation } };
}

async function dueRuns(tx: Tx, ctx: Ctx, rule: Rule): Promise<Run[]> {
  if (rule.exercise !== null && !(await isRunning(tx, ctx, rule.exercise))) return [];
  const now = ctx.clock.now();
  const activeFrom = Temporal.Instant.from(rule.activeFrom);
  const due = dueOf(rule, now, activeFrom);
  const runs: Run[] = due === null ? [] : [{ interval: intervalOf(rule, due), onlyAgain: false, trigger: 'schedule' }];
  if (rule.interval === 'list' || rule.relapse === 'at-once') {
    const late = now.subtract({ hours: LIST_HOURS });
    const since = isoInstant(Temporal.Instant.compare(late, activeFrom) > 0 ? late : activeFrom);
    for (const list of await listsSince(tx, rule, since))
      runs.push({ interval: intervalOf(rule, `list:${list}`), onlyAgain: rule.interval !== 'list', trigger: 'schedule' });
  }
  if (runs.length === 0) return [];
  const done = await tx
    .select({ interval: noticeRuns.interval })
    .from(noticeRuns)
    .where(and(eq(noticeRuns.rule, rule.id), eq(noticeRuns.trigger, 'schedule'), isNotNull(noticeRuns.finishedAt)));
  const finished = new Set(done.map(({ interval }) => interval));
  return runs.filter(({ interval }) => !finished.has(interval));
}

/** One that is over, or is not there any more, has nothing to send. */
async function isRunning(tx: Tx, ctx: Ctx, exercise: string): Promise<boolean> {
  return openExercise(tx, ctx, exercise).then(
    () => true,
    () => false,
  );
}
