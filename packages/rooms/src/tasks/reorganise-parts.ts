import { isoInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type Holding, namesOf } from '../organisations/index.ts';
import { note } from './internal.ts';
import { handToSuccessor } from './reorganise.ts';
import { parts } from './tables.ts';

const isOpen = (organisation: string) => and(eq(parts.organisation, organisation), eq(parts.state, 'given'));

/**
 * Open parts of a unit that ends: what its superior handed down, what it supports another organisation in. They go on with the successor
 * under the same words and files; where that one has the same part already or gave it itself, the part ends. Answered parts stay under the
 * old name. Those that nobody takes wait with whoever gave them, who can also take them back.
 */
export const liveParts: Holding = {
  kind: 'parts',
  name: { vi: 'Phần việc được giao, phối hợp', en: 'Work handed down or supported' },
  count: async (tx, organisation) => tx.$count(parts, isOpen(organisation)),
  move: (tx, ctx, from, to, on) => moveParts(tx, ctx, { from, to, on, which: isOpen(from)! }),
  leaving: {
    waits: (row, organisation) =>
      sql`exists (select 1 from ${parts} p where p.id = ${row} and p.organisation = ${organisation} and p.state = 'given')`,
    lapses: true,
    handOn: (tx, ctx, rows, { from, to, on }) => {
      const ids = rows.map(({ row }) => row);
      return moveParts(tx, ctx, { from, to, on, which: and(isOpen(from), inArray(parts.id, ids))! });
    },
  },
  rows: async (tx, organisation) => {
    const rows = await tx.select().from(parts).where(isOpen(organisation)).orderBy(asc(parts.givenAt), asc(parts.path));
    return rows.map(({ id, giver, path, code, subject }) => ({
      id,
      overseer: giver,
      text: {
        vi: `${code ?? 'Văn bản chưa có số'}, mục ${path}, phần việc được giao: ${subject}`,
        en: `${code ?? 'Unnumbered document'}, item ${path}, work handed down: ${subject}`,
      },
    }));
  },
  moveRow: (tx, ctx, row, { from, to, on }) => moveParts(tx, ctx, { from, to, on, which: and(isOpen(from), eq(parts.id, row))! }),
};

type Moving = { from: string; to: string | null; on: string; which: SQL };
type PartRow = typeof parts.$inferSelect;

async function moveParts(tx: Tx, ctx: Ctx, { from, to, on, which }: Moving): Promise<void> {
  const rows = await tx.select().from(parts).where(which).orderBy(asc(parts.id)).for('update');
  if (rows.length === 0) return;
  if (to !== null) await handOn(tx, ctx, { from, to, on, rows });
  const known = rows.filter(({ giver, overseer }) => reaches(ctx, giver) || reaches(ctx, overseer));
  await note(
    tx,
    ctx,
    known.map(({ directive, giver, overseer, task }) => ({ directive, organisation: giver, overseer, task, act: 'part-moved' as const })),
  );
  await record(tx, ctx, {
    action: 'parts.moved',
    subject: { kind: 'organisation', id: from },
    concerns: to ?? undefined,
    after: { parts: rows.map(({ id }) => id), to, on },
  });
}

type Handing = { from: string; to: string; on: string; rows: readonly PartRow[] };

async function handOn(tx: Tx, ctx: Ctx, { from, to, on, rows }: Handing): Promise<void> {
  const name = (await namesOf(tx, [to], on)).get(to)?.qualifiedName ?? to;
  const twins = await tx
    .select({ task: parts.task, period: parts.period })
    .from(parts)
    .where(
      and(
        eq(parts.organisation, to),
        sql`${parts.state} <> 'taken-back'`,
        inArray(
          parts.task,
          rows.map(({ task }) => task),
        ),
      ),
    );
  const own = await tasksOf(tx, { from, to, rows });
  const ends = (row: PartRow) =>
    row.giver === to || twins.some(({ task, period }) => task === row.task && period === row.period) || own.get(row.id)?.twin != null;
  const ending = rows.filter(ends).map(({ id }) => id);
  if (ending.length > 0)
    await tx
      .update(parts)
      .set({
        state: 'taken-back',
        takenBackAt: isoInstant(ctx.clock.now()),
        takenBackReason: `Đơn vị đã sắp xếp lại; ${name} đã có nội dung này.`,
      })
      .where(inArray(parts.id, ending));
  const moving = rows.filter((row) => !ends(row));
  const supports = moving.flatMap(({ id }) => own.get(id) ?? []);
  if (supports.length > 0) await handToSuccessor(tx, ctx, { from, to, on, rows: supports });
  if (moving.length > 0)
    await tx
      .update(parts)
      .set({ organisation: to, organisationName: sql`case when ${parts.organisationName} is not null then ${name} end` })
      .where(
        inArray(
          parts.id,
          moving.map(({ id }) => id),
        ),
      );
}

type Own = { id: string; directive: string; overseer: string; twin: string | null };

/** The tasks of its own that stand back while a unit supports another one: who takes the support over has them then. By part. */
async function tasksOf(tx: Tx, { from, to, rows }: Pick<Handing, 'from' | 'to' | 'rows'>): Promise<Map<string, Own>> {
  const ids = rows.flatMap(({ supportTask }) => supportTask ?? []);
  if (ids.length === 0) return new Map();
  const found = await tx.execute<Own>(sql`
    select t.id, t.directive, t.overseer, (select s.id from tasks s where s.requirement = t.requirement and s.organisation = ${to}::uuid) as twin
    from tasks t where t.id = any(${sql.param(ids)}::uuid[]) and t.organisation = ${from} for update`);
  return new Map(rows.flatMap(({ id, supportTask }) => found.rows.filter((row) => row.id === supportTask).map((row) => [id, row])));
}
