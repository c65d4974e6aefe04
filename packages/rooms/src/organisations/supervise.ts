import { conflict, invalid, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq, isNull } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { fetchKept, fetchOrganisation, keeps, mustFollow, mustLive } from './internal.ts';
import { supervisions } from './tables.ts';

/** Gives an organisation a supervisor in a field from a day on: it may issue to it, follow it and sum it up. */
export async function superviseOrganisation(
  ctx: Ctx,
  id: string,
  input: { supervisorId: string; field: string; from: string },
): Promise<{ id: string }> {
  may(ctx, 'organisations:write');
  mustReach(ctx, input.supervisorId);
  if (input.supervisorId === id)
    throw invalid('organisations.self', 'supervisorId', {
      vi: 'Đơn vị không tự theo dõi chính mình. Chọn đơn vị khác.',
      en: 'An organisation does not supervise itself. Choose another.',
    });
  const supervision = newId();
  await inTransaction(ctx, async (tx) => {
    mustLive(await fetchKept(tx, ctx, id), input.from, 'from');
    mustLive(await fetchOrganisation(tx, input.supervisorId), input.from, 'supervisorId');
    const [same] = await tx
      .select({ id: supervisions.id })
      .from(supervisions)
      .where(
        and(
          eq(supervisions.supervisor, input.supervisorId),
          eq(supervisions.organisation, id),
          eq(supervisions.field, input.field),
          isNull(supervisions.validTo),
        ),
      );
    if (same)
      throw conflict('organisations.supervised', {
        vi: 'Đơn vị này đã được theo dõi trong lĩnh vực đó.',
        en: 'It is already supervised in this field.',
      });
    await tx
      .insert(supervisions)
      .values({ id: supervision, supervisor: input.supervisorId, organisation: id, field: input.field, validFrom: input.from });
    await record(tx, ctx, { action: 'organisations.supervised', subject: { kind: 'organisation', id }, after: input, concerns: id });
  });
  return { id: supervision };
}

/** Ends a supervision from a day on; what was issued under it stays with whoever follows it. */
export async function endSupervision(ctx: Ctx, supervision: string, input: { on: string; reason?: string | undefined }): Promise<void> {
  may(ctx, 'organisations:write');
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx.select().from(supervisions).where(eq(supervisions.id, supervision));
    if (!row || !(await keeps(tx, ctx, row.organisation))) throw notFound('supervision');
    mustFollow(input.on, row);
    const ended = await tx
      .update(supervisions)
      .set({ validTo: input.on })
      .where(and(eq(supervisions.id, supervision), isNull(supervisions.validTo)))
      .returning();
    if (ended.length === 0)
      throw conflict('organisations.supervision_ended', {
        vi: 'Việc theo dõi này đã kết thúc.',
        en: 'This supervision has already ended.',
      });
    await record(tx, ctx, {
      action: 'organisations.supervision_ended',
      subject: { kind: 'organisation', id: row.organisation },
      before: { supervisor: row.supervisor, field: row.field },
      after: { on: input.on },
      reason: input.reason,
      concerns: row.organisation,
    });
  });
}
