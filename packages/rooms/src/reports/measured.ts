import { type Ctx, measureOf, type MeasureValue, type Tx } from '@vonggac/store';
import { litAt, type Loaded, selectRows } from '../tasks/index.ts';
import type { Counted } from './model.ts';

const sum = (values: readonly (number | null)[]): number | null =>
  values.every((value) => value === null) ? null : values.reduce<number>((total, value) => total + (value ?? 0), 0);

/**
 * What the measures of each item count over everybody whom it concerns, with the figure of each organisation as its row; of those that
 * nobody can count the sentence says why.
 */
export async function measuredFigures(tx: Tx, ctx: Ctx, { columns, rows, window }: Loaded): Promise<Counted[]> {
  const figures: Counted[] = [];
  const ordered = selectRows(rows, columns, {});
  for (const [at, { id: column, path, measures }] of columns.entries()) {
    const concerned = ordered.filter((row) => row.receipt !== 'refused' && litAt(row, at) !== 'not-concerned');
    const ids = concerned.map(({ id }) => id);
    for (const { id, name } of ids.length === 0 ? [] : measures) {
      const measure = measureOf(id)!;
      const values = new Map((await measure.compute(tx, ctx, ids, window)).map((value) => [value.organisation, value]));
      const all = [...values.values()];
      const figure = (await measure.overall?.(tx, ctx, ids, window)) ?? {
        value: sum(all.map((one) => one.value)),
        of: sum(all.map((one) => one.of)),
      };
      figures.push({
        id: `item:${path}:measure:${id}`,
        name: { vi: `Mục ${path}: ${name.vi}`, en: `Item ${path}: ${name.en}` },
        ...figure,
        rows: concerned.map(({ id: organisation, name: called, context }) => ({
          key: `${organisation}:${column}:${id}`,
          organisation: { id: organisation, name: context === null ? called : `${called} (${context})` },
          path,
          text: values.get(organisation)?.text ?? NOTHING,
        })),
      });
    }
  }
  return figures;
}

const NOTHING: MeasureValue['text'] = { vi: 'Chưa có số liệu.', en: 'No data.' };
