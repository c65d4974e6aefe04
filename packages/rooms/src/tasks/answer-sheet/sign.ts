import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readOrMakeKey } from '@vonggac/store';

/** What the hidden sheet of a file says about it. */
export type Claims = {
  directive: string;
  organisation: string;
  sheet: string;
  nonce: string;
  fingerprint: string;
  keys: readonly string[];
};

/** The key that signs new sheets; those of earlier ones stay in the keys directory and are only read. */
const CURRENT = '1';
export const FORMAT = 'vonggac-answers';

/** A secret that signs answer sheets. null: there has never been one of this version. */
function keyOf(keys: string, version: string): Buffer | null {
  if (version !== CURRENT) return null;
  return Buffer.from(
    readOrMakeKey(keys, `answer-sheets-${version}`, () => randomBytes(32).toString('hex')),
    'hex',
  );
}

/** The signature over everything that must not change (HMAC-SHA-256, RFC 2104). @returns its key's version, and hex */
export function signClaims(keys: string, claims: Claims): { key: string; signature: string } {
  return { key: CURRENT, signature: hmac(keyOf(keys, CURRENT)!, claims) };
}

export function isSignedBy(keys: string, claims: Claims, given: { key: string; signature: string }): boolean {
  const secret = keyOf(keys, given.key);
  if (secret === null || !/^[0-9a-f]{64}$/u.test(given.signature)) return false;
  return timingSafeEqual(Buffer.from(hmac(secret, claims), 'hex'), Buffer.from(given.signature, 'hex'));
}

function hmac(secret: Buffer, { directive, organisation, sheet, nonce, fingerprint, keys }: Claims): string {
  const content = JSON.stringify([FORMAT, directive, organisation, sheet, nonce, fingerprint, keys.toSorted()]);
  return createHmac('sha256', secret).update(content).digest('hex');
}

/** What a directive asks in the items of a sheet; another one means that it was amended since. */
export function fingerprintOf(items: readonly { path: string; text: string; due: string | null; withdrawn: boolean }[]): string {
  const content = items.map(({ path, text, due, withdrawn }) => [path, text, due === null ? null : Date.parse(due), withdrawn]);
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const ROW_KEY = /^VG-[0-9A-HJKMNP-TV-Z]{12}$/u;

/** A key of a row, by which it is found again wherever it stands. */
export function newRowKey(): string {
  return `VG-${[...randomBytes(12)].map((byte) => LETTERS[byte % 32]).join('')}`;
}

export const newNonce = (): string => randomBytes(16).toString('hex');
