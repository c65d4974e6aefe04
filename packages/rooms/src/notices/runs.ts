import { type Ctx, inSnapshot } from '@vonggac/store';
import { desc, eq } from 'drizzle-orm';
import { namesOf } from '../organisations/index.ts';
import type { Why } from './decide.ts';
import { today } from './facts.ts';
import { ruleWithin } from './send.ts';
import { noticeRuns } from './tables.ts';

export type RunView = {
  id: string;
  at: string;
  by: string;
  test: boolean;
  done: boolean;
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
      .select()
      .from(noticeRuns)
      .where(where)
      .orderBy(desc(noticeRuns.at), desc(noticeRuns.id))
      .limit(size)
      .offset((page - 1) * size);
    const names = await namesOf(tx, [...new Set(rows.flatMap(({ held }) => held.map(({ organisation }) => organisation)))], today(ctx));
    const items = rows.map(({ id, at, by, test, finishedAt, notices, findings, held }) => ({
      id,
      at,
      by,
      test,
      notices,
      findings,
      done: finishedAt !== null,
      held: held.map(({ organisation, why }) => ({
        why,
        organisation: { id: organisation, name: names.get(organisation)?.qualifiedName ?? '' },
      })),
    }));
    return { items, total: await tx.$count(noticeRuns, where) };
  });
}
