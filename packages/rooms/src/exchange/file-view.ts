import type { Text } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { and, eq, inArray, ne } from 'drizzle-orm';
import { directiveHead } from '../directives/index.ts';
import type { AxisCode } from '../tasks/index.ts';
import { pathTo, PROGRESS, type Received, wrongOrder } from './model.ts';
import { type PartFacts, partFacts } from './part.ts';
import { statusFiles } from './tables.ts';

export type FileRow = typeof statusFiles.$inferSelect;
export type FileView = Awaited<ReturnType<typeof viewFiles>>[number];

/** What of a status belongs to the receiver's progress. */
export function progressOf(code: Received): AxisCode | null {
  return PROGRESS.find((one) => one === code) ?? null;
}

/** Status files with their part, whether they may be confirmed now, and whether they differ from what the agency did itself. */
export async function viewFiles(tx: Tx, rows: readonly FileRow[]) {
  const heads = await directiveHead(tx, [...new Set(rows.map(({ directive }) => directive))]);
  const views = [];
  for (const row of rows) {
    const facts = await partFacts(tx, row);
    const head = heads.get(row.directive);
    const {
      reader: _reader,
      overseer: _overseer,
      sha256: _sha256,
      fromId: _fromId,
      number: _number,
      day: _day,
      decidedBy: _by,
      ...shown
    } = row;
    views.push({
      ...shown,
      organisationName: facts.receipt.organisationName,
      directiveName: head?.code ?? head?.subject ?? '',
      problem: row.state === 'waiting' ? problemOf(row, facts, await confirmedOf(tx, row)) : null,
      differs: differs(row, facts),
    });
  }
  return views;
}

/** The statuses of a part that messages said and a person confirmed. */
export async function confirmedOf(tx: Tx, { id, directive, organisation }: FileRow): Promise<AxisCode[]> {
  const rows = await tx
    .select({ code: statusFiles.code })
    .from(statusFiles)
    .where(
      and(
        eq(statusFiles.directive, directive),
        eq(statusFiles.organisation, organisation),
        eq(statusFiles.state, 'confirmed'),
        ne(statusFiles.id, id),
        inArray(statusFiles.code, [...PROGRESS]),
      ),
    );
  return rows.flatMap(({ code }) => progressOf(code) ?? []);
}

/** Why a message cannot be confirmed now, or null. What the agency did in the system counts as said. */
export function problemOf(row: Pick<FileRow, 'code'>, facts: PartFacts, confirmed: readonly AxisCode[]): Text | null {
  const code = progressOf(row.code);
  if (code === null) return null;
  const wrong = wrongOrder(code, confirmed);
  if (wrong !== 'too-early') return wrong === null ? null : WRONG[wrong](code);
  const own = facts.status === '02' ? [] : pathTo(facts.status);
  return own.includes(before(code)) ? null : WRONG[wrong](code);
}

const before = (code: AxisCode): AxisCode => pathTo(code).at(-2) ?? '01';

const WRONG = {
  again: (code: AxisCode): Text => ({
    vi: `Trạng thái ${code} của đơn vị đã được xác nhận từ thông điệp khác. Bỏ tệp này.`,
    en: `Status ${code} of this organisation was confirmed from another message. Set this file aside.`,
  }),
  contradicts: (code: AxisCode): Text => ({
    vi: `Trạng thái ${code} trái với trạng thái đã xác nhận của đơn vị. Liên hệ đơn vị để làm rõ, rồi bỏ tệp này.`,
    en: `Status ${code} contradicts what was confirmed of this organisation. Ask the organisation, then set this file aside.`,
  }),
  'too-early': (code: AxisCode): Text => ({
    vi: `Sai thứ tự: chưa có trạng thái ${before(code)} trước trạng thái ${code}. Nhận tệp trạng thái ${before(code)} trước.`,
    en: `Out of order: status ${before(code)} has not come before ${code}. Read in the file of status ${before(code)} first.`,
  }),
};

/** The message says what the system does not: refused here and received there, or further on than the agency's own state. */
function differs(row: FileRow, { status }: PartFacts): boolean {
  const code = progressOf(row.code);
  return code !== null && row.state !== 'discarded' && !pathTo(status).includes(code);
}
