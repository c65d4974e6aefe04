import { isOrganId } from '@vonggac/congvan/edxml';
import { conflict, fold, invalid, newId } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { fetchOrganisation, mustLive, today } from './internal.ts';
import { lookAlike } from './look-alike.ts';
import type { OrganisationKind } from './names.ts';
import { organisationNames, organisationParents, organisations, supervisions } from './tables.ts';

export type NewOrganisation = {
  kind: OrganisationKind;
  name: string;
  shortName?: string | undefined;
  code?: string | undefined;
  /** Administrative parent, in the own subtree. */
  parentId?: string | undefined;
  /** Who supervises it; required where it has no parent (an operator). */
  supervisorId?: string | undefined;
  field?: string | undefined;
  from?: string | undefined;
  note?: string | undefined;
};

export const DEFAULT_FIELD = 'an toàn thông tin mạng';

/** A context that also reaches `id`: what is being made enters the scope together with its parent or supervisor. */
export function reachingToo(ctx: Ctx, id: string): Ctx {
  const { organisations: own, directory } = ctx.scope;
  return { ...ctx, scope: { ...ctx.scope, organisations: [...own, id], directory: [...directory, id] } };
}

/** @throws DomainError `organisations.code_format`, place `code` */
export function mustBeOrganId(code: string | null | undefined): void {
  if (!code || isOrganId(code)) return;
  throw invalid('organisations.code_format', 'code', {
    vi: `“${code}” không phải mã định danh. Nhập theo dạng H42.02.01 (QĐ 20/2020/QĐ-TTg) hoặc 000.00.00.H42.`,
    en: `“${code}” is no OrganId. Write it as H42.02.01 (QĐ 20/2020/QĐ-TTg) or 000.00.00.H42.`,
  });
}

/** @throws DomainError `organisations.code_taken` */
export async function mustBeFree(tx: Tx, code: string | null | undefined, id: string): Promise<void> {
  if (!code) return;
  const [other] = await tx.select({ id: organisations.id }).from(organisations).where(eq(organisations.code, code));
  if (other && other.id !== id)
    throw conflict('organisations.code_taken', {
      vi: `Mã định danh ${code} đã thuộc về đơn vị khác.`,
      en: `The code ${code} belongs to another organisation.`,
    });
}

/** Writes the rows of a new organisation. `ctx` must already reach it (`reachingToo`). */
export async function insertOrganisation(tx: Tx, ctx: Ctx, id: string, input: NewOrganisation): Promise<void> {
  const from = input.from ?? null;
  const folded = fold(input.name);
  await mustBeFree(tx, input.code, id);
  await tx.insert(organisations).values({
    id,
    kind: input.kind,
    name: input.name,
    folded,
    shortName: input.shortName ?? null,
    code: input.code ?? null,
    existsFrom: from,
    note: input.note ?? null,
  });
  await tx.insert(organisationNames).values({ id: newId(), organisation: id, kind: 'official', name: input.name, folded, validFrom: from });
  if (input.shortName)
    await tx
      .insert(organisationNames)
      .values({ id: newId(), organisation: id, kind: 'alias', name: input.shortName, folded: fold(input.shortName), validFrom: from });
  if (input.parentId)
    await tx.insert(organisationParents).values({ id: newId(), organisation: id, parent: input.parentId, validFrom: from });
  if (input.supervisorId)
    await tx
      .insert(supervisions)
      .values({ id: newId(), supervisor: input.supervisorId, organisation: id, field: input.field ?? DEFAULT_FIELD, validFrom: from });
}

/**
 * Adds an organisation under a parent of the own subtree, or, without a parent, under the supervision of one.
 * @throws DomainError `organisations.nowhere` without either, `organisations.exists` when the same place already has it
 */
export async function createOrganisation(ctx: Ctx, input: NewOrganisation): Promise<{ id: string }> {
  may(ctx, 'organisations:write');
  mustBeOrganId(input.code);
  const under = input.parentId ?? input.supervisorId;
  if (under === undefined) {
    throw invalid('organisations.nowhere', 'parentId', {
      vi: 'Chọn cơ quan chủ quản, hoặc đơn vị theo dõi nếu là doanh nghiệp không có cơ quan chủ quản.',
      en: 'Choose the parent, or the supervisor for a company that has no parent.',
    });
  }
  for (const one of [input.parentId, input.supervisorId]) if (one !== undefined) mustReach(ctx, one);
  const id = newId();
  const wider = reachingToo(ctx, id);
  await inTransaction(wider, async (tx) => {
    mustLive(await fetchOrganisation(tx, under), input.from ?? today(ctx), 'from');
    if (await lookAlike(tx, input.name, input.parentId ?? null, input.from ?? today(ctx))) {
      throw conflict('organisations.exists', {
        vi: `“${input.name}” đã có tại đây. Mở đơn vị đó, hoặc ghi tên cho khác.`,
        en: `“${input.name}” already exists here. Open it, or name the new one differently.`,
      });
    }
    await insertOrganisation(tx, wider, id, input);
    await record(tx, wider, { action: 'organisations.created', subject: { kind: 'organisation', id }, after: input, concerns: id });
  });
  return { id };
}
