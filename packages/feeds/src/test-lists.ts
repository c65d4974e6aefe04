// What the tests of this package share.
import { DomainError } from '@vonggac/kernel';
import { packZip } from '@vonggac/outside';
import { expect } from 'vitest';
import { extraOf, readList, recogniseList } from './index.ts';
import type { ListMapping, ListRefusal, ListRow, Recognition } from './index.ts';

/** A row with its spare columns by header. */
export type ReadRow = Omit<ListRow, 'extra' | 'extraNames'> & { extra: Record<string, string> };
export type Lines = { rows: ReadRow[]; refused: ListRefusal[] };

/** The rows and refusals of a list. */
export async function read(source: string | Uint8Array, mapping: ListMapping, limits = {}): Promise<Lines> {
  const lines = await Array.fromAsync(readList(source, 'x', { mapping, limits }));
  const rows = lines
    .filter((line) => line.kind === 'row')
    .map(({ extra, extraNames, ...row }) => ({ ...row, extra: extraOf(extra, extraNames) }));
  return { rows, refused: lines.filter((line) => line.kind === 'refusal') };
}

/** Recognises a list, reads it by what was proposed, and checks that the two agree. */
export async function both(text: string | Uint8Array, name = 'list.csv', kept?: ListMapping): Promise<Lines & { seen: Recognition }> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const seen = await recogniseList(bytes, name, kept ? { kept } : {});
  const lines = await read(bytes, seen.mapping);
  expect(lines.rows.length + lines.refused.length).toBe(seen.rows);
  expect(lines.refused.length).toBe(seen.refused);
  return { seen, ...lines };
}

/** Which column means what. */
export const meant = (seen: Recognition): Record<string, string> =>
  Object.fromEntries(seen.columns.flatMap(({ header, meaning }) => (meaning === null ? [] : [[meaning, header]])));

export function zip(parts: readonly [string, string][]): Uint8Array {
  return packZip(parts.map(([name, text]) => ({ name, content: Buffer.from(text) })));
}

/** The code of the refusal that something ends with. */
export async function codeOf(running: Promise<unknown>): Promise<string> {
  const error = await running.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof DomainError)) throw error;
  expect(error.text.vi).not.toBe('');
  return error.code;
}
