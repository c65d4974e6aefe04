import { documentIdOf, type EdxmlOrganisation, type EdxmlReference } from '@vonggac/congvan/edxml';
import { notFound, type Text } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { and, eq, inArray, isNotNull, min } from 'drizzle-orm';
import { directives } from '../directives/index.ts';
import { organisations } from '../organisations/index.ts';
import { type AxisCode, history, receipts, statusOf, tasks } from '../tasks/index.ts';
import { type StatusStep, stepsOf } from './model.ts';

export type Part = { directive: string; organisation: string };
export type Receipt = typeof receipts.$inferSelect;

/** A directive as its sender named it; `organId` null where its issuer has none. */
export type Sender = { organId: string | null; name: string; code: string | null; day: string | null; documentId: string };

/** One organisation's part in a directive, as far as statuses go. */
export type PartFacts = { receipt: Receipt; sender: Sender; own: EdxmlOrganisation | null; status: AxisCode; steps: StatusStep[] };

/** @throws DomainError `work.not_found`, also for what lies outside the scope */
export async function partFacts(tx: Tx, part: Part): Promise<PartFacts> {
  const [receipt] = await tx
    .select()
    .from(receipts)
    .where(and(eq(receipts.directive, part.directive), eq(receipts.organisation, part.organisation)));
  const sender = await senderOf(tx, part.directive);
  if (!receipt || !sender) throw notFound('work');
  const mine = and(eq(tasks.directive, part.directive), eq(tasks.organisation, part.organisation));
  const list = await tx.select({ state: tasks.state, assignee: tasks.assignee, acceptedAt: tasks.acceptedAt }).from(tasks).where(mine);
  const status = statusOf(receipt.state, list);
  const accepted = list.flatMap(({ acceptedAt }) => acceptedAt ?? []).toSorted();
  const times = {
    '04': await firstOf(tx, part, ['assigned']),
    '05': await firstOf(tx, part, ['answered', 'submitted', 'answer-moved-in']),
    '06': accepted.at(-1) ?? null,
  };
  const [own] = await tx.select({ code: organisations.code }).from(organisations).where(eq(organisations.id, part.organisation));
  return {
    receipt,
    sender,
    own: own?.code == null ? null : { id: own.code, name: receipt.organisationName },
    status,
    steps: stepsOf(status, receipt, times),
  };
}

async function firstOf(tx: Tx, part: Part, acts: ('assigned' | 'answered' | 'submitted' | 'answer-moved-in')[]): Promise<string | null> {
  const of = and(eq(history.directive, part.directive), eq(history.organisation, part.organisation), isNotNull(history.task));
  const [row] = await tx
    .select({ at: min(history.at) })
    .from(history)
    .where(and(of, inArray(history.act, acts)));
  return row?.at == null ? null : new Date(row.at).toISOString();
}

/** Who sent a directive: its issuer as the message said, else the organisation here that issued it. */
export async function senderOf(tx: Tx, directive: string): Promise<Sender | null> {
  const [row] = await tx
    .select({
      documentId: directives.documentId,
      organId: directives.issuerOrganId,
      issuerName: directives.issuerName,
      edxml: directives.edxml,
      organisation: directives.organisation,
      code: directives.code,
      day: directives.day,
    })
    .from(directives)
    .where(eq(directives.id, directive));
  if (!row) return null;
  const [issuer] = await tx
    .select({ code: organisations.code, name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, row.organisation));
  const organId = row.organId ?? issuer?.code ?? null;
  const { code, day } = row;
  return {
    organId,
    name: row.edxml?.from.name ?? row.issuerName ?? issuer?.name ?? '',
    code,
    day,
    documentId: row.documentId ?? documentIdOf({ organisation: organId, day, code }),
  };
}

/** What a status message says that it is about. */
export function referenceTo({ organId, code, day, documentId }: Sender): EdxmlReference {
  return { organisation: organId, code, day, documentId };
}

/** Why no status can be made, or null. */
export function whyNot({ sender, own, receipt }: Pick<PartFacts, 'sender' | 'own' | 'receipt'>): Text | null {
  if (receipt.exercise)
    return {
      vi: 'Văn bản thuộc một cuộc diễn tập nên không lập thông điệp trạng thái gửi đi.',
      en: 'The directive belongs to an exercise, so no status message is made of it.',
    };
  if (own === null)
    return {
      vi: 'Đơn vị chưa có mã định danh (OrganId). Bổ sung ở trang đơn vị để lập được thông điệp trạng thái.',
      en: 'The organisation has no OrganId. Add it on the page of the organisation to make status messages.',
    };
  if (sender.organId === null)
    return {
      vi: 'Cơ quan ban hành chưa có mã định danh (OrganId). Bổ sung ở trang đơn vị của cơ quan ban hành.',
      en: 'The issuer has no OrganId. Add it on the page of the issuing organisation.',
    };
  if (sender.code === null || sender.day === null)
    return {
      vi: 'Văn bản chưa có số hoặc ngày ban hành nên chưa thể nêu trong thông điệp trạng thái.',
      en: 'The directive has no number or day yet, so a status message cannot name it.',
    };
  return null;
}
