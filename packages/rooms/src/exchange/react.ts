import { isoInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray, isNotNull, notInArray } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import {
  type DirectiveAmended,
  type DirectiveIssued,
  type DirectiveRead,
  directives,
  type DirectiveWithdrawn,
} from '../directives/index.ts';
import { organisations } from '../organisations/index.ts';
import { receipts, type TasksReviewed, type TasksSubmitted, tasks, type WorkNoted } from '../tasks/index.ts';
import { frozen, makeReached } from './make.ts';
import { REQUEST } from './model.ts';
import { senderOf } from './part.ts';
import { statusFiles, statusMessages } from './tables.ts';
import { isFromAxis, tellUp, upstreamOf } from './upstream.ts';

/** 01: a document from above was read in. */
export async function tellRead(tx: Tx, ctx: Ctx, { directive }: DirectiveRead): Promise<void> {
  await tellUp(tx, ctx, directive, '01');
}

/** 04: it was issued to those who carry it out. */
export async function tellIssued(tx: Tx, ctx: Ctx, { directive }: DirectiveIssued): Promise<void> {
  await tellUp(tx, ctx, directive, '04');
}

/** 05: the first agency answered. */
export async function tellAnswered(tx: Tx, ctx: Ctx, { directive }: TasksSubmitted): Promise<void> {
  await tellUp(tx, ctx, directive, '05');
}

/** 06: everything that is still asked is accepted. */
export async function tellAccepted(tx: Tx, ctx: Ctx, { directive }: TasksReviewed): Promise<void> {
  const open = and(eq(tasks.directive, directive), notInArray(tasks.state, ['accepted', 'withdrawn']));
  if ((await tx.$count(tasks, open)) === 0) await tellUp(tx, ctx, directive, '06');
}

/** 06: the report on what was done went up. */
export async function tellReported(tx: Tx, ctx: Ctx, { directive, kind }: { directive: string; kind: string }): Promise<void> {
  if (kind === 'result') await tellUp(tx, ctx, directive, '06');
}

/**
 * The statuses of the receivers of a document that came over the axis, made when the fact happens; elsewhere a person makes them.
 * A receiver without an OrganId has none.
 */
export async function followParts(tx: Tx, ctx: Ctx, { notes }: WorkNoted): Promise<void> {
  const concerned = await isFromAxis(tx, [...new Set(notes.map(({ directive }) => directive))]);
  for (const directive of concerned) {
    const own = notes.filter((one) => one.directive === directive);
    await tellArrived(
      tx,
      ctx,
      directive,
      own.filter(({ act }) => act === 'arrived').map(({ organisation }) => organisation),
    );
    const moved = new Set(own.filter(({ act }) => act !== 'arrived').map(({ organisation }) => organisation));
    for (const organisation of moved) await makeReached(tx, ctx, { directive, organisation });
  }
}

/** 01 of many receivers at once. */
async function tellArrived(tx: Tx, ctx: Ctx, directive: string, receivers: readonly string[]): Promise<void> {
  const sender = await senderOf(tx, directive);
  if (receivers.length === 0 || sender?.organId == null || sender.code === null || sender.day === null) return;
  const rows = await tx
    .select({ organisation: receipts.organisation, overseer: receipts.overseer, name: receipts.organisationName, code: organisations.code })
    .from(receipts)
    .innerJoin(organisations, eq(organisations.id, receipts.organisation))
    .where(and(eq(receipts.directive, directive), inArray(receipts.organisation, [...receivers]), isNotNull(organisations.code)));
  const step = { code: '01' as const, at: isoInstant(ctx.clock.now()), description: null };
  const messages = rows.map(({ organisation, overseer, name, code }) =>
    frozen(ctx, { part: { directive, organisation, overseer }, own: { id: code!, name }, sender }, step),
  );
  if (messages.length === 0) return;
  await tx.insert(statusMessages).values(messages).onConflictDoNothing();
  await record(tx, ctx, {
    action: 'exchange.statuses_made',
    subject: { kind: 'directive', id: directive },
    after: { codes: ['01'], receivers: messages.length },
  });
}

type Changed = Pick<DirectiveAmended, 'directive' | 'overseer' | 'reason'>;

/** 13: a directive that went out over the axis is withdrawn. */
export async function askBackWithdrawn(tx: Tx, ctx: Ctx, fact: DirectiveWithdrawn): Promise<void> {
  await askBack(tx, ctx, fact, 'Thu hồi văn bản');
}

/** 13: a directive that went out over the axis is amended. */
export async function askBackAmended(tx: Tx, ctx: Ctx, fact: DirectiveAmended): Promise<void> {
  await askBack(tx, ctx, fact, 'Cập nhật văn bản');
}

/** Receivers that have answered a directive with status messages have it over the axis, and are asked over it. */
async function askBack(tx: Tx, ctx: Ctx, { directive, overseer, reason }: Changed, what: string): Promise<void> {
  if ((await tx.$count(statusFiles, and(eq(statusFiles.directive, directive), eq(statusFiles.overseer, overseer)))) === 0) return;
  const sender = await senderOf(tx, directive);
  if (sender?.organId == null || sender.code === null || sender.day === null || (await upstreamOf(tx, directive)) !== null) return;
  const [head] = await tx
    .select({ organisation: directives.organisation, exercise: directives.exercise })
    .from(directives)
    .where(eq(directives.id, directive));
  if (head === undefined || head.exercise !== null) return;
  const step = { code: REQUEST, at: isoInstant(ctx.clock.now()), description: `${what}: ${reason}` } as const;
  const part = { directive, organisation: head.organisation, overseer };
  const row = frozen(ctx, { part, own: { id: sender.organId, name: sender.name }, sender }, step);
  await tx.insert(statusMessages).values(row);
  await record(tx, ctx, {
    action: 'exchange.asked_back',
    subject: { kind: 'directive', id: directive },
    after: { message: row.id, code: REQUEST },
    reason,
  });
}
