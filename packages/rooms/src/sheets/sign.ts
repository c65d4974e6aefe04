import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readOrMakeKey } from '@vonggac/store';
import type { SheetForm } from './form.ts';

/** What the hidden sheet of a file says about it. */
export type Claims<Fact extends string> = { facts: Readonly<Record<Fact, string>>; keys: readonly string[] };
export type Signature = { key: string; signature: string };
type Signed<Fact extends string> = Pick<SheetForm<Fact, string>, 'format' | 'facts'>;

/** The key that signs new sheets; those of earlier ones stay in the keys directory and are only read. */
const CURRENT = '1';

/** A secret that signs sheets. null: there has never been one of this version. */
function keyOf(keys: string, version: string): Buffer | null {
  if (version !== CURRENT) return null;
  return Buffer.from(
    readOrMakeKey(keys, `answer-sheets-${version}`, () => randomBytes(32).toString('hex')),
    'hex',
  );
}

/** The signature over everything that must not change (HMAC-SHA-256, RFC 2104). @returns its key's version, and hex */
export function signClaims<Fact extends string>(keys: string, form: Signed<Fact>, claims: Claims<Fact>): Signature {
  return { key: CURRENT, signature: hmac(keyOf(keys, CURRENT)!, form, claims) };
}

export function isSignedBy<Fact extends string>(keys: string, form: Signed<Fact>, claimed: Claims<Fact> & Signature): boolean {
  const secret = keyOf(keys, claimed.key);
  if (secret === null || !/^[0-9a-f]{64}$/u.test(claimed.signature)) return false;
  return timingSafeEqual(Buffer.from(hmac(secret, form, claimed), 'hex'), Buffer.from(claimed.signature, 'hex'));
}

function hmac<Fact extends string>(secret: Buffer, form: Signed<Fact>, { facts, keys }: Claims<Fact>): string {
  const content = JSON.stringify([form.format, ...form.facts.map((name) => facts[name]), keys.toSorted()]);
  return createHmac('sha256', secret).update(content).digest('hex');
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const ROW_KEY = /^VG-[0-9A-HJKMNP-TV-Z]{12}$/u;

/** A key of a row, by which it is found again wherever it stands. */
export function newRowKey(): string {
  return `VG-${[...randomBytes(12)].map((byte) => LETTERS[byte % 32]).join('')}`;
}

export const newNonce = (): string => randomBytes(16).toString('hex');
