import { conflict, DomainError, fold, invalid, isoInstant, newId, notFound } from '@vonggac/kernel';
import { OutsideError, readTableSafely, restoreCell, type Sheet, type Table, writeTable, XLSX_TYPE } from '@vonggac/outside';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { ROLE_NAMES } from './contact-model.ts';
import type { FileOut } from './export.ts';
import { cellsOf, fieldsOf, findHead, recogniseColumns, unknownHeads } from './import-columns.ts';
import { planContacts } from './import-contacts.ts';
import type { ImportCounts, ImportKind, ImportPlace, ImportRow } from './import-model.ts';
import { planOrganisations, type SourceRow } from './import-organisations.ts';
import { KIND_NAMES } from './kinds.ts';
import { imports } from './tables.ts';

const MOST_ROWS = 10_000;
const LIMIT = 20 * 2 ** 20;
const SECRET = /^(?:tuyệt mật|tối mật|mật)$/iu;

type Planned = ImportRow & { act: (tx: Tx, ctx: Ctx) => Promise<void> };

function permitted(ctx: Ctx, kind: ImportKind): void {
  may(ctx, kind === 'contacts' ? 'contacts:write' : 'organisations:write');
}

async function readSafely(bytes: Uint8Array, name: string): Promise<Table> {
  try {
    return await readTableSafely(bytes, name);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    throw new DomainError('invalid', `import.${error.code}`, error.messages, { place: error.place ?? 'file' });
  }
}

/** A mark of secrecy stops everything before anything is kept. */
function mustNotBeSecret(table: Table): void {
  const marked = table.sheets.some((sheet) => sheet.rows.some((row) => row.some((cell) => SECRET.test(cell.normalize('NFC').trim()))));
  if (!marked) return;
  throw invalid('import.secret', 'file', {
    vi: 'Tệp có dấu chỉ độ mật nên không được đọc và không được lưu. Tài liệu bí mật nhà nước không được đưa vào hệ thống này.',
    en: 'The file bears a secrecy mark: it was neither read further nor stored. State secrets must not be put into this system.',
  });
}

/** Takes a list in: reads it, says what was recognised. Nothing of it is in the register yet. */
export async function uploadImport(ctx: Ctx, input: { kind: ImportKind; name: string; bytes: Uint8Array }) {
  permitted(ctx, input.kind);
  const table = await readSafely(input.bytes, input.name);
  mustNotBeSecret(table);
  const { sha256 } = await ctx.stores.files.put(input.bytes, LIMIT);
  const id = newId();
  const again = await inTransaction(ctx, async (tx) => {
    const [former] = await tx
      .select({ id: imports.id })
      .from(imports)
      .where(
        and(
          eq(imports.organisation, ctx.actor.organisation),
          eq(imports.sha256, sha256),
          eq(imports.kind, input.kind),
          eq(imports.state, 'done'),
        ),
      );
    await tx
      .insert(imports)
      .values({ id, organisation: ctx.actor.organisation, person: personOf(ctx), kind: input.kind, sha256, name: input.name });
    await record(tx, ctx, {
      action: 'organisations.import_uploaded',
      subject: { kind: 'import', id },
      after: { kind: input.kind, name: input.name, sha256 },
    });
    return former !== undefined;
  });
  return {
    id,
    kind: input.kind,
    name: input.name,
    format: table.format,
    encoding: table.encoding ?? null,
    again,
    warnings: table.warnings.map(({ messages }) => ({ vi: messages.vi, en: messages.en })),
    sheets: table.sheets.map((sheet) => recognised(input.kind, sheet)),
    fields: fieldsOf(input.kind),
  };
}

function recognised(kind: ImportKind, sheet: Sheet) {
  const head = findHead(kind, sheet.rows);
  const heads = sheet.rows[head] ?? [];
  return {
    name: sheet.name,
    rows: Math.max(0, sheet.rows.length - head - 1),
    hidden: sheet.hidden,
    head,
    heads,
    sample: sheet.rows.slice(head + 1, head + 4),
    columns: { ...recogniseColumns(kind, heads) },
  };
}

