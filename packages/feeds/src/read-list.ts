import { LIST_LIMITS } from './model.ts';
import type { ListLimits, ListMapping, ListRefusal, ListRow } from './model.ts';
import { openList } from './open-list.ts';
import type { ListSource } from './open-list.ts';
import { fromOutside } from './refusals.ts';
import { RowReader } from './row-reader.ts';

export type ReadOptions = { readonly limits?: Partial<ListLimits>; readonly signal?: AbortSignal };

type Reading = { readonly mapping: ListMapping } & ReadOptions;

/**
 * The rows of a list by a mapping, in batches of what a quarter of a megabyte of text holds, while the file streams by (.xlsx,
 * .docx and .pdf are taken apart in a child process first). A line that cannot be used comes as a refusal with column, reason
 * and cure; the others go on. Memory does not grow with a text, gzip included.
 *
 * @throws DomainError `feeds.columns_changed` before the first row; `feeds.list_too_big`, `feeds.…` of what cannot be opened,
 * also after rows: an import takes all or nothing.
 */
export async function* readBatches(source: ListSource, name: string, reading: Reading): AsyncGenerator<(ListRow | ListRefusal)[]> {
  const { mapping, limits, signal } = reading;
  const list = await openList(source, name, { limits: { ...LIST_LIMITS, ...limits }, sheet: mapping.sheet, signal });
  const reader = new RowReader(list, mapping);
  try {
    for await (const batch of list.rows()) {
      signal?.throwIfAborted();
      yield batch.map((raw) => reader.read(raw));
    }
  } catch (error) {
    throw fromOutside(error);
  }
}

/** `readBatches`, row by row. */
export async function* readList(source: ListSource, name: string, reading: Reading): AsyncGenerator<ListRow | ListRefusal> {
  for await (const batch of readBatches(source, name, reading)) yield* batch;
}
