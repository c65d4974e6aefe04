import { type Ctx, inSnapshot } from '@vonggac/store';
import { type Group, loadMatrix } from './matrix-load.ts';
import { type Column, type MatrixQuery, type Row, selectRows } from './matrix-model.ts';

export type Matrix = { total: number; of: number; groups: Group[]; columns: Column[]; rows: Row[]; at: string };

/**
 * Organisations × requirements, filtered and sorted, within the scope. A cell is lit by a measure alone; what an agency says is
 * `reported`, silence is `no-data`, and the paperwork stands beside it.
 * @throws DomainError `directive.not_found`, `directive.draft`
 */
export async function matrix(ctx: Ctx, directive: string, query: MatrixQuery): Promise<Matrix> {
  return inSnapshot(ctx, async (tx) => {
    const { columns, groups, rows, at } = await loadMatrix(tx, ctx, directive);
    const shown = selectRows(rows, columns, query);
    return { total: shown.length, of: rows.length, groups, columns, rows: shown, at };
  });
}
