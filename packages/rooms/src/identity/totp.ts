import { createHmac, timingSafeEqual } from 'node:crypto';

/** Length of a time step. @unit seconds (RFC 6238 §4.1) */
const STEP = 30;
const DIGITS = 6;
/** RFC 4648 §6. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes as base32 without padding, the form that authenticator apps take. */
export function base32(bytes: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let text = '';
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32[(held >>> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32[(held << (5 - bits)) & 31] : text;
}

/** The time step that an instant falls into. */
export function stepAt(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000 / STEP);
}

/** The code of a time step (RFC 4226 §5.3 with HMAC-SHA-1, which every app knows). */
export function codeOf(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const number = mac.readUInt32BE(mac[19]! & 0xf) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The step, out of the present one and its two neighbours, whose code this is; null for none (RFC 6238 §5.2). */
export function stepOfCode(secret: Uint8Array, code: string, now: Temporal.Instant): number | null {
  const present = stepAt(now);
  // All three are computed and compared, so that the time taken tells nothing.
  const found = [present, present - 1, present + 1].filter((step) => timingSafeEqual(Buffer.from(codeOf(secret, step)), digitsOf(code)));
  return found[0] ?? null;
}

function digitsOf(code: string): Buffer {
  return Buffer.from(/^\d{6}$/.test(code) ? code : '-'.repeat(DIGITS));
}

/** The address that an app reads from the QR code (the key URI format of authenticator apps). */
export function keyUri(secret: Uint8Array, account: string): string {
  const issuer = encodeURIComponent('Vọng Gác');
  return `otpauth://totp/${issuer}:${encodeURIComponent(account)}?secret=${base32(secret)}&issuer=${issuer}&algorithm=SHA1&digits=${DIGITS}&period=${STEP}`;
}
