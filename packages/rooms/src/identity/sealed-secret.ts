import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DomainError } from '@vonggac/kernel';

const FORM = 'v1';

/** Encrypts a person's secret (AES-256-GCM); the text opens for that person alone. @param key 32 bytes */
export function sealSecret(key: Uint8Array, person: string, secret: Uint8Array): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(person));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return [FORM, ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
}

/** @throws DomainError `identity.factor_unreadable` when the key is another one, as after a restore without the keys */
export function openSecret(key: Uint8Array, person: string, text: string): Uint8Array {
  try {
    const [form, nonce, tag, sealed] = text.split('.');
    if (form !== FORM) throw new Error('unknown form');
    const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce!, 'base64url'), { authTagLength: 16 });
    cipher.setAAD(Buffer.from(person)).setAuthTag(Buffer.from(tag!, 'base64url'));
    return Buffer.concat([cipher.update(Buffer.from(sealed!, 'base64url')), cipher.final()]);
  } catch {
    throw new DomainError('unavailable', 'identity.factor_unreadable', {
      vi: 'Không đọc được khóa xác thực vì khóa của hệ thống đã thay đổi. Dùng mã khôi phục, hoặc đề nghị quản trị viên đặt lại.',
      en: 'The authenticator’s key cannot be read since the system’s keys have changed. Use a recovery code, or ask the administrators for a reset.',
    });
  }
}
