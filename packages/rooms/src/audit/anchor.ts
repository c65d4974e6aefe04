import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { isoInstant } from '@vonggac/kernel';
import { type Ctx, inSnapshot, readOrMakeKey } from '@vonggac/store';
import { type Anchor, anchorText } from './model.ts';
import { headOf } from './seal.ts';

/** Where anchors go: an append-only file, and a second place (another host's mount) where one is configured. */
export type AnchorPlaces = { keys: string; file: string; copy?: string | undefined };

/** Signs the head of the chain (Ed25519, RFC 8032) and appends it, synced; nothing when the head has not moved. */
export async function anchorAudit(ctx: Ctx, places: AnchorPlaces): Promise<Anchor | null> {
  const head = await inSnapshot(ctx, headOf);
  const last = readAnchors(places.file).at(-1);
  if (head.seq === 0 || last?.seq === head.seq) return null;
  const bare = { seq: head.seq, head: head.hash, at: isoInstant(ctx.clock.now()) };
  const anchor = { ...bare, signature: sign(null, Buffer.from(anchorText(bare)), privateKey(places.keys)).toString('base64') };
  for (const file of [places.file, ...(places.copy ? [places.copy] : [])]) await append(file, anchor);
  return anchor;
}

export function readAnchors(file: string): Anchor[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Anchor);
}

export function isGenuine(anchor: Anchor, keys: string): boolean {
  return verify(null, Buffer.from(anchorText(anchor)), createPublicKey(privateKey(keys)), Buffer.from(anchor.signature, 'base64'));
}

function privateKey(keys: string): KeyObject {
  return createPrivateKey(
    readOrMakeKey(keys, 'audit-anchor', () =>
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ),
  );
}

async function append(file: string, anchor: Anchor): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.write(`${JSON.stringify(anchor)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
