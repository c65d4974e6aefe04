import { conflict } from '@vonggac/kernel';
import { breaksIndex, type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { may, mustReach } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type DirectiveRow, changedMeanwhile, fetchIssued, mustHaveVersion, numberTaken } from './internal.ts';
import { type Numbered, type SignedFile, keepSigned, numbersOf } from './issue.ts';
import { directives } from './tables.ts';

/** Adds number, day and signed PDF to a directive that went out as KHẨN before it had them; once. */
export async function completeIssued(ctx: Ctx, id: string, input: Numbered & { version: number; file: SignedFile }): Promise<void> {
  may(ctx, 'directives:issue');
  await inSnapshot(ctx, async (tx) => mustWait(ctx, await fetchIssued(tx, ctx, id), input.version));
  const signedFile = await keepSigned(ctx, input.file);
  const completed = inTransaction(ctx, async (tx) => {
    const row = await fetchIssued(tx, ctx, id);
    mustWait(ctx, row, input.version);
    const numbers = numbersOf(ctx, row, input);
    const done = await tx
      .update(directives)
      .set({ ...numbers, signedFile, signedName: input.file.name, version: sql`${directives.version} + 1` })
      .where(and(eq(directives.id, id), eq(directives.version, input.version), eq(directives.status, 'issued'), isNull(directives.code)))
      .returning({ id: directives.id });
    if (done.length === 0) throw changedMeanwhile(row.version);
    await record(tx, ctx, {
      action: 'directives.completed',
      subject: { kind: 'directive', id },
      after: { code: numbers.code, day: numbers.day, signed: signedFile },
    });
  });
  await completed.catch((error: unknown) => {
    if (!breaksIndex(error, 'directives_issued_code')) throw error;
    throw numberTaken(`${input.number}${input.symbol ?? ''}`, Number(input.day.slice(0, 4)));
  });
}

function mustWait(ctx: Ctx, row: DirectiveRow, version: number): void {
  mustReach(ctx, row.organisation);
  mustHaveVersion(row, version);
  if (row.code === null) return;
  throw conflict('directives.already_numbered', {
    vi: `Văn bản đã có số ${row.code}.`,
    en: `The directive already has its number, ${row.code}.`,
  });
}
