import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, eq } from 'drizzle-orm';
import { grants, type Permission, reaches } from '../access/index.ts';
import { viewFiles } from './file-view.ts';
import { type Part, type PartFacts, partFacts, whyNot } from './part.ts';
import { statusFiles, statusMessages } from './tables.ts';

/** The statuses of one organisation's part: what is reached, what was made and sent of it, what messages say. */
export async function statusesOf(ctx: Ctx, part: Part) {
  return inSnapshot(ctx, async (tx) => {
    const facts = await partFacts(tx, part);
    const made = (await messagesOf(tx, part)).map(viewMessage);
    const problem = whyNot(facts);
    const files = await tx
      .select()
      .from(statusFiles)
      .where(and(eq(statusFiles.directive, part.directive), eq(statusFiles.organisation, part.organisation)))
      .orderBy(asc(statusFiles.code), asc(statusFiles.readAt));
    return {
      target: problem === null ? { organId: facts.sender.organId!, name: facts.sender.name, documentId: facts.sender.documentId } : null,
      problem,
      steps: stepsWith(facts, made),
      answers: made.filter(({ code }) => code === '15' || code === '16'),
      received: await viewFiles(tx, files),
      can: canOf(ctx, facts),
    };
  });
}

/** What is reached now, and what was said before and no longer stands (an acceptance taken back), each with its message. */
function stepsWith({ steps }: PartFacts, made: readonly ReturnType<typeof viewMessage>[]) {
  const reached = steps.map((step) => ({ ...step, message: made.find(({ code }) => code === step.code) ?? null }));
  const former = made.flatMap((message) => {
    const { code } = message;
    if (code === '13' || code === '15' || code === '16' || steps.some((step) => step.code === code)) return [];
    return [{ code, at: message.at, description: message.description, message }];
  });
  return [...reached, ...former].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

export async function messagesOf(tx: Tx, part: Part) {
  return tx
    .select()
    .from(statusMessages)
    .where(and(eq(statusMessages.directive, part.directive), eq(statusMessages.organisation, part.organisation)))
    .orderBy(asc(statusMessages.at), asc(statusMessages.code));
}

export function viewMessage(row: typeof statusMessages.$inferSelect) {
  const { id, code, at, madeAt, madeByName, sentAt, sentByName } = row;
  return { id, code, at, description: row.message.description, madeAt, madeByName, sentAt, sentByName };
}

function canOf(ctx: Ctx, { receipt }: PartFacts) {
  const has = (permission: Permission) => ctx.actor.kind === 'system' || grants(ctx.actor.role).includes(permission);
  return {
    send: has('tasks:work') && reaches(ctx, receipt.organisation),
    read: has('directives:follow') && reaches(ctx, receipt.overseer),
  };
}
