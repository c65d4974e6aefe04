import { fold, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq, isNull } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { mustBeFree, mustBeOrganId } from './create.ts';
import { validOn } from './dated.ts';
import { fetchKept, mustFollow, mustLive, settled } from './internal.ts';
import type { OrganisationKind } from './names.ts';
import { organisationNames, organisations } from './tables.ts';

/** A new official name from a day on; documents before it keep the former one. */
export async function renameOrganisation(
  ctx: Ctx,
  id: string,
  input: { name: string; from: string; reason?: string | undefined },
): Promise<void> {
  may(ctx, 'organisations:write');
  await inTransaction(ctx, async (tx) => {
    const organisation = await fetchKept(tx, ctx, id);
    mustLive(organisation, input.from, 'from');
    const official = and(eq(organisationNames.organisation, id), eq(organisationNames.kind, 'official'), isNull(organisationNames.validTo));
    const [current] = await tx.select().from(organisationNames).where(official);
    mustFollow(input.from, current);
    const ended = await tx.update(organisationNames).set({ validTo: input.from }).where(official).returning({ id: organisationNames.id });
    settled(ended);
    await tx
      .insert(organisationNames)
      .values({ id: newId(), organisation: id, kind: 'official', name: input.name, folded: fold(input.name), validFrom: input.from });
    settled(
      await tx
        .update(organisations)
        .set({ name: input.name, folded: fold(input.name) })
        .where(and(eq(organisations.id, id), eq(organisations.name, organisation.name)))
        .returning({ id: organisations.id }),
    );
    await record(tx, ctx, {
      action: 'organisations.renamed',
      subject: { kind: 'organisation', id },
      before: { name: organisation.name },
      after: { name: input.name, from: input.from },
      reason: input.reason,
      concerns: id,
    });
  });
}

/** Another name under which documents and lists know it. */
export async function addAlias(
  ctx: Ctx,
  id: string,
  input: { name: string; from?: string | undefined; to?: string | undefined },
): Promise<{ id: string }> {
  may(ctx, 'organisations:write');
  const alias = newId();
  await inTransaction(ctx, async (tx) => {
    await fetchKept(tx, ctx, id);
    await tx.insert(organisationNames).values({
      id: alias,
      organisation: id,
      kind: 'alias',
      name: input.name,
      folded: fold(input.name),
      validFrom: input.from ?? null,
      validTo: input.to ?? null,
    });
    await record(tx, ctx, { action: 'organisations.alias_added', subject: { kind: 'organisation', id }, after: input, concerns: id });
  });
  return { id: alias };
}

/** Removes an alias that was wrong. */
export async function removeAlias(ctx: Ctx, id: string, alias: string): Promise<void> {
  may(ctx, 'organisations:write');
  await inTransaction(ctx, async (tx) => {
    await fetchKept(tx, ctx, id);
    const [gone] = await tx
      .delete(organisationNames)
      .where(and(eq(organisationNames.id, alias), eq(organisationNames.organisation, id), eq(organisationNames.kind, 'alias')))
      .returning();
    if (!gone) throw notFound('alias');
    await record(tx, ctx, {
      action: 'organisations.alias_removed',
      subject: { kind: 'organisation', id },
      before: { name: gone.name },
      concerns: id,
    });
  });
}

export type Correction = {
  kind?: OrganisationKind | undefined;
  shortName?: string | null | undefined;
  code?: string | null | undefined;
  note?: string | null | undefined;
};

/** Corrects what has no date of its own: kind, short name, code on the document axis, note. */
export async function correctOrganisation(ctx: Ctx, id: string, input: Correction): Promise<void> {
  may(ctx, 'organisations:write');
  mustBeOrganId(input.code);
  await inTransaction(ctx, async (tx) => {
    const before = await fetchKept(tx, ctx, id);
    await mustBeFree(tx, input.code, id);
    const after = {
      kind: input.kind ?? before.kind,
      shortName: input.shortName === undefined ? before.shortName : input.shortName,
      code: input.code === undefined ? before.code : input.code,
      note: input.note === undefined ? before.note : input.note,
    };
    settled(await tx.update(organisations).set(after).where(eq(organisations.id, id)).returning({ id: organisations.id }));
    if (after.shortName && after.shortName !== before.shortName) {
      const same = and(
        eq(organisationNames.organisation, id),
        eq(organisationNames.folded, fold(after.shortName)),
        validOn(organisationNames.validFrom, organisationNames.validTo, '9999-12-30'),
      );
      const [known] = await tx.select({ id: organisationNames.id }).from(organisationNames).where(same);
      if (!known)
        await tx
          .insert(organisationNames)
          .values({ id: newId(), organisation: id, kind: 'alias', name: after.shortName, folded: fold(after.shortName) });
    }
    const { kind, shortName, code, note } = before;
    await record(tx, ctx, {
      action: 'organisations.corrected',
      subject: { kind: 'organisation', id },
      before: { kind, shortName, code, note },
      after,
      concerns: id,
    });
  });
}
