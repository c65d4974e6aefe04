import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { notFound } from '@vonggac/kernel';
import { XLSX_TYPE } from '@vonggac/outside';
import { type Ctx, inTransaction } from '@vonggac/store';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type PrintableFile, readName } from './model.ts';
import { filesIn } from './write.ts';

/** What lies in the folder for the organisation in whose name the actor is here. */
export function listPrintable(ctx: Ctx, folder: string): { items: (PrintableFile & { size: number })[]; total: number } {
  may(ctx, 'directives:follow');
  const items = filesIn({ folder, organisation: ctx.actor.organisation });
  return { items, total: items.length };
}

/** One of the files; the audit has it as a reading in bulk. @throws DomainError as if it did not exist, for any other name */
export async function downloadPrintable(
  ctx: Ctx,
  folder: string,
  name: string,
): Promise<{ name: string; type: string; content: Uint8Array }> {
  may(ctx, 'directives:follow');
  const file = readName(name, ctx.actor.organisation);
  const content = file && (await readFile(path.join(folder, file.name)).catch(() => null));
  if (!file || !content) throw notFound('printable');
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, {
      action: 'printable.downloaded',
      subject: { kind: 'organisation', id: ctx.actor.organisation },
      after: { file: name },
    }),
  );
  return { name, type: file.format === 'pdf' ? 'application/pdf' : XLSX_TYPE, content: new Uint8Array(content) };
}
