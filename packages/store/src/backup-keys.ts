import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileExists, keysInTheWay, notABackup, notReadable, nothingThere, wrongKey } from './backup-errors.ts';
import type { OpenWith, SealTo } from './backup-secrets.ts';

type KeyFile = { kind: 'vonggac-keys'; keys: Record<string, string> };

/** Writes every key of the installation into one encrypted file (age), to be kept apart from the backups. @returns their names */
export async function exportKeys(keys: string, file: string, seal: SealTo): Promise<string[]> {
  if (existsSync(file)) throw fileExists(file);
  const names = existsSync(keys)
    ? readdirSync(keys)
        .filter((name) => !name.startsWith('first-password') && !name.startsWith('.'))
        .toSorted()
    : [];
  if (names.length === 0) throw nothingThere(keys);
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  if ('passphrase' in seal) encrypter.setPassphrase(seal.passphrase);
  else for (const recipient of seal.recipients) encrypter.addRecipient(recipient);
  const content: KeyFile = {
    kind: 'vonggac-keys',
    keys: Object.fromEntries(names.map((name) => [name, readFileSync(path.join(keys, name), 'utf8')])),
  };
  await writeSecret(file, await encrypter.encrypt(JSON.stringify(content)));
  return names;
}

/** Puts exported keys into an empty keys directory. @throws DomainError `backup.keys_in_the_way`, `backup.wrong_key` */
export async function importKeys(keys: string, file: string, using: OpenWith): Promise<string[]> {
  const sealedFile = await readFile(file).catch((error: unknown) => {
    throw notReadable(file, String(error));
  });
  if (!sealedFile.toString('latin1', 0, 40).startsWith('age-encryption.org/')) throw notABackup(file);
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  if (using.passphrase !== undefined) decrypter.addPassphrase(using.passphrase);
  for (const identity of using.identities ?? []) decrypter.addIdentity(identity);
  const text = await decrypter.decrypt(sealedFile, 'text').catch(() => {
    throw wrongKey(file);
  });
  const content = JSON.parse(text) as Partial<KeyFile>;
  if (content.kind !== 'vonggac-keys' || !content.keys) throw notABackup(file);
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const names = Object.keys(content.keys).filter((name) => /^[a-z0-9-]+$/.test(name));
  const there = names.filter((name) => existsSync(path.join(keys, name)));
  if (there.length > 0) throw keysInTheWay(keys, there);
  for (const name of names) await writeSecret(path.join(keys, name), Buffer.from(content.keys[name]!));
  return names;
}

async function writeSecret(file: string, content: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
