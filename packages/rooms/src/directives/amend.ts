import { actorKey, invalid, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, type Tx, inTransaction, raise } from '@vonggac/store';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { may, mustReachOrSupervise } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { mustBeSound, type RequirementInput } from './correct.ts';
import type { DirectiveAmended } from './events.ts';
import { type DirectiveRow, changedMeanwhile, fetchIssued } from './internal.ts';
import { planOf } from './preview.ts';
import { acts, bindings, directives, recipients, requirements } from './tables.ts';
import { addRequirements, writeBindings } from './write-draft.ts';

type Changed = {
  id: string;
  text?: string | undefined;
  due?: string | null | undefined;
  phrase?: string | null | undefined;
  measures?: string[] | undefined;
};

export type Amendment = {
  version: number;
  reason: string;
  changed: Changed[];
  /** Requirements that are no longer demanded. */
  withdrawn: string[];
  added: Omit<RequirementInput, 'id' | 'heading'>[];
  addedRecipients: { text: string; organisations: string[] }[];
  withdrawnOrganisations: string[];
};

/**
 * Changes an issued directive by an act of its own, with a reason: texts, deadlines and measures of requirements, new or
 * withdrawn requirements and receivers. The rooms that hold its tasks follow in the same transaction.
 */
export async function amendDirective(
  ctx: Ctx,
  id: string,
  input: Amendment,
): Promise<{ receivers: number; tasks: number; withdrawn: number }> {
  may(ctx, 'directives:issue');
  return inTransaction(ctx, async (tx) => {
    const row = await fetchIssued(tx, ctx, id);
    mustChangeSomething(input);
    const before = await planOf(tx, row);
    await nextVersion(tx, row, input.version);
    const changed = await changeRequirements(tx, id, input);
    await changeReceivers(tx, ctx, row, input);
    const after = await planOf(tx, row);
    const fact = differenceOf(row, input, { before, after, changed });
    await writeAct(tx, ctx, row, input);
    await raise<DirectiveAmended>(tx, ctx, fact);
    await record(tx, ctx, {
      action: 'directives.amended',
      subject: { kind: 'directive', id },
      after: { ...input, version: undefined, reason: undefined },
      reason: input.reason,
    });
    return {
      receivers: fact.receivers.length,
      tasks: fact.assignments.length,
      withdrawn: before.assignments.length + fact.assignments.length - after.assignments.length,
    };
  });
}

function mustChangeSomething(input: Amendment): void {
  const { changed, withdrawn, added, addedRecipients, withdrawnOrganisations } = input;
  if ([changed, withdrawn, added, addedRecipients, withdrawnOrganisations].some((list) => list.length > 0)) return;
  throw invalid('directives.nothing_changed', 'changed', {
    vi: 'Chưa có thay đổi nào. Chọn nội dung hoặc nơi nhận cần sửa đổi.',
    en: 'Nothing is changed. Choose the items or recipients to amend.',
  });
}

async function nextVersion(tx: Tx, row: DirectiveRow, version: number): Promise<void> {
  const done = await tx
    .update(directives)
    .set({ version: sql`${directives.version} + 1` })
    .where(and(eq(directives.id, row.id), eq(directives.version, version), eq(directives.status, 'issued')))
    .returning({ id: directives.id });
  if (done.length === 0) throw changedMeanwhile(row.version);
}

type FactChange = { requirement: string; due: string | null };

async function changeRequirements(tx: Tx, directive: string, input: Amendment): Promise<FactChange[]> {
  const changed: FactChange[] = [];
  for (const { id, measures, text, due, phrase } of input.changed) {
    const set = Object.fromEntries(Object.entries({ text, due, phrase }).filter(([, value]) => value !== undefined));
    const live = and(eq(requirements.id, id), eq(requirements.directive, directive), isNull(requirements.withdrawnAt));
    const [row] =
      Object.keys(set).length > 0
        ? await tx.update(requirements).set(set).where(live).returning({ due: requirements.due })
        : await tx.select({ due: requirements.due }).from(requirements).where(live);
    if (!row) throw notFound('requirement');
    changed.push({ requirement: id, due: row.due });
    if (!measures) continue;
    await tx.delete(bindings).where(eq(bindings.requirement, id));
    await writeBindings(tx, directive, [{ requirement: id, measures }]);
  }
  if (input.withdrawn.length > 0) {
    const gone = await tx
      .update(requirements)
      .set({ withdrawnAt: sql`clock_timestamp()` })
      .where(and(inArray(requirements.id, input.withdrawn), eq(requirements.directive, directive), isNull(requirements.withdrawnAt)))
      .returning({ id: requirements.id });
    if (gone.length !== new Set(input.withdrawn).size) throw notFound('requirement');
  }
  await addNew(tx, directive, input);
  return changed;
}

