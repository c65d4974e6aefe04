import { actorKey, fold, newId, notFound } from '@vonggac/kernel';
import { type Sheet, type Table, writeTable, XLSX_TYPE } from '@vonggac/outside';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { ROLE_NAMES } from './contact-model.ts';
import type { FileOut } from './export.ts';
import { fieldsOf, findHead, type ImportColumn, LIST_COLUMNS, recogniseColumns } from './import-columns.ts';
import { DOER_RIGHTS, LIST_DOERS } from './import-doers.ts';
import type { Doer, ImportKind, ImportPlace, ListKind } from './import-model.ts';
import { counted, fetchImport, readList, sourceOf } from './import-source.ts';
import { KIND_NAMES } from './kinds.ts';
import { imports } from './tables.ts';

const LIMIT = 20 * 2 ** 20;

/** Keeps an uploaded list and reads it; nothing of it is in force yet. `again`: the same file was taken in before. */
export async function keepUpload(
  ctx: Ctx,
  input: { kind: ImportKind; name: string; bytes: Uint8Array },
): Promise<{ id: string; again: boolean; table: Table }> {
  const { room, permission } = DOER_RIGHTS[input.kind];
  may(ctx, permission);
  const table = await readList(input.bytes, input.name);
  const { sha256 } = await ctx.stores.files.put(input.bytes, LIMIT);
  const id = newId();
  const again = await inTransaction(ctx, async (tx) => {
    const same = and(
      eq(imports.organisation, ctx.actor.organisation),
      eq(imports.sha256, sha256),
      eq(imports.kind, input.kind),
      eq(imports.state, 'done'),
    );
    const [former] = await tx.select({ id: imports.id }).from(imports).where(same).limit(1);
    await tx
      .insert(imports)
      .values({ id, organisation: ctx.actor.organisation, person: actorKey(ctx.actor), kind: input.kind, sha256, name: input.name });
    await record(tx, ctx, {
      action: `${room}.import_uploaded`,
      subject: { kind: 'import', id },
      after: { kind: input.kind, name: input.name, sha256 },
    });
    return former !== undefined;
  });
  return { id, again, table };
}

type Doers = Readonly<Partial<Record<ImportKind, Doer>>>;

/** Takes a list in: reads it, says what was recognised. Nothing of it is in the register yet. `doers`: of the kinds of other rooms. */
export async function uploadImport<K extends ImportKind = ListKind>(
  ctx: Ctx,
  input: { kind: K; name: string; bytes: Uint8Array },
  doers: Doers = LIST_DOERS,
) {
  const columns = doers[input.kind]?.columns ?? [];
  const { id, again, table } = await keepUpload(ctx, input);
  return {
    id,
    kind: input.kind,
    name: input.name,
    format: table.format,
    encoding: table.encoding ?? null,
    again,
    warnings: table.warnings.map(({ messages }) => ({ vi: messages.vi, en: messages.en })),
    sheets: table.sheets.map((sheet) => recognised(columns, sheet)),
    fields: fieldsOf(columns),
  };
}

function recognised(columns: readonly ImportColumn[], sheet: Sheet) {
  const head = findHead(columns, sheet.rows);
  const heads = sheet.rows[head] ?? [];
  return {
    name: sheet.name,
    rows: Math.max(0, sheet.rows.length - head - 1),
    hidden: sheet.hidden,
    head,
    heads,
    sample: sheet.rows.slice(head + 1, head + 4),
    columns: { ...recogniseColumns(columns, heads) },
  };
}

/** The dry-run: row by row what would be new, changed, the same, refused and why. Changes nothing. */
export async function planImport(ctx: Ctx, id: string, place: ImportPlace, doers: Doers = LIST_DOERS) {
  const found = await inSnapshot(ctx, (tx) => fetchImport(tx, ctx, id));
  const doer = doers[found.kind];
  if (!doer) throw notFound('import');
  const source = await sourceOf(ctx, { ...found, place }, doer);
  const rows = await inSnapshot(ctx, (tx) => doer.plan(tx, ctx, source.rows, newId));
  return {
    counts: counted(rows),
    rows: rows.map(({ row, state, name, changes, reason }) => ({ row, state, name, changes, reason })),
    unknownColumns: source.unknown,
  };
}

/** An empty list with the right heads, and the words that its columns take. */
export async function importTemplate(ctx: Ctx, kind: ListKind): Promise<FileOut> {
  const columns = LIST_COLUMNS[kind].map((field) => ({ title: `${field.name[ctx.language]}${field.required ? ' *' : ''}`, width: 24 }));
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
