import { type Ctx, inSnapshot } from '@vonggac/store';
import { desc, eq, getTableColumns } from 'drizzle-orm';
import { unitNamesOf } from '../organisations/index.ts';
import type { Why } from './decide.ts';
import { today } from './facts.ts';
import { isAlive, type RunState, stateOf } from './runs-state.ts';
import { ruleWithin } from './send.ts';
import { noticeRuns } from './tables.ts';

export type RunView = {
  id: string;
  at: string;
  by: string;
  test: boolean;
  state: RunState;
  /** It was asked to stop. */
  cancelling: boolean;
  /** Of so many organisations so many are looked at. */
  organisations: number;
  looked: number;
  notices: number;
  findings: number;
  held: { organisation: { id: string; name: string }; why: Why }[];
};

/** What a rule did, newest first, with whom it told nothing and why. */
export async function listRuns(
  ctx: Ctx,
  rule: string,
  { page, size }: { page: number; size: number },
): Promise<{ items: RunView[]; total: number }> {
  await ruleWithin(ctx, rule);
  return inSnapshot(ctx, async (tx) => {
    const where = eq(noticeRuns.rule, rule);
    const rows = await tx
      .select({ ...getTableColumns(noticeRuns), alive: isAlive })
      .from(noticeRuns)
      .where(where)
      .orderBy(desc(noticeRuns.at), desc(noticeRuns.id))
      .limit(size)
      .offset((page - 1) * size);
    const names = await unitNamesOf(tx, [...new Set(rows.flatMap(({ held }) => held.map(({ organisation }) => organisation)))], today(ctx));
    const items = rows.map(({ held, ...run }) => ({
      id: run.id,
      at: run.at,
      by: run.by,
      test: run.test,
      notices: run.notices,
      findings: run.findings,
      organisations: run.organisations,
      looked: run.looked,
      state: stateOf(run),
      cancelling: run.finishedAt === null && run.cancelAsked,
      held: held.map(({ organisation, why }) => ({
        why,
        organisation: { id: organisation, name: names.get(organisation) ?? '' },
      })),
    }));
    return { items, total: await tx.$count(noticeRuns, where) };
  });
}