const personOf = (ctx: Ctx): string => (ctx.actor.kind === 'person' ? ctx.actor.id : ctx.actor.name);

/** Only who uploaded it may go on with it. */
async function fetchImport(tx: Tx, ctx: Ctx, id: string): Promise<typeof imports.$inferSelect> {
  const [row] = await tx
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), eq(imports.person, personOf(ctx))));
  if (!row || row.organisation !== ctx.actor.organisation) throw notFound('import');
  permitted(ctx, row.kind);
  return row;
}

type Source = { kind: ImportKind; rows: SourceRow[]; unknown: string[] };

/** The rows below the head, by field. @throws DomainError `import.column` where a required column is not mapped */
async function sourceOf(ctx: Ctx, id: string, place: ImportPlace): Promise<Source> {
  const found = await inSnapshot(ctx, (tx) => fetchImport(tx, ctx, id));
  const table = await readSafely(await ctx.stores.files.bytes(found.sha256), found.name);
  const sheet = table.sheets[place.sheet];
  const heads = sheet?.rows[place.head];
  if (!sheet || !heads)
    throw invalid('import.head', 'head', {
      vi: 'Không có dòng tiêu đề ở vị trí đã chọn.',
      en: 'There is no head row at the chosen place.',
    });
  const missing = fieldsOf(found.kind).find(({ key, required }) => required && place.columns[key] === undefined);
  if (missing)
    throw invalid('import.column', `columns.${missing.key}`, {
      vi: `Chọn cột chứa “${missing.name.vi}”.`,
      en: `Choose the column with “${missing.name.en}”.`,
    });
  const body = sheet.rows.slice(place.head + 1);
  if (body.length > MOST_ROWS)
    throw invalid('import.too_many', 'file', {
      vi: `Tệp có hơn ${MOST_ROWS} dòng. Chia nhỏ tệp rồi nhập lần lượt.`,
      en: `The file has more than ${MOST_ROWS} rows. Split it and import the parts.`,
    });
  const rows = body.flatMap((cells, at) => {
    const restored = cells.map(restoreCell);
    return restored.every((cell) => cell.trim() === '')
      ? []
      : [{ row: sheet.firstRow + place.head + 1 + at, ...cellsOf(restored, heads, place.columns) }];
  });
  return { kind: found.kind, rows, unknown: unknownHeads(heads, place.columns) };
}

async function plan(tx: Tx, ctx: Ctx, source: Source, freshId: () => string): Promise<Planned[]> {
  return source.kind === 'contacts' ? planContacts(tx, ctx, source.rows) : planOrganisations(tx, ctx, source.rows, freshId);
}

function counted(rows: readonly ImportRow[]): ImportCounts {
  const counts: ImportCounts = { new: 0, changed: 0, same: 0, refused: 0 };
  for (const row of rows) counts[row.state] += 1;
  return counts;
}

const shown = ({ row, state, name, changes, reason }: ImportRow): ImportRow => ({ row, state, name, changes, reason });

/** The dry-run: row by row what would be new, changed, the same, refused and why. Changes nothing. */
export async function planImport(ctx: Ctx, id: string, place: ImportPlace) {
  const source = await sourceOf(ctx, id, place);
  const rows = await inSnapshot(ctx, (tx) => plan(tx, ctx, source, newId));
  return { counts: counted(rows), rows: rows.map(shown), unknownColumns: source.unknown };
}

/** What is made in this run enters the scope of its transaction: it hangs under what is in reach. */
async function freshIds(ctx: Ctx, source: Source): Promise<string[]> {
  if (source.kind === 'contacts') return [];
  const rows = await inSnapshot(ctx, (tx) => plan(tx, ctx, source, newId));
  return rows.filter((row) => row.state === 'new').map(() => newId());
}

