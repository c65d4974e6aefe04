import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readOrMakeKey } from './keys.ts';

/** To whom a backup is encrypted: one passphrase, or any number of age recipients (`age1…`). */
export type SealTo = { passphrase: string } | { recipients: readonly string[] };
/** What may open a backup; each is tried. */
export type OpenWith = { passphrase?: string | undefined; identities?: readonly string[] };

const BACKUP_KEY = 'backup-key';

/** The installation's own backup key, made at first use and kept with the keys. @returns its public half */
export async function ownRecipient(keys: string): Promise<string> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const fresh = await generateX25519Identity();
  return identityToRecipient(readOrMakeKey(keys, BACKUP_KEY, () => fresh));
}

/** The installation's own backup key where there is one. */
export function ownIdentity(keys: string): string | null {
  const file = path.join(keys, BACKUP_KEY);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

/** The keys that the data hangs on: not the passwords of the embedded database, which a new cluster gets anew. */
export function keyNames(keys: string): string[] {
  if (!existsSync(keys)) return [];
  return readdirSync(keys)
    .filter((name) => !name.startsWith('postgres-') && name !== 'first-password' && !name.startsWith('.'))
    .toSorted();
}

export function fingerprints(keys: string): Record<string, string> {
  return Object.fromEntries(
    keyNames(keys).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(path.join(keys, name)))
        .digest('hex')
        .slice(0, 16),
    ]),
  );
}

/** An age stream over a plain one. */
export async function sealed(plain: ReadableStream<Uint8Array>, to: SealTo): Promise<ReadableStream<Uint8Array>> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  if ('passphrase' in to) encrypter.setPassphrase(to.passphrase);
  else for (const recipient of to.recipients) encrypter.addRecipient(recipient);
  return encrypter.encrypt(plain);
}

/** The plain stream under an age one. @throws what the library throws: no identity fits, or the header is damaged */
export async function opened(cipher: ReadableStream<Uint8Array>, using: OpenWith): Promise<ReadableStream<Uint8Array>> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  if (using.passphrase !== undefined) decrypter.addPassphrase(using.passphrase);
  for (const identity of using.identities ?? []) decrypter.addIdentity(identity);
  return decrypter.decrypt(cipher);
}
