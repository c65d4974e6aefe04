import { conflict, dayOf, invalid, isoInstant, unmarked } from '@vonggac/kernel';
import { breaksIndex, type Ctx, inSnapshot, inTransaction, raise, type Tx } from '@vonggac/store';
import { and, eq, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import type { DirectiveIssued } from './events.ts';
import { type DirectiveRow, changedMeanwhile, fetchDraft, mustHaveVersion, numberTaken } from './internal.ts';
import { codeOf } from './model.ts';
import { outsideOf, planOf } from './preview.ts';
import { checkSigned } from './reading.ts';
import { resolveAgain } from './recipients.ts';
import { directives } from './tables.ts';
import { keysOf } from './write-draft.ts';

export type SignedFile = { name: string; bytes: Uint8Array };
export type Numbered = { number: string; symbol?: string | undefined; day: string };
export type Issued = { receivers: number; tasks: number };

const LIMIT = 50 * 1_048_576;

/**
 * Issues a draft: its number, its day and the signed PDF in one act. Every receiver gets a receipt and its tasks in the
 * same transaction.
 * @throws DomainError `directives.number_taken`, `directives.unresolved`, `directives.nobody`, `directives.signed_not_pdf`
 */
export async function issueDirective(
  ctx: Ctx,
  id: string,
  input: Numbered & { version: number; leaveUnresolved: boolean; file: SignedFile },
): Promise<Issued> {
  may(ctx, 'directives:issue');
  await inSnapshot(ctx, async (tx) => mustHaveVersion(await fetchDraft(tx, ctx, id), input.version));
  const signedFile = await keepSigned(ctx, input.file);
  const issued = inTransaction(ctx, async (tx) => {
    const draft = await fetchDraft(tx, ctx, id);
    const numbers = numbersOf(ctx, draft, input);
    if (numbers.day !== draft.day) await resolveAgain(tx, ctx, { ...draft, day: numbers.day });
    return issue(tx, ctx, draft, { ...input, set: { ...numbers, signedFile, signedName: input.file.name } });
  });
  return issued.catch((error: unknown) => {
    if (!breaksIndex(error, 'directives_issued_code')) throw error;
    throw numberTaken(`${input.number}${input.symbol ?? ''}`, Number(input.day.slice(0, 4)));
  });
}

/** Issues a KHẨN document before its number and day, with a reason; both follow by `completeIssued`. */
export async function issueUrgently(
  ctx: Ctx,
  id: string,
  input: { version: number; reason: string; leaveUnresolved: boolean },
): Promise<Issued> {
  may(ctx, 'directives:issue');
  return inTransaction(ctx, async (tx) => {
    const draft = await fetchDraft(tx, ctx, id);
    mustHaveVersion(draft, input.version);
    if (!draft.urgency) {
      throw invalid('directives.not_urgent', 'urgency', {
        vi: 'Chỉ văn bản có độ khẩn (KHẨN, THƯỢNG KHẨN, HỎA TỐC) mới được ban hành khi chưa có số, ngày. Bổ sung số, ngày và bản PDF đã ký.',
        en: 'Only an urgent document (KHẨN, THƯỢNG KHẨN, HỎA TỐC) may go out before its number and day. Add the number, the day and the signed PDF.',
      });
    }
    return issue(tx, ctx, draft, { ...input, set: { code: null, urgentReason: input.reason } });
  });
}

/** Checks the signed PDF and puts it into the store, before any row names it. @returns its SHA-256 */
export async function keepSigned(ctx: Ctx, file: SignedFile): Promise<string> {
  await checkSigned(file.bytes, file.name);
  return (await ctx.stores.files.put(file.bytes, LIMIT)).sha256;
}

/**
 * @throws DomainError `directives.symbol_missing` where neither the draft nor the input has a symbol, `directives.day_ahead` for a day
 * that has not come: a document is dated when it is issued (NĐ 30/2020/NĐ-CP Điều 8)
 */
export function numbersOf(ctx: Pick<Ctx, 'clock'>, row: DirectiveRow, input: Numbered) {
  if (input.day > dayOf(ctx.clock.now()).toString())
    throw invalid('directives.day_ahead', 'day', {
      vi: 'Ngày văn bản không được sau ngày hôm nay. Kiểm tra lại ngày trên bản đã ký.',
      en: 'The day of a document cannot lie ahead. Check it against the signed copy.',
    });
  const symbol = input.symbol ?? row.symbol;
  const code = codeOf(input.number, symbol);
  if (!symbol || !code) {
    throw invalid('directives.symbol_missing', 'symbol', {
      vi: 'Văn bản chưa có ký hiệu. Nhập ký hiệu, ví dụ /STTTT-CNBCVT.',
      en: 'The document has no symbol yet. Enter it, for example /STTTT-CNBCVT.',
    });
  }
  const year = Number(input.day.slice(0, 4));
  return { number: input.number, symbol, code, day: input.day, year, ...keysOf({ ...row, code }) };
}

type Issuing = { version: number; leaveUnresolved: boolean; set: Partial<typeof directives.$inferInsert>; reason?: string };

async function issue(tx: Tx, ctx: Ctx, draft: DirectiveRow, how: Issuing): Promise<Issued> {
  const issuerName = draft.issuerName ?? '';
  if (unmarked(draft.subject) === '' || issuerName === '') {
    const place = unmarked(draft.subject) === '' ? 'subject' : 'issuerName';
    throw invalid('directives.incomplete', place, {
      vi: `Văn bản chưa có ${place === 'subject' ? 'trích yếu' : 'cơ quan ban hành'}. Bổ sung rồi ban hành.`,
      en: `The document has no ${place === 'subject' ? 'subject' : 'issuer'} yet. Add it, then issue.`,
    });
  }
  const plan = await planOf(tx, draft);
  mustBeReady(ctx, plan, how.leaveUnresolved);
  const [issued] = await tx
    .update(directives)
    .set({
      ...how.set,
      status: 'issued',
      issuedAt: isoInstant(ctx.clock.now()),
      issuedBy: ctx.actor.name,
      version: sql`${directives.version} + 1`,
    })
    .where(and(eq(directives.id, draft.id), eq(directives.version, how.version), eq(directives.status, 'draft')))
    .returning();
  if (!issued) throw changedMeanwhile(draft.version);
  const { receivers, assignments } = plan;
  await raise<DirectiveIssued>(tx, ctx, {
    name: 'directives.issued',
    directive: draft.id,
    overseer: draft.overseer,
    receivers,
    assignments,
  });
  await record(tx, ctx, {
    action: 'directives.issued',
    subject: { kind: 'directive', id: draft.id },
    before: { status: 'draft' },
    reason: how.reason,
    after: {
      code: issued.code,
      day: issued.day,
      signed: issued.signedFile,
      receivers: receivers.length,
      tasks: assignments.length,
      unresolved: plan.unresolved.map((one) => one.text),
    },
  });
  return { receivers: receivers.length, tasks: assignments.length };
}

function mustBeReady(ctx: Ctx, plan: Awaited<ReturnType<typeof planOf>>, leaveUnresolved: boolean): void {
  if (plan.assignments.length === 0) {
    throw invalid('directives.nobody', plan.receivers.length === 0 ? 'recipients' : 'requirements', {
      vi: 'Chưa có nội dung nào được giao cho đơn vị nào. Kiểm tra nơi nhận và đối tượng của từng mục.',
      en: 'Nothing is given to anybody yet. Check the recipients and the audience of each item.',
    });
  }
  const live = plan.requirements.filter((item) => item.withdrawnAt === null);
  const twice = live.findIndex((item, i) => live.findIndex((other) => other.path === item.path) < i);
  if (twice >= 0) {
    const { path } = live[twice]!;
    throw invalid('directives.path_twice', `requirements[${twice}].path`, {
      vi: `Mục ${path} xuất hiện hai lần. Quay lại bước kiểm tra và đổi số mục của một trong hai.`,
      en: `Item ${path} appears twice. Go back to checking and renumber one of the two.`,
    });
  }
  const outside = outsideOf(ctx, plan.receivers);
  if (outside.length > 0) {
    throw invalid(
      'directives.outside',
      'recipients',
      {
        vi: `Có ${outside.length} đơn vị nhận không thuộc phạm vi quản lý, theo dõi của cơ quan. Bỏ các đơn vị này hoặc bổ sung quan hệ theo dõi.`,
        en: `${outside.length} recipients are neither below nor supervised by your organisation. Remove them, or add the supervision.`,
      },
      { organisations: outside },
    );
  }
  if (plan.unresolved.length === 0 || leaveUnresolved) return;
  throw conflict(
    'directives.unresolved',
    {
      vi: `Còn ${plan.unresolved.length} nơi nhận chưa khớp đơn vị nào: ${plan.unresolved.map((one) => one.text).join('; ')}. Đối chiếu, hoặc xác nhận ban hành không gồm các nơi này.`,
      en: `${plan.unresolved.length} recipients match no organisation: ${plan.unresolved.map((one) => one.text).join('; ')}. Map them, or confirm issuing without them.`,
    },
    { unresolved: plan.unresolved },
  );
}
