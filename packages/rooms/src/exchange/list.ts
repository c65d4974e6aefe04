import { type Ctx, inSnapshot } from '@vonggac/store';
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { directives } from '../directives/index.ts';
import { receipts } from '../tasks/index.ts';
import { viewFiles } from './file-view.ts';
import { statusFiles, statusMessages } from './tables.ts';
import { viewMessage } from './view.ts';

type Paged = { page: number; size: number };

/** The queue of status messages of the own subtree: what waits to be sent, oldest first, then what was sent, newest first. */
export async function listMessages(ctx: Ctx, query: Paged & { sent?: 'yes' | 'no' | undefined }) {
  return inSnapshot(ctx, async (tx) => {
    const where = and(
      inArray(statusMessages.organisation, [...ctx.scope.organisations]),
      query.sent === undefined ? undefined : query.sent === 'yes' ? isNotNull(statusMessages.sentAt) : isNull(statusMessages.sentAt),
    );
    const [total] = await tx.select({ count: count() }).from(statusMessages).where(where);
    const rows = await tx
      .select({ message: statusMessages, name: receipts.organisationName, code: directives.code, subject: directives.subject })
      .from(statusMessages)
      .leftJoin(receipts, and(eq(receipts.directive, statusMessages.directive), eq(receipts.organisation, statusMessages.organisation)))
      .leftJoin(directives, eq(directives.id, statusMessages.directive))
      .where(where)
      .orderBy(sql`${statusMessages.sentAt} desc nulls first`, asc(statusMessages.madeAt), asc(statusMessages.code))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const items = rows.map(({ message, name, code, subject }) => ({
      ...viewMessage(message),
      directive: message.directive,
      organisation: message.organisation,
      // Of the authority itself there is no receipt; a draft that was sent back may be gone.
      hasPart: name !== null,
      organisationName: name ?? message.message.from.name,
      directiveName: code ?? subject ?? message.message.responseFor.code ?? '',
    }));
    return { items, total: total?.count ?? 0 };
  });
}

/** Status messages that were read in by the own subtree: waiting ones by organisation and code, then what was dealt with, the newest first. */
export async function listFiles(ctx: Ctx, query: Paged & { state?: 'waiting' | 'confirmed' | 'discarded' | undefined }) {
  return inSnapshot(ctx, async (tx) => {
    const where = and(
      inArray(statusFiles.reader, [...ctx.scope.organisations]),
      query.state ? eq(statusFiles.state, query.state) : undefined,
    );
    const [total] = await tx.select({ count: count() }).from(statusFiles).where(where);
    const rows = await tx
      .select()
      .from(statusFiles)
      .where(where)
      .orderBy(
        sql`${statusFiles.state} = 'waiting' desc`,
        desc(statusFiles.decidedAt),
        asc(statusFiles.directive),
        asc(statusFiles.organisation),
        asc(statusFiles.code),
      )
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    return { items: await viewFiles(tx, rows), total: total?.count ?? 0 };
  });
}
