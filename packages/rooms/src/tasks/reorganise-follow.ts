import { isoInstant, newId } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { closeParts } from './close-parts.ts';
import { declarations, evidence, parts } from './tables.ts';

type Following = { from: string; to: string; name: string; tasks: readonly string[]; directives: readonly string[] };

const ENDED = 'Đơn vị giao đã sắp xếp lại; đơn vị kế thừa thực hiện nội dung này.';

/**
 * What goes along with tasks that a successor takes over: the parts that were handed to units, now given by the successor, and what was
 * declared, so that the successor can confirm or contest it. Parts of tasks that ended end with them.
 */
export async function followTasks(tx: Tx, ctx: Ctx, { from, to, name, tasks, directives }: Following): Promise<void> {
  const at = isoInstant(ctx.clock.now());
  for (const directive of directives) await closeParts(tx, directive, { at, reason: ENDED });
  if (tasks.length === 0) return;
  const given = and(inArray(parts.task, [...tasks]), eq(parts.giver, from));
  // Nobody hands work to itself.
  await tx
    .update(parts)
    .set({ state: 'taken-back', takenBackAt: at, takenBackReason: ENDED })
    .where(and(given, eq(parts.organisation, to), ne(parts.state, 'taken-back')));
  await tx
    .update(parts)
    .set({ giver: to, giverName: sql`case when ${parts.giverName} is not null then ${name} end` })
    .where(and(given, ne(parts.state, 'taken-back')));
  await followDeclared(tx, { from, to, tasks });
}

async function followDeclared(tx: Tx, { from, to, tasks }: Pick<Following, 'from' | 'to' | 'tasks'>): Promise<void> {
  const its = and(inArray(declarations.task, [...tasks]), eq(declarations.organisation, from));
  const rows = await tx.select({ id: declarations.id, proof: declarations.proof }).from(declarations).where(its);
  await tx.update(declarations).set({ organisation: to }).where(its);
  const proofs = new Set(rows.flatMap(({ proof }) => proof ?? []));
  for (const proof of proofs)
    await tx
      .update(declarations)
      .set({ proof: await proofOf(tx, proof, to) })
      .where(
        and(
          eq(declarations.proof, proof),
          inArray(
            declarations.id,
            rows.map(({ id }) => id),
          ),
        ),
      );
}

/** The same file as the successor's: the copy that went along with the task, else one made now. */
async function proofOf(tx: Tx, proof: string, to: string): Promise<string> {
  const [file] = await tx.select().from(evidence).where(eq(evidence.id, proof));
  if (file === undefined || file.organisation === to) return proof;
  const [copied] = await tx
    .select({ id: evidence.id })
    .from(evidence)
    .where(
      and(
        eq(evidence.directive, file.directive),
        eq(evidence.organisation, to),
        eq(evidence.sha256, file.sha256),
        eq(evidence.name, file.name),
        file.task === null ? isNull(evidence.task) : eq(evidence.task, file.task),
      ),
    )
    .limit(1);
  if (copied) return copied.id;
  const id = newId();
  await tx.insert(evidence).values({ ...file, id, organisation: to, report: null });
  return id;
}
