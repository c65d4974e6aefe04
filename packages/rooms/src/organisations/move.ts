import { invalid, newId } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq, isNull } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { fetchKept, fetchOrganisation, lineOf, mustFollow, mustLive } from './internal.ts';
import { organisationParents } from './tables.ts';

/**
 * Hangs an organisation under another parent from a day on.
 * @throws DomainError `organisations.circle` when the new parent lies below it
 */
export async function moveOrganisation(
  ctx: Ctx,
  id: string,
  input: { parentId: string; from: string; reason?: string | undefined },
): Promise<void> {
  may(ctx, 'organisations:write');
  mustReach(ctx, input.parentId);
  await inTransaction(ctx, async (tx) => {
    mustLive(await fetchKept(tx, ctx, id), input.from, 'from');
    mustLive(await fetchOrganisation(tx, input.parentId), input.from, 'from');
    if ((await lineOf(tx, input.parentId, input.from)).includes(id)) {
      throw invalid('organisations.circle', 'parentId', {
        vi: 'Cơ quan chủ quản mới đang trực thuộc chính đơn vị này. Chọn đơn vị khác.',
        en: 'The new parent hangs under this very organisation. Choose another.',
      });
    }
    const open = and(eq(organisationParents.organisation, id), isNull(organisationParents.validTo));
    const [current] = await tx.select().from(organisationParents).where(open);
    mustFollow(input.from, current);
    await tx.update(organisationParents).set({ validTo: input.from }).where(open);
    await tx.insert(organisationParents).values({ id: newId(), organisation: id, parent: input.parentId, validFrom: input.from });
    await record(tx, ctx, {
      action: 'organisations.moved',
      subject: { kind: 'organisation', id },
      before: { parent: current?.parent ?? null },
      after: { parent: input.parentId, from: input.from },
      reason: input.reason,
      concerns: id,
    });
  });
}
