import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
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
  const last = lastAnchor(places.file);
  if (head.seq === 0 || last?.seq === head.seq) return null;
  const bare = { seq: head.seq, head: head.hash, at: isoInstant(ctx.clock.now()) };
  const anchor = { ...bare, signature: sign(null, Buffer.from(anchorText(bare)), privateKey(places.keys)).toString('base64') };
  for (const file of [places.file, ...(places.copy ? [places.copy] : [])]) await append(file, anchor);
  return anchor;
}

/** The newest anchor, without reading all of them. */
export function lastAnchor(file: string): Anchor | null {
  if (!existsSync(file)) return null;
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const tail = Buffer.alloc(Math.min(size, 4096));
    readSync(fd, tail, 0, tail.length, size - tail.length);
    const line = tail.toString('utf8').split('\n').slice(0, -1).at(-1);
    return line ? parsed(line) : null;
  } finally {
    closeSync(fd);
  }
}

export function readAnchors(file: string): Anchor[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').slice(0, -1).map(parsed);
}

/** A line that is no anchor counts as one that nobody signed. */
function parsed(line: string): Anchor {
  try {
    const { seq, head, at, signature } = JSON.parse(line) as Partial<Record<keyof Anchor, unknown>>;
    if (typeof seq === 'number' && typeof head === 'string' && typeof at === 'string' && typeof signature === 'string')
      return { seq, head, at, signature };
  } catch {
    // Falls through to the same answer.
  }
  return { seq: 0, head: '', at: '', signature: '' };
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

/** A line is whole or not there: a full disk or a fall leaves no half of one for the next to be joined to. */
async function append(file: string, anchor: Anchor): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a+', 0o600);
  try {
    const whole = await wholeLines(handle);
    try {
      await handle.appendFile(`${JSON.stringify(anchor)}\n`);
      await handle.sync();
    } catch (error) {
      await handle.truncate(whole);
      throw error;
    }
  } finally {
    await handle.close();
  }
}

/** Cuts off what follows the last line's end. @returns the length that is left, in bytes */
async function wholeLines(handle: FileHandle): Promise<number> {
  const { size } = await handle.stat();
  const tail = Buffer.alloc(Math.min(size, 4096));
  await handle.read(tail, 0, tail.length, size - tail.length);
  const whole = size - tail.length + tail.lastIndexOf(0x0a) + 1;
  if (whole < size) await handle.truncate(whole);
  return whole;
}