/**
 * Runs the import, all rows in one transaction; running the same list again changes nothing.
 * @throws DomainError `import.done` when this upload was already run
 */
export async function runImport(ctx: Ctx, id: string, place: ImportPlace): Promise<{ counts: ImportCounts; refused: ImportRow[] }> {
  const source = await sourceOf(ctx, id, place);
  const fresh = await freshIds(ctx, source);
  const wider: Ctx = {
    ...ctx,
    scope: { ...ctx.scope, organisations: [...ctx.scope.organisations, ...fresh], directory: [...ctx.scope.directory, ...fresh] },
  };
  return inTransaction(wider, async (tx) => {
    await fetchImport(tx, ctx, id);
    const claimed = await tx
      .update(imports)
      .set({ state: 'done' })
      .where(and(eq(imports.id, id), eq(imports.state, 'read')))
      .returning({ id: imports.id });
    if (claimed.length === 0)
      throw conflict('import.done', {
        vi: 'Tệp này đã được nhập. Tải tệp lên lại nếu muốn nhập lần nữa.',
        en: 'This upload was already imported. Upload the file again to repeat it.',
      });
    const left = [...fresh];
    const rows = await plan(tx, wider, source, () => left.shift() ?? newId());
    for (const row of rows) await row.act(tx, wider);
    const result = {
      counts: counted(rows),
      refused: rows.filter((row) => row.state === 'refused').map(shown),
      doneAt: isoInstant(ctx.clock.now()),
    };
    await tx.update(imports).set({ result }).where(eq(imports.id, id));
    await record(tx, ctx, {
      action: 'organisations.imported',
      subject: { kind: 'import', id },
      after: { kind: source.kind, counts: result.counts },
    });
    return { counts: result.counts, refused: result.refused };
  });
}

/** The refused rows of a run, as a table to mend. */
export async function refusedRows(ctx: Ctx, id: string): Promise<FileOut> {
  const found = await inSnapshot(ctx, (tx) => fetchImport(tx, ctx, id));
  const vi = ctx.language === 'vi';
  const columns = [
    { title: vi ? 'Dòng' : 'Row' },
    { title: vi ? 'Nội dung' : 'Content', width: 50 },
    { title: vi ? 'Lý do' : 'Reason', width: 80 },
  ];
  const rows = (found.result?.refused ?? []).map((row) => [row.row, row.name, row.reason?.[ctx.language] ?? ''] as const);
  const title = vi ? 'Dòng không nhập được' : 'Refused rows';
  return { name: `${title}.xlsx`, type: XLSX_TYPE, content: await writeTable([{ name: title, lines: [found.name], columns, rows }]) };
}

/** An empty list with the right heads, and the words that its columns take. */
export async function importTemplate(ctx: Ctx, kind: ImportKind): Promise<FileOut> {
  const columns = fieldsOf(kind).map((field) => ({ title: `${field.name[ctx.language]}${field.required ? ' *' : ''}`, width: 24 }));
  const words = Object.values(kind === 'contacts' ? ROLE_NAMES : KIND_NAMES).map((name) => [name[ctx.language]]);
  const title =
    kind === 'contacts'
      ? { vi: 'Mẫu danh bạ đầu mối', en: 'Contact list template' }
      : { vi: 'Mẫu danh sách đơn vị', en: 'Organisation list template' };
  const word = ctx.language === 'vi' ? (kind === 'contacts' ? 'Vai trò' : 'Loại') : kind === 'contacts' ? 'Role' : 'Kind';
  const sheets = [
    { name: fold(title[ctx.language]), columns, rows: [] },
    { name: word, columns: [{ title: word, width: 40 }], rows: words },
  ];
  return { name: `${title[ctx.language]}.xlsx`, type: XLSX_TYPE, content: await writeTable(sheets) };
}
