import { conflict, endOfDay, invalid, isoInstant, notFound, shownDay, dayOf } from '@vonggac/kernel';
import { type Ctx, inTransaction, raise } from '@vonggac/store';
import { and, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { ExtensionDecided } from './events.ts';
import { mayWorkFor, mustBeInForce, note, type Part, permissionOn, receiptOf } from './internal.ts';
import { TODO_STATES } from './model.ts';
import { other, partOf } from './receipt.ts';
import { reviewable } from './review.ts';
import { tasks } from './tables.ts';

export type ExtensionAsked = Part & { tasks: readonly string[]; until: string; reason: string; source?: string | undefined };

/**
 * Đề nghị gia hạn: asks for a later day. The date in force stays until the overseer decides; the document's own is never changed.
 * @throws DomainError `work.extension_not_later` | `work.no_deadline`
 */
export async function askExtension(ctx: Ctx, input: ExtensionAsked): Promise<{ tasks: string[] }> {
  may(ctx, permissionOn(ctx, input));
  return inTransaction(ctx, async (tx) => {
    const receipt = await receiptOf(tx, input);
    const data = mayWorkFor(ctx, receipt, input.source);
    await mustBeInForce(tx, input.directive);
    if (Temporal.PlainDate.compare(input.until, dayOf(ctx.clock.now())) < 0) throw notLater();
    const until = isoInstant(endOfDay(Temporal.PlainDate.from(input.until)));
    const mine = and(eq(tasks.directive, input.directive), eq(tasks.organisation, input.organisation), inArray(tasks.id, [...input.tasks]));
    const rows = await tx
      .update(tasks)
      .set({ requestedDue: until })
      .where(and(mine, inArray(tasks.state, [...TODO_STATES]), lt(tasks.due, until)))
      .returning({ id: tasks.id });
    if (rows.length < new Set(input.tasks).size) throw await tellWhy(tx.select({ due: tasks.due }).from(tasks).where(mine), input);
    const ids = rows.map(({ id }) => id);
    await note(
      tx,
      ctx,
      ids.map((task) => ({
        ...partOf(receipt),
        task,
        act: 'extension-asked' as const,
        note: input.reason,
        data: { ...data, until: input.until },
      })),
    );
    await record(tx, ctx, {
      action: 'tasks.extension_asked',
      subject: { kind: 'receipt', id: receipt.id },
      reason: input.reason,
      concerns: other(ctx, receipt),
      after: { tasks: ids, until: input.until },
    });
    return { tasks: ids };
  });
}

async function tellWhy(rows: PromiseLike<{ due: string | null }[]>, { tasks: ids }: ExtensionAsked) {
  const found = await rows;
  if (found.length < new Set(ids).size) return notFound('work');
  if (found.some(({ due }) => due === null)) {
    return conflict('work.no_deadline', {
      vi: 'Nội dung này không ghi hạn nên không cần gia hạn.',
      en: 'This item has no deadline, so there is nothing to extend.',
    });
  }
  return notLater();
}

function notLater() {
  return invalid('work.extension_not_later', 'until', {
    vi: 'Hạn đề nghị phải sau hạn hiện tại, và nội dung chưa gửi báo cáo. Chọn ngày muộn hơn.',
    en: 'The day asked for must be after the present deadline, and the item not reported yet. Choose a later day.',
  });
}

/**
 * Decides on extensions, singly or in bulk: granted, the asked day becomes this organisation's deadline beside the document's own.
 * @throws DomainError `work.no_request` | `work.not_overseer`
 */
export async function decideExtension(
  ctx: Ctx,
  input: { tasks: readonly string[]; granted: boolean; reason?: string | undefined },
): Promise<{ tasks: string[] }> {
  may(ctx, 'directives:follow');
  return inTransaction(ctx, async (tx) => {
    const asked = await reviewable(tx, ctx, input.tasks);
    const ids = asked.map(({ id }) => id);
    const before = await tx
      .select()
      .from(tasks)
      .where(and(inArray(tasks.id, ids), isNotNull(tasks.requestedDue)))
      .for('update');
    if (before.length === 0) {
      throw conflict('work.no_request', {
        vi: 'Không còn đề nghị gia hạn nào đang chờ.',
        en: 'No request for an extension is waiting any more.',
      });
    }
    await tx
      .update(tasks)
      .set({ due: input.granted ? sql`${tasks.requestedDue}` : sql`${tasks.due}`, requestedDue: null })
      .where(
        inArray(
          tasks.id,
          before.map(({ id }) => id),
        ),
      );
    const act = input.granted ? ('extension-granted' as const) : ('extension-declined' as const);
    await note(
      tx,
      ctx,
      before.map(({ id, directive, organisation, overseer, requestedDue }) => ({
        directive,
        organisation,
        overseer,
        task: id,
        act,
        note: input.reason ?? null,
        data: { until: dayOf(Temporal.Instant.from(requestedDue!)).toString() },
      })),
    );
    for (const row of firstOfEachPart(before)) {
      const mine = before
        .filter(({ directive, organisation }) => directive === row.directive && organisation === row.organisation)
        .map(({ id }) => id);
      await record(tx, ctx, {
        action: input.granted ? 'tasks.extension_granted' : 'tasks.extension_declined',
        subject: { kind: 'directive', id: row.directive },
        concerns: row.organisation,
        reason: input.reason,
        after: { tasks: mine, until: shownDay(dayOf(Temporal.Instant.from(row.requestedDue!))) },
      });
      await raise<ExtensionDecided>(tx, ctx, {
        name: 'tasks.extensionDecided',
        directive: row.directive,
        organisation: row.organisation,
        overseer: row.overseer,
        tasks: mine,
        granted: input.granted,
      });
    }
    return { tasks: before.map(({ id }) => id) };
  });
}

function firstOfEachPart<T extends Part>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [`${row.directive}/${row.organisation}`, row])).values()];
}
