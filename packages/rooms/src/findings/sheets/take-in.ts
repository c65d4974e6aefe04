import { actorKey, conflict, dayOf, DomainError, invalid, isoInstant, newId } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, ne } from 'drizzle-orm';
import { may, reaches } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { noColumns, openSheet, SHEET_LIMIT, signedClaims } from '../../sheets/index.ts';
import { cleanName } from '../../tasks/index.ts';
import { giveAnswer, type Saying } from '../answer.ts';
import { foreignOf } from '../entered.ts';
import { fetchFindings, type Finding, today } from '../internal.ts';
import { findingSheetFiles, findingSheets } from '../tables.ts';
import { FINDING_FORM } from './layout.ts';
import { readSheet } from './read-sheet.ts';
import { fetchFile, type FileView, planOf, type SheetFile, standingNow, viewOf } from './view.ts';
import { unitNamesOf } from '../../organisations/index.ts';

export type Upload = { name: string; content: Uint8Array; organisation?: string | undefined };

/**
 * Takes a sheet back: whose it is by its signed hidden sheet, what it would change row by row. Nothing of it counts before
 * `acceptSheetFile`. The same file again is the one that is there, also once it was accepted.
 * @throws DomainError `answer-file.…` that says what is wrong with the file and what to do
 */
export async function uploadSheetFile(ctx: Ctx, keys: string, input: Upload): Promise<FileView> {
  may(ctx, 'findings:answer');
  const name = cleanName(input.name);
  const table = await openSheet(input.content, name);
  const { facts } = signedClaims(keys, FINDING_FORM, table);
  const sheet = await inSnapshot(ctx, (tx) => sheetOf(tx, ctx, { facts, input }));
  const read = readSheet(table, { rows: sheet.rows, today: dayOf(ctx.clock.now()).toString() });
  if (read === null) throw noColumns();
  const { sha256, size } = await ctx.stores.files.put(input.content, SHEET_LIMIT);
  const id = await inTransaction(ctx, async (tx) => {
    const same = and(eq(findingSheetFiles.sheet, sheet.id), eq(findingSheetFiles.sha256, sha256), ne(findingSheetFiles.state, 'dropped'));
    const [known] = await tx.select({ id: findingSheetFiles.id }).from(findingSheetFiles).where(same);
    if (known) return known.id;
    const made = newId();
    const { organisation, overseer } = sheet;
    const by = { readAt: isoInstant(ctx.clock.now()), readBy: actorKey(ctx.actor), readByName: ctx.actor.name };
    await tx
      .insert(findingSheetFiles)
      .values({ id: made, organisation, overseer, sheet: sheet.id, sha256, name, size, state: 'read', ...read, ...by });
    await record(tx, ctx, {
      action: 'finding-sheets.read',
      subject: { kind: 'finding-sheet-file', id: made },
      concerns: organisation,
      after: { name, sha256, size, rows: read.rows.length },
    });
    return made;
  });
  return inSnapshot(ctx, (tx) => viewOf(tx, ctx, id));
}

type Sheet = typeof findingSheets.$inferSelect;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** The sheet that was issued. */
async function sheetOf(tx: Tx, ctx: Ctx, { facts, input }: { facts: { sheet: string; nonce: string }; input: Upload }): Promise<Sheet> {
  if (!UUID.test(facts.sheet)) throw notOurs();
  const [sheet] = await tx.select().from(findingSheets).where(eq(findingSheets.id, facts.sheet));
  if (!sheet || sheet.nonce !== facts.nonce || !(reaches(ctx, sheet.overseer) || reaches(ctx, sheet.organisation))) throw notOurs();
  if (input.organisation === undefined || input.organisation === sheet.organisation) return sheet;
  const names = await unitNamesOf(tx, [sheet.organisation], today(ctx));
  throw otherUnit(names.get(sheet.organisation) ?? '');
}

/**
 * A named officer accepts what a file says: its answers are given as on screen, in one transaction, each history telling who typed it in
 * for whom and from which file. What somebody answered meanwhile is left and shown.
 * @param shown how many rows the officer was shown as to be taken; where it is another number by now, nothing is done
 * @throws DomainError `answer-file.decided` | `answer-file.nothing` | `answer-file.differs`
 */
