import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { DomainError } from '@vonggac/kernel';

/** The one gate for whatever leaves. */
export type Outbound = {
  /**
   * Resolves a destination once and says which address to connect to.
   * @throws DomainError `outbound.refused` for private, link-local and own addresses that are not listed
   */
  allow(host: string, port: number): Promise<{ address: string; port: number; host: string }>;
};

const closed = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  closed.addSubnet(net, bits, 'ipv6');

/** @param listed destinations `host:port` that an administrator allows, besides public addresses */
export function openOutbound(listed: readonly string[]): Outbound {
  const names = new Set(listed.map((entry) => entry.trim().toLowerCase()).filter(Boolean));
  return {
    async allow(host, port) {
      if (!names.has(`${host.toLowerCase()}:${port}`)) throw refused(host, port);
      const address = isIP(host) ? host : (await lookup(host)).address;
      const isClosed = closed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
      // A listed name that resolves to a closed address must be listed by that address too.
      if (isClosed && !names.has(`${address}:${port}`) && host !== address) throw refused(host, port);
      return { address, port, host };
    },
  };
}

function refused(host: string, port: number): DomainError {
  return new DomainError('forbidden', 'outbound.refused', {
    vi: `Đích ${host}:${port} chưa được quản trị viên cho phép. Bổ sung vào VONGGAC_OUTBOUND nếu đúng.`,
    en: `The destination ${host}:${port} is not allowed by the administrator. Add it to VONGGAC_OUTBOUND if it is right.`,
  });
}
