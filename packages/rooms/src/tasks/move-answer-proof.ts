import { newId } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray, notInArray, type SQL, sql } from 'drizzle-orm';
import { keepDeclared } from './declare/put-declared.ts';
import type { Pair, Planned } from './move-answer-plan.ts';
import { declarations, evidence, history, reports, type tasks } from './tables.ts';

type Declared = (typeof tasks.$inferSelect)['declared'];

/**
 * The signed report and the files go where the answer goes: readable there and no longer where they were. A file that also proves what
 * stays is copied. @returns under which id the proof of a declaration stands now
 */
export async function moveFiles(tx: Tx, plan: Planned): Promise<Map<string, string>> {
  const { organisation } = plan.to;
  if (plan.withReport && plan.report !== null) {
    await tx.update(reports).set({ organisation }).where(eq(reports.id, plan.report.id));
    await tx
      .update(evidence)
      .set({ organisation })
      .where(and(eq(evidence.report, plan.report.id), eq(evidence.organisation, plan.from.organisation)));
  }
  for (const { source, target } of plan.pairs)
    await tx
      .update(evidence)
      .set({ organisation, task: target.id })
      .where(and(eq(evidence.task, source.id), eq(evidence.organisation, plan.from.organisation), belongsTo(source)));
  return moveProofs(tx, plan);
}

/** Under an answer that somebody else put in, what the organisation brought itself is its own. */
function belongsTo({ declared }: Pair['source']): SQL | undefined {
  if (declared === null) return undefined;
  return sql`not exists (select from ${history} h where h.act = 'evidence-added' and h.directive = ${evidence.directive}
    and h.data ->> 'file' = ${evidence.id}::text and h.data ->> 'source' is null)`;
}

async function moveProofs(tx: Tx, { pairs, from, to }: Planned): Promise<Map<string, string>> {
  const moved = new Map<string, string>();
  const tasksMoved = pairs.map(({ source }) => source.id);
  for (const proof of new Set(pairs.flatMap(({ said }) => said?.proof ?? []))) {
    const [file] = await tx.select().from(evidence).where(eq(evidence.id, proof));
    if (file === undefined || file.organisation !== from.organisation) continue;
    const provesMore = await tx.$count(
      declarations,
      and(
        eq(declarations.proof, proof),
        inArray(declarations.state, ['open', 'confirmed', 'contested']),
        notInArray(declarations.task, tasksMoved),
      ),
    );
    if (provesMore === 0 && file.report === null) {
      await tx.update(evidence).set({ organisation: to.organisation }).where(eq(evidence.id, proof));
      continue;
    }
    const copy = newId();
    await tx.insert(evidence).values({ ...file, id: copy, organisation: to.organisation, task: null, report: null });
    moved.set(proof, copy);
  }
  return moved;
}

type Moving = { pair: Pair; plan: Planned; at: string; proofs: ReadonlyMap<string, string> };

/**
 * Who says the answer, at the right organisation: it has not said so itself, so that it is asked to confirm. Moved back, it is again what
 * it was. @returns what the task is marked with
 */
export async function moveDeclared(tx: Tx, ctx: Ctx, { pair, plan, at, proofs }: Moving): Promise<Declared> {
  const { source, target, said } = pair;
  const home = said?.data.moved?.task === target.id ? said.data.moved : null;
  if (said !== null)
    await tx
      .update(declarations)
      .set({ state: 'moved', decidedAt: at, decidedByName: ctx.actor.name })
      .where(and(eq(declarations.id, said.id), eq(declarations.state, 'open')));
  if (home !== null && (home.declared === null || home.declared === 'contested')) return home.declared;
  const { state, answer, answeredAt, declared, requestedDue } = target;
  const { via = 'other', who = null, note = null, proof = null, file = null } = said ?? {};
  await keepDeclared(tx, ctx, {
    receipt: plan.to,
    way: {
      via,
      who,
      saidAt: said?.saidAt ?? source.answeredAt ?? source.changedAt,
      note,
      proof: proof === null ? null : (proofs.get(proof) ?? proof),
      file,
    },
    items: [
      {
        task: target.id,
        answer: source.answer ?? '',
        done: said?.data.done ?? (source.state === 'in-progress' ? 'doing' : 'done'),
        day: said?.data.day ?? null,
        code: said?.data.code ?? (plan.withReport ? (plan.report?.code ?? null) : null),
        remark: said?.data.remark ?? null,
        extra: said?.data.extra ?? {},
        before: { state, answer, answeredAt, declared, requestedDue },
        moved: { task: source.id, declared: source.declared },
      },
    ],
  });
  return via === 'file' ? 'file' : 'desk';
}
