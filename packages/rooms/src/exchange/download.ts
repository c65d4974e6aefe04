import { writeEdxmlStatus } from '@vonggac/congvan/edxml';
import { notFound } from '@vonggac/kernel';
import { packZip } from '@vonggac/outside';
import { type Ctx, inTransaction } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { Part } from './part.ts';
import { statusMessages } from './tables.ts';
import { messagesOf } from './view.ts';

type Row = typeof statusMessages.$inferSelect;

/** `trang-thai-03-342-UBND-VP6.edxml`: names of organisations are in the file, not in its name. */
const nameOf = ({ code, message }: Row): string =>
  `trang-thai-${code}-${(message.responseFor.code ?? 'van-ban').replaceAll(/[^\p{L}\d.-]+/gu, '-')}.edxml`;

/** One status message, the same bytes each time. @throws DomainError `status.not_found` */
export async function downloadMessage(ctx: Ctx, id: string): Promise<{ name: string; content: Uint8Array }> {
  may(ctx, 'tasks:work');
  return inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(statusMessages).where(eq(statusMessages.id, id));
    if (!row) throw notFound('status');
    mustReach(ctx, row.organisation);
    await record(tx, ctx, { action: 'exchange.status_downloaded', subject: { kind: 'status', id }, after: { code: row.code } });
    return { name: nameOf(row), content: writeEdxmlStatus(row.message) };
  });
}

/** Every status message of one part as a .zip, in order. @throws DomainError `status.not_found` where there is none */
export async function downloadMessages(ctx: Ctx, part: Part): Promise<{ name: string; content: Uint8Array }> {
  may(ctx, 'tasks:work');
  mustReach(ctx, part.organisation);
  return inTransaction(ctx, async (tx) => {
    const rows = await messagesOf(tx, part);
    if (rows.length === 0) throw notFound('status');
    const { directive } = part;
    await record(tx, ctx, {
      action: 'exchange.statuses_downloaded',
      subject: { kind: 'directive', id: directive },
      after: { messages: rows.length },
    });
    const files = rows.map((row, at) => ({
      name: `${String(at + 1).padStart(2, '0')}-${nameOf(row)}`,
      content: writeEdxmlStatus(row.message),
    }));
    return {
      name: nameOf(rows[0]!)
        .replace(/trang-thai-\d\d/u, 'trang-thai')
        .replace(/edxml$/u, 'zip'),
      content: packZip(files),
    };
  });
}