async function addNew(tx: Tx, directive: string, input: Amendment): Promise<void> {
  if (input.added.length === 0) return;
  const items = await tx
    .select({ path: requirements.path, position: requirements.position })
    .from(requirements)
    .where(eq(requirements.directive, directive));
  const addressed = (await tx.$count(recipients, eq(recipients.directive, directive))) + input.addedRecipients.length;
  const paths = new Set(items.map((item) => item.path));
  input.added.forEach((item, i) => mustBeSound({ ...item, heading: false }, `added[${i}]`, { addressed, paths }));
  const from = Math.max(-1, ...items.map((item) => item.position)) + 1;
  await addRequirements(
    tx,
    directive,
    input.added.map((item) => ({ ...item, heading: false, audienceText: [], span: null })),
    from,
  );
}

async function changeReceivers(tx: Tx, ctx: Ctx, row: DirectiveRow, input: Amendment): Promise<void> {
  const before = await tx.select().from(recipients).where(eq(recipients.directive, row.id));
  const gone = new Set(input.withdrawnOrganisations);
  for (const one of before.filter((recipient) => recipient.organisations.some((organisation) => gone.has(organisation)))) {
    await tx
      .update(recipients)
      .set({ organisations: one.organisations.filter((organisation) => !gone.has(organisation)) })
      .where(eq(recipients.id, one.id));
  }
  if (input.addedRecipients.length === 0) return;
  for (const organisation of input.addedRecipients.flatMap((one) => one.organisations)) mustReachOrSupervise(ctx, organisation);
  const from = Math.max(-1, ...before.map((one) => one.position)) + 1;
  const why = { vi: 'Bổ sung khi sửa đổi văn bản.', en: 'Added by an amendment.' };
  await tx.insert(recipients).values(
    input.addedRecipients.map(({ text, organisations }, i) => ({
      id: newId(),
      directive: row.id,
      position: from + i,
      text,
      resolution: 'list' as const,
      organisations,
      why,
    })),
  );
}

type Plan = Awaited<ReturnType<typeof planOf>>;

function differenceOf(row: DirectiveRow, input: Amendment, plans: { before: Plan; after: Plan; changed: FactChange[] }): DirectiveAmended {
  const { before, after, changed } = plans;
  const had = new Set(before.assignments.map((one) => `${one.requirement} ${one.organisation}`));
  return {
    name: 'directives.amended',
    directive: row.id,
    overseer: row.overseer,
    reason: input.reason,
    changed,
    withdrawnRequirements: input.withdrawn,
    withdrawnReceivers: before.receivers.filter((organisation) => !after.receivers.includes(organisation)),
    receivers: after.receivers.filter((organisation) => !before.receivers.includes(organisation)),
    assignments: after.assignments.filter((one) => !had.has(`${one.requirement} ${one.organisation}`)),
  };
}

async function writeAct(tx: Tx, ctx: Ctx, row: DirectiveRow, input: Amendment): Promise<void> {
  const by = actorKey(ctx.actor);
  const at = isoInstant(ctx.clock.now());
  const { version: _, reason, ...changes } = input;
  await tx.insert(acts).values({
    id: newId(),
    directive: row.id,
    organisation: row.organisation,
    overseer: row.overseer,
    kind: 'amendment',
    state: 'done',
    reason,
    changes,
    proposedBy: by,
    proposedByName: ctx.actor.name,
    proposedAt: at,
    decidedBy: by,
    decidedByName: ctx.actor.name,
    decidedAt: at,
  });
}
