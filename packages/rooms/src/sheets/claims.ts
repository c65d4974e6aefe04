import type { FormSheet, Table } from '@vonggac/outside';
import { altered, noKeySheet } from './errors.ts';
import type { SheetForm } from './form.ts';
import { type Claims, isSignedBy, type Signature, signClaims } from './sign.ts';

type Signed<Fact extends string> = Pick<SheetForm<Fact, string>, 'format' | 'facts'>;
const KEYS_IN_A_CELL = 1000;

/** The hidden sheet with what the file is and the keys of its rows, signed. */
export function claimsSheet<Fact extends string>(keys: string, form: Signed<Fact>, claims: Claims<Fact>): FormSheet {
  const { key, signature } = signClaims(keys, form, claims);
  const chunks = Array.from({ length: Math.ceil(claims.keys.length / KEYS_IN_A_CELL) }, (_, at) =>
    claims.keys.slice(at * KEYS_IN_A_CELL, (at + 1) * KEYS_IN_A_CELL).join(' '),
  );
  const lines: [string, string][] = [
    [form.format, '1'],
    ...form.facts.map((name): [string, string] => [name, claims.facts[name]]),
    ...chunks.map((chunk): [string, string] => ['rows', chunk]),
    ['key', key],
    ['signature', signature],
  ];
  return {
    name: 'VongGac',
    hidden: true,
    columns: [{ width: 18 }, { width: 70 }],
    rows: lines.map((cells) => cells.map((text) => ({ text }))),
    protect: true,
  };
}

type Claimed<Fact extends string> = Claims<Fact> & Signature & { version: string };

/**
 * What the hidden sheet of a file says, once its signature is right.
 * @throws DomainError `answer-file.no_key` | `answer-file.altered`
 */
export function signedClaims<Fact extends string>(keys: string, form: Signed<Fact>, table: Table): Claims<Fact> {
  const claimed = readClaims(form, table);
  if (claimed === null) throw noKeySheet();
  if (claimed.version !== '1' || !isSignedBy(keys, form, claimed)) throw altered();
  return claimed;
}

/** Found by its content, wherever it stands. null: there is none, or not all of it. */
function readClaims<Fact extends string>(form: Signed<Fact>, table: Table): Claimed<Fact> | null {
  for (const sheet of table.sheets) {
    const start = sheet.rows.findIndex((row) => row.includes(form.format));
    if (start < 0) continue;
    const said = new Map<string, string[]>();
    for (const row of sheet.rows.slice(start)) {
      const [name, value] = row.filter((cell) => cell !== '');
      if (name !== undefined && value !== undefined) said.set(name, [...(said.get(name) ?? []), value.trim()]);
    }
    const claimed = claimedIn(form, said);
    if (claimed !== null) return claimed;
  }
  return null;
}

function claimedIn<Fact extends string>(form: Signed<Fact>, said: ReadonlyMap<string, readonly string[]>): Claimed<Fact> | null {
  const one = (name: string): string => said.get(name)?.[0] ?? '';
  const facts = Object.fromEntries(form.facts.map((name) => [name, one(name)])) as Record<Fact, string>;
  const claimed = { version: one(form.format), key: one('key'), signature: one('signature') };
  if ([...Object.values(facts), ...Object.values(claimed)].includes('')) return null;
  return { ...claimed, facts, keys: (said.get('rows') ?? []).flatMap((chunk) => chunk.split(/\s+/u)).filter((key) => key !== '') };
}
