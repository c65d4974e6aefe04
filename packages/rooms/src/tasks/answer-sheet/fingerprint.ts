import { createHash } from 'node:crypto';

/** What a directive asks in the items of a sheet; another one means that it was amended since. */
export function fingerprintOf(items: readonly { path: string; text: string; due: string | null; withdrawn: boolean }[]): string {
  const content = items.map(({ path, text, due, withdrawn }) => [path, text, due === null ? null : Date.parse(due), withdrawn]);
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
}
