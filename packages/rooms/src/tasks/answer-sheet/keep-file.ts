import { actorKey, dayOf, isoInstant, newId } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray } from 'drizzle-orm';
import { may, reaches } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { directiveHead, requirements } from '../../directives/index.ts';
import { noColumns, openSheet, SHEET_LIMIT, signedClaims } from '../../sheets/index.ts';
import { cleanName } from '../evidence-type.ts';
import { mustBeInForce, receiptOf, refusedAlready } from '../internal.ts';
import { mustBeSamePeriod } from '../periods/find.ts';
import { answerFiles, answerSheets, tasks } from '../tables.ts';
import { notOurs, otherAgency, otherDirective, outdated, used } from './errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type AnswerFile, viewOf } from './get-file.ts';
import { ANSWER_FORM } from './layout.ts';
import type { SheetRow } from './model.ts';
import { readSheet } from './read-sheet.ts';

export type KeptFile = { name: string; content: Uint8Array; directive?: string | undefined; organisation?: string | undefined };

/**
 * Takes a sheet back: whose it is by its signed hidden sheet, what it would change row by row. Nothing of it counts before
 * `importFile`. The same file sent again before that is the one that is there.
 * @throws DomainError `answer-file.…` that says what is wrong with the file and what to do
 */
export async function keepFile(ctx: Ctx, keys: string, input: KeptFile): Promise<AnswerFile> {
  may(ctx, 'directives:follow');
  const table = await openSheet(input.content, cleanName(input.name));
  const { facts } = signedClaims(keys, ANSWER_FORM, table);
  const sheet = await inSnapshot(ctx, (tx) => sheetOf(tx, ctx, { claimed: facts, input }));
  const read = readSheet(table, { rows: sheet.rows, today: dayOf(ctx.clock.now()).toString() });
  if (read === null) throw noColumns();
  const { sha256, size } = await ctx.stores.files.put(input.content, SHEET_LIMIT);
  const id = await inTransaction(ctx, async (tx) => {
    const [same] = await tx
      .select({ id: answerFiles.id })
      .from(answerFiles)
      .where(and(eq(answerFiles.sheet, sheet.id), eq(answerFiles.sha256, sha256), eq(answerFiles.state, 'read')));
    if (same) return same.id;
    const made = newId();
    const { directive, organisation, overseer } = sheet;
    const by = { readBy: actorKey(ctx.actor), readByName: ctx.actor.name };
    await tx.insert(answerFiles).values({
      id: made,
      directive,
      organisation,
      overseer,
      sheet: sheet.id,
      sha256,
      name: cleanName(input.name),
      size,
      state: 'read',
      ...read,
      readAt: isoInstant(ctx.clock.now()),
      ...by,
    });
    await record(tx, ctx, {
      action: 'answer-files.read',
      subject: { kind: 'answer-file', id: made },
      concerns: organisation,
      after: { name: cleanName(input.name), sha256, size, rows: read.rows.length },
    });
    return made;
  });
  return inSnapshot(ctx, (tx) => viewOf(tx, ctx, id));
}

type Claimed = { sheet: string; nonce: string };
type Sheet = typeof answerSheets.$inferSelect;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** The sheet that was issued, when it may still be used. */
async function sheetOf(tx: Tx, ctx: Ctx, { claimed, input }: { claimed: Claimed; input: KeptFile }): Promise<Sheet> {
  if (!UUID.test(claimed.sheet)) throw notOurs();
  const [sheet] = await tx.select().from(answerSheets).where(eq(answerSheets.id, claimed.sheet));
  if (!sheet || sheet.nonce !== claimed.nonce || !(reaches(ctx, sheet.overseer) || reaches(ctx, sheet.organisation))) throw notOurs();
  if (input.directive !== undefined && input.directive !== sheet.directive)
    throw otherDirective((await directiveHead(tx, [sheet.directive])).get(sheet.directive)?.code ?? null);
  const receipt = await receiptOf(tx, sheet);
  if (input.organisation !== undefined && input.organisation !== sheet.organisation) throw otherAgency(receipt.organisationName);
  if (sheet.usedBy !== null) {
    const [by] = await tx.select().from(answerFiles).where(eq(answerFiles.id, sheet.usedBy));
    throw used({ at: by?.decidedAt ?? null, name: by?.decidedByName ?? null, file: by?.name ?? '' });
  }
  await mustBeInForce(tx, sheet.directive);
  if (receipt.state === '02') throw refusedAlready();
  await mustBeCurrent(tx, sheet);
  return sheet;
}

/** @throws DomainError `answer-file.outdated` where the directive asks something else by now, `work.period_ended` */
export async function mustBeCurrent(tx: Tx, sheet: { rows: readonly SheetRow[]; fingerprint: string; issuedAt: string }): Promise<void> {
  await mustBeSamePeriod(
    tx,
    sheet.rows.map(({ task }) => task),
    sheet.issuedAt,
  );
  const rows = await tx
    .select({
      task: tasks.id,
      path: requirements.path,
      text: requirements.text,
      due: requirements.due,
      withdrawnAt: requirements.withdrawnAt,
    })
    .from(tasks)
    .innerJoin(requirements, eq(requirements.id, tasks.requirement))
    .where(
      inArray(
        tasks.id,
        sheet.rows.map(({ task }) => task),
      ),
    );
  const byTask = new Map(rows.map(({ task, withdrawnAt, ...row }) => [task, { ...row, withdrawn: withdrawnAt !== null }]));
  const now = sheet.rows.flatMap(({ task }) => byTask.get(task) ?? []);
  if (fingerprintOf(now) !== sheet.fingerprint) throw outdated();
}
