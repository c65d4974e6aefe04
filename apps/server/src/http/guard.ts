import { DomainError } from '@vonggac/kernel';
import type { Config } from '@vonggac/kernel';
import { bearerOf } from '@vonggac/rooms/identity';

const refused = (code: string, vi: string, en: string) => new DomainError('forbidden', code, { vi, en });

/** The hosts under which the server may be asked for: a page of another name cannot rebind itself here. */
export function mayHost(host: string | undefined, config: Pick<Config, 'publicUrl' | 'host'>): boolean {
  if (!host) return false;
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return [
    'localhost',
    '127.0.0.1',
    '[::1]',
    config.host.toLowerCase(),
    config.publicUrl ? new URL(config.publicUrl).hostname : '',
  ].includes(name);
}

/**
 * Every change, and every socket upgrade, must come from our own pages: the `Origin` is ours where a browser sends one,
 * and the header `x-vonggac`, which no other site's form can set, is there. A program with a token sends no cookie that
 * another site could use, so it needs no such header.
 * @throws DomainError `request.origin`
 */
export function mustBeOwnOrigin(method: string, headers: Headers, config: Pick<Config, 'publicUrl' | 'host'>): void {
  if (!mayHost(headers.get('host') ?? undefined, config))
    throw refused(
      'request.host',
      'Tên máy chủ không đúng. Mở hệ thống bằng địa chỉ đã cấu hình.',
      'Wrong host name. Open the system by its configured address.',
    );
  if (method === 'GET' || method === 'HEAD') return;
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  if (origin === null && site === null && bearerOf(headers) !== null) return;
  const isOwn = (origin === null || mayHost(hostOf(origin), config)) && (site === null || site === 'same-origin' || site === 'none');
  if (!isOwn || !headers.has('x-vonggac'))
    throw refused(
      'request.origin',
      'Yêu cầu không đến từ trang của hệ thống nên bị từ chối.',
      'The request does not come from a page of the system and was refused.',
    );
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** The caller's address: the socket's, or what a named proxy says (its last entry). */
export function callerAddress(socket: string, forwarded: string | null, proxies: readonly string[]): string {
  const plain = socket.replace(/^::ffff:/, '');
  if (!proxies.includes(plain) || !forwarded) return plain;
  return forwarded.split(',').at(-1)!.trim() || plain;
}

export const SECURITY_HEADERS: Record<string, string> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};
