import { invalid, marked } from '@vonggac/kernel';
import { type Ctx, type Tx, inTransaction, measureOf } from '@vonggac/store';
import { and, asc, eq, sql } from 'drizzle-orm';
import { may, mustReachOrSupervise } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type DirectiveView, viewDirective } from './get.ts';
import { type DirectiveRow, changedMeanwhile, fetchDraft, mustHaveVersion } from './internal.ts';
import { codeOf, type Reading, type Span } from './model.ts';
import { type RecipientsInput, movedAudience, newRecipients, resolveAgain } from './recipients.ts';
import { bases, directives, recipients, requirements } from './tables.ts';
import { type RequirementToWrite, keysOf, writeBases, writeRecipients, writeRequirements } from './write-draft.ts';

type HeadKey =
  | 'kind'
  | 'number'
  | 'symbol'
  | 'day'
  | 'place'
  | 'subject'
  | 'urgency'
  | 'issuerName'
  | 'issuerParent'
  | 'signer'
  | 'windowFrom'
  | 'windowTo'
  | 'overseer';
export type HeadInput = { [K in HeadKey]?: DirectiveRow[K] | undefined };
export type RequirementInput = Omit<RequirementToWrite, 'audienceText' | 'span'> & { span?: Span | null | undefined };
export type BasisInput = {
  id?: string | undefined;
  kind: string | null;
  code: string | null;
  day: string | null;
  issuer: string | null;
  subject: string | null;
};
export type Correction = {
  version: number;
  head?: HeadInput | undefined;
  recipients?: RecipientsInput | undefined;
  requirements?: RequirementInput[] | undefined;
  bases?: BasisInput[] | undefined;
  copies?: Reading['copies'] | undefined;
  contacts?: Reading['contacts'] | undefined;
  attachments?: Reading['attachments'] | undefined;
};

/**
 * Corrects a draft; what is left out stays, a list replaces the whole list. A new day, or another
 * attached list, resolves the recipients again that were not chosen by hand.
 * @throws DomainError `directives.changed_meanwhile` when `version` is no longer the newest
 */
export async function correctDraft(ctx: Ctx, id: string, input: Correction): Promise<DirectiveView> {
  may(ctx, 'directives:draft');
  return inTransaction(ctx, async (tx) => {
    const row = await fetchDraft(tx, ctx, id);
    mustHaveVersion(row, input.version);
    const next = await changeHead(tx, ctx, row, input);
    await changeRecipients(tx, ctx, next, {
      input: input.recipients,
      moved: next.day !== row.day || input.attachments !== undefined,
      keepAudience: input.requirements === undefined,
    });
    if (input.requirements) await changeRequirements(tx, row, input.requirements);
    if (input.bases) await changeBases(tx, id, input.bases);
    await record(tx, ctx, {
      action: 'directives.corrected',
      subject: { kind: 'directive', id },
      before: changedOf(row, input),
      after: input,
    });
    return viewDirective(tx, ctx, id);
  });
}

function changedOf(row: DirectiveRow, input: Correction) {
  const head = Object.fromEntries(Object.keys(input.head ?? {}).map((key) => [key, row[key as keyof HeadInput]]));
  return input.attachments ? { ...head, attachments: row.reading.attachments } : head;
}

async function changeHead(tx: Tx, ctx: Ctx, row: DirectiveRow, input: Correction): Promise<DirectiveRow> {
  const given = Object.fromEntries(Object.entries(input.head ?? {}).filter(([, value]) => value !== undefined)) as Partial<
    Pick<DirectiveRow, HeadKey>
  >;
  if (given.overseer) mustReachOrSupervise(ctx, given.overseer);
  if (given.subject !== undefined && row.exercise !== null) given.subject = marked(given.subject);
  const next = { ...row, ...given };
  if (next.windowFrom && next.windowTo && next.windowFrom > next.windowTo) {
    throw invalid('directives.window', 'windowTo', {
      vi: 'Ngày cuối của đợt cao điểm phải từ ngày đầu trở đi.',
      en: 'The window must not end before it begins.',
    });
  }
  const code = codeOf(next.number, next.symbol);
  const year = next.day ? Number(next.day.slice(0, 4)) : row.reading.date.year;
  const [changed] = await tx
    .update(directives)
    .set({
      ...given,
      reading: newReading(row.reading, input),
      code,
      year,
      ...keysOf({ ...next, code }),
      version: sql`${directives.version} + 1`,
    })
    .where(and(eq(directives.id, row.id), eq(directives.version, input.version), eq(directives.status, 'draft')))
    .returning();
  if (!changed) throw changedMeanwhile(row.version);
  return changed;
}

/** Copies, contacts and attached lists keep their places in the text as long as none comes or goes. */
function newReading(reading: Reading, input: Correction): Reading {
  const { copies = reading.copies, contacts = reading.contacts, attachments = reading.attachments } = input;
  const moved = [
    ...(copies.length === reading.copies.length ? [] : ['copies[']),
    ...(contacts.length === reading.contacts.length ? [] : ['contacts[']),
    ...(attachments.length === reading.attachments.length ? [] : ['attachments[']),
  ];
  return {
    ...reading,
    copies,
    contacts,
    attachments,
    spans: reading.spans.filter(({ field }) => !moved.some((prefix) => field.startsWith(prefix))),
  };
}

