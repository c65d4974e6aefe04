import { actorKey, DomainError, invalid, notFound } from '@vonggac/kernel';
import { OutsideError, readTableSafely, restoreCell, type Table } from '@vonggac/outside';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { cellsOf, unknownHeads } from './import-columns.ts';
import { DOER_RIGHTS } from './import-doers.ts';
import type { Doer, ImportCounts, ImportPlace, ImportRow, SourceRow } from './import-model.ts';
import { imports } from './tables.ts';

const SECRET = /^(?:tuyệt mật|tối mật|mật)$/iu;

export type Import = typeof imports.$inferSelect;

/** Reads a list, in a child with limits. A mark of secrecy stops everything before anything is kept. */
export async function readList(bytes: Uint8Array, name: string): Promise<Table> {
  const table = await readTableSafely(bytes, name).catch((error: unknown) => {
    if (!(error instanceof OutsideError)) throw error;
    throw new DomainError('invalid', `import.${error.code}`, error.messages, { place: error.place ?? 'file' });
  });
  const marked = table.sheets.some((sheet) => sheet.rows.some((row) => row.some((cell) => SECRET.test(cell.normalize('NFC').trim()))));
  if (!marked) return table;
  throw invalid('import.secret', 'file', {
    vi: 'Tệp có dấu chỉ độ mật nên không được đọc và không được lưu. Tài liệu bí mật nhà nước không được đưa vào hệ thống này.',
    en: 'The file bears a secrecy mark: it was neither read further nor stored. State secrets must not be put into this system.',
  });
}

/** Only who uploaded it may go on with it. */
export async function fetchImport(tx: Tx, ctx: Ctx, id: string): Promise<Import> {
  const [row] = await tx
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), eq(imports.person, actorKey(ctx.actor)), eq(imports.organisation, ctx.actor.organisation)));
  if (!row) throw notFound('import');
  may(ctx, DOER_RIGHTS[row.kind].permission);
  return row;
}

type Placed = Pick<Import, 'sha256' | 'name'> & { place: ImportPlace | null };

/** The rows below the head, by field. @throws DomainError `import.column` where a required column is not mapped */
export async function sourceOf(ctx: Ctx, { sha256, name, place }: Placed, doer: Doer): Promise<{ rows: SourceRow[]; unknown: string[] }> {
  const table = await readList(await ctx.stores.files.bytes(sha256), name);
  const sheet = place ? table.sheets[place.sheet] : undefined;
  const heads = place ? sheet?.rows[place.head] : undefined;
  if (!place || !sheet || !heads)
    throw invalid('import.head', 'head', {
      vi: 'Không có dòng tiêu đề ở vị trí đã chọn.',
      en: 'There is no head row at the chosen place.',
    });
  const missing = doer.columns?.find(({ key, required }) => required && place.columns[key] === undefined);
  if (missing)
    throw invalid('import.column', `columns.${missing.key}`, {
      vi: `Chọn cột chứa “${missing.name.vi}”.`,
      en: `Choose the column with “${missing.name.en}”.`,
    });
  const body = sheet.rows.slice(place.head + 1);
  if (body.length > doer.most)
    throw invalid('import.too_many', 'file', {
      vi: `Tệp có hơn ${doer.most} dòng. Chia nhỏ tệp rồi nhập lần lượt.`,
      en: `The file has more than ${doer.most} rows. Split it and import the parts.`,
    });
  const rows = body.flatMap((cells, at) => {
    const restored = cells.map(restoreCell);
    return restored.every((cell) => cell.trim() === '')
      ? []
      : [{ row: sheet.firstRow + place.head + 1 + at, ...cellsOf(restored, heads, place.columns) }];
  });
  return { rows: doer.prepare?.(rows) ?? rows, unknown: unknownHeads(heads, place.columns) };
}

export function counted(rows: readonly Pick<ImportRow, 'state'>[]): ImportCounts {
  const counts: ImportCounts = { new: 0, changed: 0, same: 0, refused: 0 };
  for (const row of rows) counts[row.state] += 1;
  return counts;
}
