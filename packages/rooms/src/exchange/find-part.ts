import { type EdxmlStatus, partsOfDocumentId } from '@vonggac/congvan/edxml';
import { type DomainError, invalid, type Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, ne, or, type SQL } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { directives } from '../directives/index.ts';
import { organisations } from '../organisations/index.ts';
import { receipts } from '../tasks/index.ts';
import { senderOf } from './part.ts';

export type Place = { directive: string; organisation: string; overseer: string };

const refuseAt = (code: string, place: string, text: Text): DomainError => invalid(`exchange.${code}`, place, text);

/**
 * Whose part in which directive a status message is about: by ResponseFor and by the OrganId of its sender.
 * @throws DomainError `exchange.unknown_document` | `exchange.unknown_organ` | `exchange.other_agency`
 */
export async function findPlace(tx: Tx, ctx: Ctx, status: EdxmlStatus): Promise<Place> {
  const found = await documentsOf(tx, status);
  const named = status.responseFor.code ?? status.responseFor.documentId ?? '';
  if (found.length === 0) throw unknownDocument(named);
  return status.code === '13' ? requested(tx, ctx, { status, found, named }) : answered(tx, ctx, { status, found, named });
}

type Found = { id: string; organId: string | null };
type Search = { status: EdxmlStatus; found: readonly Found[]; named: string };

/** Issued directives that a message may mean; which of them is the sender's is told by its OrganId. */
async function documentsOf(tx: Tx, { responseFor }: EdxmlStatus): Promise<Found[]> {
  const { documentId, code, day, organisation } = responseFor;
  const parts = partsOfDocumentId(documentId ?? '');
  const named = [parts, code === null || day === null ? null : { code, day }].filter((one) => one !== null);
  const ways: (SQL | undefined)[] = [
    documentId === null ? undefined : eq(directives.documentId, documentId),
    ...named.map((one) => and(eq(directives.code, one.code), eq(directives.day, one.day))),
  ].filter((one) => one !== undefined);
  if (ways.length === 0) return [];
  const rows = await tx
    .select({ id: directives.id, documentId: directives.documentId })
    .from(directives)
    .where(and(ne(directives.status, 'draft'), or(...ways)))
    .limit(20);
  const issuers = [parts?.organisation, organisation].filter((one) => one != null);
  const found: Found[] = [];
  for (const row of rows) {
    const organId = (await senderOf(tx, row.id))?.organId ?? null;
    const isSame = documentId !== null && row.documentId === documentId;
    if (isSame || issuers.length === 0 || organId === null || issuers.includes(organId)) found.push({ id: row.id, organId });
  }
  return found;
}

/** Of an agency: it is known by its OrganId and is one of the receivers. */
async function answered(tx: Tx, ctx: Ctx, { status, found, named }: Search): Promise<Place> {
  const { id, name } = status.from;
  const [organisation] = id === '' ? [] : await tx.select({ id: organisations.id }).from(organisations).where(eq(organisations.code, id));
  if (!organisation) {
    throw refuseAt('unknown_organ', 'From/OrganId', {
      vi: `Không có đơn vị nào mang mã định danh “${id || '(trống)'}” (${name}). Bổ sung mã ở trang đơn vị, hoặc đề nghị nơi gửi kiểm tra mã.`,
      en: `No organisation has the OrganId “${id || '(blank)'}” (${name}). Add it on the page of the organisation, or ask the sender to check it.`,
    });
  }
  const places = await placesOf(tx, found, organisation.id);
  const mine = places.filter(({ overseer }) => reaches(ctx, overseer));
  if (mine.length === 1) return mine[0]!;
  if (mine.length > 1) throw several(named);
  throw refuseAt('other_agency', 'From/OrganId', {
    vi: `Đơn vị mang mã “${id}” không có trong nơi nhận của văn bản ${named} do cơ quan theo dõi. Kiểm tra lại tệp và văn bản.`,
    en: `The organisation with OrganId “${id}” is not among the receivers of ${named} that you follow. Check the file and the directive.`,
  });
}

/** Of the sender: it is the issuer itself, and the document was sent to the reading organisation. */
async function requested(tx: Tx, ctx: Ctx, { status, found, named }: Search): Promise<Place> {
  const sent = found.filter(({ organId }) => organId !== null && organId === status.from.id);
  if (sent.length === 0) {
    throw refuseAt('other_agency', 'From/OrganId', {
      vi: `Chỉ cơ quan ban hành văn bản ${named} mới được đề nghị lấy lại, cập nhật; gói tin do “${status.from.id}” gửi. Kiểm tra lại với nơi gửi.`,
      en: `Only the issuer of ${named} may ask to take it back or update it; the message is from “${status.from.id}”. Check with the sender.`,
    });
  }
  const places = await placesOf(tx, sent, ctx.actor.organisation);
  if (places.length === 1) return places[0]!;
  throw places.length === 0 ? unknownDocument(named) : several(named);
}

async function placesOf(tx: Tx, found: readonly Found[], organisation: string): Promise<Place[]> {
  const places: Place[] = [];
  for (const { id } of found) {
    const [receipt] = await tx
      .select({ directive: receipts.directive, organisation: receipts.organisation, overseer: receipts.overseer })
      .from(receipts)
      .where(and(eq(receipts.directive, id), eq(receipts.organisation, organisation)));
    if (receipt) places.push(receipt);
  }
  return places;
}

const unknownDocument = (named: string): DomainError =>
  refuseAt('unknown_document', 'ResponseFor', {
    vi: `Không tìm thấy văn bản ${named} đã ban hành trong phạm vi của cơ quan. Kiểm tra số, ký hiệu và ngày trong ResponseFor.`,
    en: `No issued directive ${named} was found in your scope. Check number, symbol and day in ResponseFor.`,
  });

const several = (named: string): DomainError =>
  refuseAt('several_documents', 'ResponseFor', {
    vi: `Có nhiều văn bản cùng số ${named} và cùng ngày. Đề nghị nơi gửi ghi đúng DocumentId.`,
    en: `Several directives bear ${named} of that day. Ask the sender to give the right DocumentId.`,
  });