type RecipientChange = { input: RecipientsInput | undefined; moved: boolean; keepAudience: boolean };

async function changeRecipients(tx: Tx, ctx: Ctx, row: DirectiveRow, change: RecipientChange): Promise<void> {
  const { input, moved, keepAudience } = change;
  if (!input) return moved ? resolveAgain(tx, ctx, row) : undefined;
  const before = await tx.select().from(recipients).where(eq(recipients.directive, row.id)).orderBy(asc(recipients.position));
  const next = await newRecipients(tx, ctx, row, { input, before, again: moved });
  if (keepAudience) {
    const items = await tx
      .select({ id: requirements.id, path: requirements.path, audience: requirements.audience })
      .from(requirements)
      .where(eq(requirements.directive, row.id));
    for (const { id, audience } of movedAudience(items, before, next))
      await tx.update(requirements).set({ audience }).where(eq(requirements.id, id));
  }
  await writeRecipients(tx, row.id, next);
}

async function changeRequirements(tx: Tx, { id: directive, text }: DirectiveRow, list: readonly RequirementInput[]): Promise<void> {
  const before = await tx.select().from(requirements).where(eq(requirements.directive, directive));
  const addressed = await tx.$count(recipients, eq(recipients.directive, directive));
  const known = new Map(before.map((one) => [one.id, one]));
  // A document may print a number twice: that is told before issuing, and must not stop the correction of other items.
  const printed = before.map((one) => one.path).filter((path, i, all) => all.indexOf(path) !== i);
  const at = { addressed, paths: new Set<string>(), twice: new Set(printed) };
  const next = list.map((item, i): RequirementToWrite => {
    mustBeSound(item, `requirements[${i}]`, at);
    mustLieWithin(item, `requirements[${i}].span`, text);
    const old = item.id ? known.get(item.id) : undefined;
    const kept = old && old.spanStart !== null && old.spanEnd !== null ? { start: old.spanStart, end: old.spanEnd } : null;
    const span = item.span === undefined || text === '' ? kept : item.span;
    return { ...item, id: old?.id, audienceText: old?.audienceText ?? [], span };
  });
  await writeRequirements(tx, directive, next);
}

/** A draft that was not read from a text has no places of its own. */
function mustLieWithin({ path, span }: RequirementInput, place: string, text: string): void {
  if (!span || text === '' || (span.start < span.end && span.end <= text.length)) return;
  throw invalid('directives.span', place, {
    vi: `Đoạn văn bản của mục ${path} nằm ngoài văn bản. Tải lại trang rồi chọn lại đoạn.`,
    en: `The passage of item ${path} lies outside the document. Reload the page and choose it again.`,
  });
}

/** @throws DomainError that names the item and its field */
export function mustBeSound(
  item: RequirementInput,
  place: string,
  at: { addressed: number; paths: Set<string>; twice?: Set<string> },
): void {
  if (at.paths.has(item.path) && !at.twice?.has(item.path)) {
    throw invalid('directives.path_twice', `${place}.path`, {
      vi: `Mục ${item.path} xuất hiện hai lần. Đổi số mục của một trong hai.`,
      en: `Item ${item.path} appears twice. Renumber one of the two.`,
    });
  }
  at.paths.add(item.path);
  if (!item.heading && item.text === '') {
    throw invalid('directives.item_empty', `${place}.text`, {
      vi: `Mục ${item.path} chưa có nội dung. Nhập nội dung, hoặc chuyển thành đề mục.`,
      en: `Item ${item.path} has no text. Enter it, or make it a heading.`,
    });
  }
  if (item.audience.some((position) => position >= at.addressed)) {
    throw invalid('directives.audience', `${place}.audience`, {
      vi: `Mục ${item.path} chọn một nơi nhận không còn trong danh sách.`,
      en: `Item ${item.path} names a recipient that is no longer listed.`,
    });
  }
  const unknown = item.measures.find((measure) => !measureOf(measure));
  if (unknown)
    throw invalid('directives.measure', `${place}.measures`, {
      vi: `Không có chỉ tiêu “${unknown}”.`,
      en: `There is no measure “${unknown}”.`,
    });
}

async function changeBases(tx: Tx, directive: string, list: readonly BasisInput[]): Promise<void> {
  const before = new Map((await tx.select().from(bases).where(eq(bases.directive, directive))).map((one) => [one.id, one]));
  await writeBases(
    tx,
    directive,
    list.map((basis) => {
      const old = basis.id ? before.get(basis.id) : undefined;
      return {
        ...basis,
        id: old?.id,
        span: old && old.spanStart !== null && old.spanEnd !== null ? { start: old.spanStart, end: old.spanEnd } : null,
      };
    }),
  );
}
