import { createHash } from 'node:crypto';
import { actorKey, DomainError, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, isNull } from 'drizzle-orm';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { mustBeFree } from './approval/lock.ts';
import { isHeld } from './approval/setting.ts';
import { mustNotBeSecret } from './evidence-secrecy.ts';
import { cleanName, EVIDENCE_LIMIT, evidenceTypeOf } from './evidence-type.ts';
import { mayWorkFor, mustBeInForce, note, type Part, permissionOn, receiptOf, refusedAlready } from './internal.ts';
import { other, partOf } from './receipt.ts';
import { mustHaveEnded } from './periods/find.ts';
import { evidence, parts, tasks } from './tables.ts';

export type Evidence = typeof evidence.$inferSelect;

export type AddedEvidence = Part & {
  /** The item that it proves; the whole directive where left out. */
  task?: string | undefined;
  /** A reporting period of the task that has ended; the present one where left out. */
  period?: number | undefined;
  /** The signed report that it is the file of; its id is made by the sender. */
  report?: string | undefined;
  name: string;
  content: Uint8Array;
  source?: string | undefined;
};

/**
 * Takes a piece of evidence: judged by its content, stored under its SHA-256 and synced before the row that names it, never changed
 * afterwards. The same file sent again for the same item is the one that is there.
 * @throws DomainError `file.too_large`, `evidence.secret` and those of `evidenceTypeOf`
 */
export async function addEvidence(ctx: Ctx, input: AddedEvidence): Promise<Evidence> {
  may(ctx, permissionOn(ctx, input));
  await inTransaction(ctx, (tx) => mayAdd(tx, ctx, input));
  const { type, name } = await evidenceTypeOf(input.content, input.name);
  await mustNotBeSecret(input.content, { name, type });
  const { sha256, size } = await ctx.stores.files.put(input.content, EVIDENCE_LIMIT);
  return inTransaction(ctx, async (tx) => {
    const { receipt, data, held, period } = await mayAdd(tx, ctx, input);
    const known = await sameAgain(tx, { ...input, sha256, name, of: period });
    if (known) return known;
    const row: Evidence = {
      ...partOf(receipt),
      id: newId(),
      task: input.task ?? null,
      part: null,
      report: input.report ?? null,
      sha256,
      name,
      type,
      size,
      scan: 'not-scanned',
      addedAt: isoInstant(ctx.clock.now()),
      addedBy: actorKey(ctx.actor),
      addedByName: ctx.actor.name,
      held,
      period,
    };
    await tx.insert(evidence).values(row);
    await note(tx, ctx, [
      { ...partOf(receipt), task: row.task, act: 'evidence-added', note: name, data: { ...data, file: row.id, sha256 }, held },
    ]);
    await record(tx, ctx, {
      action: 'evidence.added',
      subject: { kind: 'evidence', id: row.id },
      concerns: held ? undefined : other(ctx, receipt),
      after: { name, sha256, size, type, task: row.task, ...data },
    });
    return row;
  });
}

async function mayAdd(tx: Tx, ctx: Ctx, input: AddedEvidence) {
  const receipt = await receiptOf(tx, input);
  const data = mayWorkFor(ctx, receipt, input.source);
  await mustBeInForce(tx, input.directive);
  if (receipt.state === '02') throw refusedAlready();
  if (input.task !== undefined) {
    const [task] = await tx
      .select({ period: tasks.period })
      .from(tasks)
      .where(and(eq(tasks.id, input.task), eq(tasks.directive, input.directive), eq(tasks.organisation, input.organisation)));
    if (!task) throw notFound('work');
    if (input.period === undefined || input.period === task.period) await mustBeFree(tx, ctx, { ...input, tasks: [input.task] });
    else await mustHaveEnded(tx, { task: input.task, number: input.period });
    return { receipt, data, held: await isHeld(tx, ctx, input.organisation), period: input.period ?? task.period };
  }
  return { receipt, data, held: await isHeld(tx, ctx, input.organisation), period: null };
}

async function sameAgain(
  tx: Tx,
  { directive, organisation, task, report, sha256, name, of }: AddedEvidence & { sha256: string; of: number | null },
): Promise<Evidence | undefined> {
  const [row] = await tx
    .select()
    .from(evidence)
    .where(
      and(
        eq(evidence.directive, directive),
        eq(evidence.organisation, organisation),
        eq(evidence.sha256, sha256),
        eq(evidence.name, cleanName(name)),
        task === undefined ? isNull(evidence.task) : eq(evidence.task, task),
        report === undefined ? isNull(evidence.report) : eq(evidence.report, report),
        of === null ? isNull(evidence.period) : eq(evidence.period, of),
      ),
    );
  return row;
}

/** Files of a part follow it to whoever has or gives it now. */
async function isInReach(tx: Tx, ctx: Ctx, { organisation, overseer, part }: Evidence): Promise<boolean> {
  if (reaches(ctx, organisation) || reaches(ctx, overseer)) return true;
  if (part === null) return false;
  const [its] = await tx.select({ organisation: parts.organisation, giver: parts.giver }).from(parts).where(eq(parts.id, part));
  return its !== undefined && (reaches(ctx, its.organisation) || reaches(ctx, its.giver));
}

/**
 * Hands a piece of evidence out, and says so in the log before. What no longer has its SHA-256 is not handed out.
 * @throws DomainError `evidence.not_found` | `evidence.damaged`
 */
export async function downloadEvidence(ctx: Ctx, id: string): Promise<{ name: string; type: string; content: Uint8Array }> {
  const row = await inTransaction(ctx, async (tx) => {
    const [found] = await tx.select().from(evidence).where(eq(evidence.id, id));
    if (!found || !(await isInReach(tx, ctx, found))) throw notFound('evidence');
    await record(tx, ctx, {
      action: 'evidence.downloaded',
      subject: { kind: 'evidence', id },
      concerns: other(ctx, found),
      after: { name: found.name, sha256: found.sha256 },
    });
    return found;
  });
  const content = await ctx.stores.files.bytes(row.sha256);
  if (createHash('sha256').update(content).digest('hex') === row.sha256) return { name: row.name, type: row.type, content };
  throw new DomainError('unavailable', 'evidence.damaged', {
    vi: 'Tệp trên đĩa không còn đúng với mã SHA-256 đã ghi. Báo quản trị viên khôi phục từ bản sao lưu.',
    en: 'The file on disk no longer has the SHA-256 that was recorded. Ask the administrator to restore it from a backup.',
  });
}
