import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, desc, eq } from 'drizzle-orm';
import { grants } from '../../access/index.ts';
import { requirements } from '../../directives/index.ts';
import type { DeclaredData } from '../answer-sheet/model.ts';
import { type Part, receiptOf } from '../internal.ts';
import { answerFiles, declarations, evidence, tasks } from '../tables.ts';

type Row = typeof declarations.$inferSelect;
export type DeclarationView = Pick<
  Row,
  'id' | 'task' | 'via' | 'who' | 'saidAt' | 'note' | 'enteredAt' | 'enteredByName' | 'state' | 'decidedAt' | 'decidedByName' | 'reason'
> &
  Omit<DeclaredData, 'before'> & {
    path: string;
    proof: { id: string; name: string } | null;
    file: { id: string; name: string } | null;
  };

/** Everything that was put in for an organisation in one directive, newest first; what was replaced or contested stays. */
export async function listDeclarations(ctx: Ctx, part: Part): Promise<{ items: DeclarationView[]; total: number; canDecide: boolean }> {
  return inSnapshot(ctx, async (tx) => {
    await receiptOf(tx, part);
    const items = await declarationsOf(tx, part);
    const own = ctx.actor.organisation === part.organisation;
    return { items, total: items.length, canDecide: own && ctx.actor.kind === 'person' && grants(ctx.actor.role).includes('tasks:work') };
  });
}

/** `task` keeps those of one item. */
export async function declarationsOf(tx: Tx, { directive, organisation, task }: Part & { task?: string }): Promise<DeclarationView[]> {
  const rows = await tx
    .select({ row: declarations, path: requirements.path, proofName: evidence.name, fileName: answerFiles.name })
    .from(declarations)
    .innerJoin(tasks, eq(tasks.id, declarations.task))
    .innerJoin(requirements, eq(requirements.id, tasks.requirement))
    .leftJoin(evidence, eq(evidence.id, declarations.proof))
    .leftJoin(answerFiles, eq(answerFiles.id, declarations.file))
    .where(
      and(
        eq(declarations.directive, directive),
        eq(declarations.organisation, organisation),
        task === undefined ? undefined : eq(declarations.task, task),
      ),
    )
    .orderBy(desc(declarations.enteredAt), desc(declarations.id))
    .limit(1000);
  return rows.map(({ row, path, proofName, fileName }) => {
    const { answer, done, day, code, remark, extra } = row.data;
    return {
      id: row.id,
      task: row.task,
      path,
      via: row.via,
      who: row.who,
      saidAt: row.saidAt,
      note: row.note,
      answer,
      done,
      day,
      code,
      remark,
      extra,
      enteredAt: row.enteredAt,
      enteredByName: row.enteredByName,
      state: row.state,
      decidedAt: row.decidedAt,
      decidedByName: row.decidedByName,
      reason: row.reason,
      proof: row.proof === null || proofName === null ? null : { id: row.proof, name: proofName },
      file: row.file === null || fileName === null ? null : { id: row.file, name: fileName },
    };
  });
}
