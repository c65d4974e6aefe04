import { compareVietnamese } from '@vonggac/kernel';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { and, asc, eq, ne } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { requirements } from '../directives/index.ts';
import { receiptOf } from './internal.ts';
import { freedomOf } from './move-answer-plan.ts';
import { reviewable } from './review.ts';
import { receipts, reports, tasks } from './tables.ts';

export type AnswerTargets = {
  organisation: { id: string; name: string };
  path: string;
  /** The signed report that it stands in, with every item that this covers. */
  report: { code: string; paths: string[] } | null;
  /** Who else has the item: whether it is free to take the answer, has begun one or given one, and has received the document. */
  candidates: { id: string; name: string; state: 'free' | 'draft' | 'answered'; received: boolean }[];
};

/** To whom the answer of a task can be moved. @throws DomainError `work.not_found` | `work.not_overseer` */
export async function answerTargets(ctx: Ctx, id: string): Promise<AnswerTargets> {
  may(ctx, 'directives:follow');
  return inSnapshot(ctx, async (tx) => {
    await reviewable(tx, ctx, [id]);
    const [task] = await tx
      .select({ task: tasks, path: requirements.path })
      .from(tasks)
      .innerJoin(requirements, eq(requirements.id, tasks.requirement))
      .where(eq(tasks.id, id));
    const { organisation, directive, requirement, report } = task!.task;
    const receipt = await receiptOf(tx, { directive, organisation });
    const others = await tx
      .select({
        id: tasks.organisation,
        name: receipts.organisationName,
        state: tasks.state,
        answer: tasks.answer,
        receipt: receipts.state,
      })
      .from(tasks)
      .innerJoin(receipts, and(eq(receipts.directive, tasks.directive), eq(receipts.organisation, tasks.organisation)))
      .where(and(eq(tasks.requirement, requirement), ne(tasks.organisation, organisation), ne(tasks.state, 'withdrawn')));
    const covered =
      report === null
        ? []
        : await tx
            .select({ code: reports.code, path: requirements.path })
            .from(tasks)
            .innerJoin(requirements, eq(requirements.id, tasks.requirement))
            .innerJoin(reports, eq(reports.id, tasks.report))
            .where(and(eq(tasks.report, report), eq(tasks.organisation, organisation)))
            .orderBy(asc(requirements.position));
    return {
      organisation: { id: organisation, name: receipt.organisationName },
      path: task!.path,
      report: covered[0] === undefined ? null : { code: covered[0].code, paths: covered.map(({ path }) => path) },
      candidates: others
        .map((one) => ({ id: one.id, name: one.name, state: freedomOf(one.state, one.answer), received: one.receipt === '03' }))
        .toSorted((a, b) => compareVietnamese(a.name, b.name)),
    };
  });
}
