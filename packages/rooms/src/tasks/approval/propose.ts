import { actorKey, isoInstant, newId } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray } from 'drizzle-orm';
import { record } from '../../audit/index.ts';
import { note, type Receipt } from '../internal.ts';
import { partOf } from '../receipt.ts';
import { chosenTasks, coveredBy, mustBeAnswered, mustHaveFile, nothingToSubmit, sayWhatIsClosed, type Submission } from '../hand-in.ts';
import { type ProposedItem, proposals } from '../tables-approval.ts';
import { tasks } from '../tables.ts';
import { mustBeFree } from './lock.ts';

type Proposing = { receipt: Receipt; input: Submission };

/**
 * Trình lãnh đạo: keeps what an officer would send for the leader to decide on. Nothing of it leaves the organisation; who follows the
 * directive reads *in progress*. Sent twice with the same report id it is one proposal.
 * @throws DomainError those of `submitReport`
 */
export async function propose(tx: Tx, ctx: Ctx, { receipt, input }: Proposing): Promise<{ tasks: string[]; proposal: string }> {
  const known = await sameAgain(tx, input);
  if (known) return known;
  const ids = await chosenTasks(tx, input);
  if (input.tasks !== undefined && ids.length < new Set(input.tasks).size) await sayWhatIsClosed(tx, input, ids);
  if (ids.length === 0) throw nothingToSubmit();
  await mustBeFree(tx, ctx, { ...input, tasks: ids });
  if (input.report) await mustHaveFile(tx, ctx, { receipt, report: input.report });
  else await mustBeAnswered(tx, input);
  const items = await begin(tx, ctx, { receipt, ids });
  const { report } = input;
  const proposal = newId();
  await tx.insert(proposals).values({
    id: proposal,
    organisation: input.organisation,
    directive: input.directive,
    items,
    report: report?.id ?? null,
    reportCode: report?.code ?? null,
    reportDay: report?.day ?? null,
    reportSigner: report?.signer ?? null,
    reportNote: report?.note ?? null,
    reportDifficulties: report?.difficulties ?? null,
    reportProposals: report?.proposals ?? null,
    note: input.note ?? null,
    proposedAt: isoInstant(ctx.clock.now()),
    proposedBy: actorKey(ctx.actor),
    proposedByName: ctx.actor.name,
  });
  await record(tx, ctx, {
    action: 'proposals.made',
    subject: { kind: 'proposal', id: proposal },
    after: { directive: input.directive, tasks: ids, report: report?.id ?? null },
  });
  return { tasks: ids, proposal };
}

async function sameAgain(tx: Tx, { report, organisation, directive }: Submission): Promise<{ tasks: string[]; proposal: string } | null> {
  if (report === undefined) return null;
  const [row] = await tx
    .select({ id: proposals.id, state: proposals.state, items: proposals.items })
    .from(proposals)
    .where(
      and(
        eq(proposals.report, report.id),
        eq(proposals.organisation, organisation),
        eq(proposals.directive, directive),
        inArray(proposals.state, ['proposed', 'approved']),
      ),
    );
  if (row === undefined) return null;
  return { proposal: row.id, tasks: row.state === 'approved' ? await coveredBy(tx, report.id) : row.items.map(({ task }) => task) };
}

/** The answers as they stand; an item that nobody had begun is in progress from now on. */
async function begin(tx: Tx, ctx: Ctx, { receipt, ids }: { receipt: Receipt; ids: readonly string[] }): Promise<ProposedItem[]> {
  const fresh = await tx
    .update(tasks)
    .set({ state: 'in-progress', changedAt: isoInstant(ctx.clock.now()) })
    .where(and(inArray(tasks.id, [...ids]), eq(tasks.state, 'assigned')))
    .returning({ id: tasks.id });
  await note(
    tx,
    ctx,
    fresh.map(({ id }) => ({ ...partOf(receipt), task: id, act: 'answered' as const })),
  );
  const rows = await tx
    .select({ task: tasks.id, answer: tasks.answer })
    .from(tasks)
    .where(inArray(tasks.id, [...ids]));
  return rows.map(({ task, answer }) => ({ task, answer: answer ?? '' }));
}
