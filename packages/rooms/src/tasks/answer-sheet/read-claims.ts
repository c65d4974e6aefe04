import type { Table } from '@vonggac/outside';
import { type Claims, FORMAT } from './sign.ts';

export type Claimed = Claims & { format: string; key: string; signature: string };

/** What the hidden sheet says, found by its content wherever it stands. null: there is none, or not all of it. */
export function readClaims(table: Table): Claimed | null {
  for (const sheet of table.sheets) {
    const start = sheet.rows.findIndex((row) => row.includes(FORMAT));
    if (start < 0) continue;
    const said = new Map<string, string[]>();
    for (const row of sheet.rows.slice(start)) {
      const [name, value] = row.filter((cell) => cell !== '');
      if (name !== undefined && value !== undefined) said.set(name, [...(said.get(name) ?? []), value.trim()]);
    }
    const claimed = claimedIn(said);
    if (claimed !== null) return claimed;
  }
  return null;
}

function claimedIn(said: ReadonlyMap<string, readonly string[]>): Claimed | null {
  const one = (name: string): string => said.get(name)?.[0] ?? '';
  const claimed = {
    format: one(FORMAT),
    directive: one('directive'),
    organisation: one('organisation'),
    sheet: one('sheet'),
    nonce: one('nonce'),
    fingerprint: one('fingerprint'),
    key: one('key'),
    signature: one('signature'),
  };
  if (Object.values(claimed).includes('')) return null;
  return { ...claimed, keys: (said.get('rows') ?? []).flatMap((chunk) => chunk.split(/\s+/u)).filter((key) => key !== '') };
}