export async function acceptSheetFile(ctx: Ctx, id: string, { shown }: { shown: number }): Promise<FileView> {
  may(ctx, 'findings:answer');
  return inTransaction(ctx, async (tx) => {
    const file = await decide(tx, ctx, id, 'accepted');
    const [sheet] = await tx.select().from(findingSheets).where(eq(findingSheets.id, file.sheet));
    const rows = sheet?.rows ?? [];
    const before = await standingNow(tx, file, rows);
    const locked = before.size === 0 ? [] : await fetchFindings(tx, ctx, [...before.keys()]);
    const now = new Map(locked.filter((one) => one.organisation === file.organisation).map((one) => [one.id, one]));
    const plan = planOf(ctx, rows, { came: file.rows, now });
    const takes = plan.filter(({ state }) => state === 'take');
    if (takes.length !== shown) throw differs(takes.length);
    if (takes.length === 0) throw nothingToTake();
    const said = takes.map(({ row, said: one }) => ({ finding: now.get(row.finding)!, said: sayingOf(one!) }));
    for (const its of Map.groupBy(said, (one) => JSON.stringify(one.said)).values())
      await giveFrom(tx, ctx, { file, rows: its.map(({ finding }) => finding), given: its[0]!.said });
    const result = Object.fromEntries(plan.map(({ row, state }) => [row.key, state]));
    await tx.update(findingSheetFiles).set({ result }).where(eq(findingSheetFiles.id, id));
    await record(tx, ctx, {
      action: 'finding-sheets.accepted',
      subject: { kind: 'finding-sheet-file', id },
      concerns: file.organisation,
      after: { name: file.name, sha256: file.sha256, findings: takes.map(({ row }) => row.finding) },
    });
    return viewOf(tx, ctx, id);
  });
}

function sayingOf({ answer, note, postponedTo, machinesDone, machinesTotal }: SheetFile['rows'][number]): Saying {
  return { answer: answer!, note, postponedTo, machinesDone, machinesTotal };
}

async function giveFrom(tx: Tx, ctx: Ctx, { file, rows, given }: { file: SheetFile; rows: Finding[]; given: Saying }): Promise<void> {
  const source = { via: 'file' as const, who: file.who, at: file.readAt, file: { id: file.id, name: file.name } };
  await giveAnswer(tx, ctx, { rows, given, entered: foreignOf(ctx, rows).length > 0 ? source : null });
}

/** Puts a file aside that was read but shall not be taken in. @throws DomainError `answer-file.decided` */
export async function dropSheetFile(ctx: Ctx, id: string): Promise<void> {
  may(ctx, 'findings:answer');
  await inTransaction(ctx, async (tx) => {
    const file = await decide(tx, ctx, id, 'dropped');
    await record(tx, ctx, {
      action: 'finding-sheets.dropped',
      subject: { kind: 'finding-sheet-file', id },
      concerns: file.organisation,
      after: { name: file.name, sha256: file.sha256 },
    });
  });
}

/** One decision only, whoever is faster. */
async function decide(tx: Tx, ctx: Ctx, id: string, state: 'accepted' | 'dropped'): Promise<SheetFile> {
  const file = await fetchFile(tx, ctx, id);
  const by = { decidedAt: isoInstant(ctx.clock.now()), decidedBy: actorKey(ctx.actor), decidedByName: ctx.actor.name };
  const [decided] = await tx
    .update(findingSheetFiles)
    .set({ state, ...by })
    .where(and(eq(findingSheetFiles.id, id), eq(findingSheetFiles.state, 'read')))
    .returning();
  if (decided) return decided;
  throw conflict('answer-file.decided', {
    vi: file.state === 'dropped' ? 'Phiếu này đã bỏ, không nhập được nữa.' : 'Phiếu này đã được nhập.',
    en: file.state === 'dropped' ? 'This sheet was dropped and cannot be taken in.' : 'This sheet has been taken in already.',
  });
}

const notOurs = (): DomainError =>
  new DomainError(
    'not-found',
    'answer-file.not_ours',
    {
      vi: 'Phiếu này không do đơn vị đang đăng nhập phát hành, hoặc thuộc đơn vị ngoài phạm vi theo dõi.',
      en: 'This sheet was not issued here, or belongs to an organisation that you do not follow.',
    },
    { place: 'file' },
  );
const otherUnit = (name: string): DomainError =>
  invalid('answer-file.other_agency', 'file', {
    vi: `Phiếu này là của ${name}, không phải của đơn vị đã chọn.`,
    en: `This sheet is that of ${name}, not of the chosen organisation.`,
  });
const differs = (now: number): DomainError =>
  conflict('answer-file.differs', {
    vi: `Có điểm cần xử lý vừa thay đổi: nay phiếu này chỉ nhập được ${now} dòng. Xem lại rồi xác nhận.`,
    en: `Findings have just changed: by now ${now} rows of this sheet can be taken in. Look at it again and confirm.`,
  });
const nothingToTake = (): DomainError =>
  conflict('answer-file.nothing', {
    vi: 'Phiếu không có câu trả lời nào nhập được. Xem lý do ở từng dòng.',
    en: 'The sheet has no answer that can be taken in. See the reason at each row.',
  });
