import type { Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { eq, or } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type DoneRow, hangingOn } from '../organisations/index.ts';
import { type Asset, facts } from './internal.ts';
import { assets } from './tables.ts';

const CHANGED: Text = { vi: 'Đã được duyệt hoặc sửa sau lần nhập này.', en: 'It was decided on or changed after this import.' };
const OUTSIDE: Text = { vi: 'Nay nằm ngoài phạm vi của đơn vị.', en: 'It is outside your scope by now.' };
const GONE: Text = { vi: 'Không còn trong danh mục.', en: 'It is no longer on file.' };
const PARTS: Text = { vi: 'Đã có tài sản khác thuộc hệ thống này.', en: 'Other assets belong to this system.' };

/** Takes rows back, the last one first; what was decided, changed or is named elsewhere stays. */
export async function undoAssets(tx: Tx, ctx: Ctx, rows: readonly DoneRow[]): Promise<Map<number, Text>> {
  const hanging = await hangingOn(
    tx,
    rows.filter(({ undo }) => undo['before'] === undefined).map(({ subject }) => subject),
    ['assets', 'audit'],
  );
  const kept = new Map<number, Text>();
  for (const row of rows) {
    const why = hanging.get(row.subject) ?? (await takeBack(tx, ctx, row));
    if (why) kept.set(row.row, why);
  }
  return kept;
}

async function takeBack(tx: Tx, ctx: Ctx, { subject, undo }: DoneRow): Promise<Text | null> {
  const [row] = await tx.select().from(assets).where(eq(assets.id, subject)).for('update');
  if (!row) return GONE;
  if (!reaches(ctx, row.organisation) && !reaches(ctx, row.overseer)) return OUTSIDE;
  if (row.version !== undo['version']) return CHANGED;
  return undo['before'] === undefined ? drop(tx, ctx, row) : restore(tx, ctx, row, undo['before'] as Partial<Asset>);
}

async function drop(tx: Tx, ctx: Ctx, row: Asset): Promise<Text | null> {
  const [part] = await tx
    .select({ id: assets.id })
    .from(assets)
    .where(or(eq(assets.system, row.id), eq(assets.continues, row.id)))
    .limit(1);
  if (part) return PARTS;
  await tx.delete(assets).where(eq(assets.id, row.id));
  await record(tx, ctx, {
    action: 'assets.removed',
    subject: { kind: 'asset', id: row.id },
    before: facts(row),
    concerns: row.organisation,
  });
  return null;
}

async function restore(tx: Tx, ctx: Ctx, row: Asset, before: Partial<Asset>): Promise<null> {
  await tx
    .update(assets)
    .set({ ...before, version: row.version + 1 })
    .where(eq(assets.id, row.id));
  await record(tx, ctx, {
    action: 'assets.corrected',
    subject: { kind: 'asset', id: row.id },
    before: facts(row),
    after: facts({ ...row, ...before }),
    concerns: row.organisation,
  });
  return null;
}
