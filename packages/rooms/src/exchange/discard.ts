import { notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { may, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { fetchFile, settle } from './confirm.ts';

/** Sets a message aside that was read in and is not to be confirmed. @throws DomainError `exchange.already_decided` */
export async function discardFile(ctx: Ctx, id: string, reason: string): Promise<void> {
  may(ctx, 'tasks:work');
  await inTransaction(ctx, async (tx) => {
    const row = await fetchFile(tx, id);
    if (!reaches(ctx, row.reader)) throw notFound('status');
    await settle(tx, ctx, row, { state: 'discarded', reason });
    await record(tx, ctx, { action: 'exchange.status_discarded', subject: { kind: 'status', id }, reason, after: { code: row.code } });
  });
}
