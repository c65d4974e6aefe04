import { formatAddress, formatPrefix, lastOf, type Address, parsePrefixes, type Prefix } from '@vonggac/feeds';
import type { Text } from '@vonggac/kernel';

/** A prefix as PostgreSQL's `cidr` writes it. */
export type Network = { cidr: string; family: 4 | 6; length: number; first: bigint; last: bigint };
export type Problem = { code: string; text: Text };

const BITS = { 4: 32, 6: 128 } as const;
const problem = (code: string, vi: string, en: string): Problem => ({ code, text: { vi, en } });

export const isProblem = (one: object): one is Problem => 'code' in one;

const addressOf = (family: 4 | 6, value: bigint): Address => (family === 4 ? { family, value: Number(value) } : { family, value });

function networkFrom(prefix: Prefix): Network {
  const { address, length } = prefix;
  return { cidr: formatPrefix(prefix), family: address.family, length, first: BigInt(address.value), last: lastOf(prefix) };
}

/** A prefix from `first` on. */
export function networkOf(family: 4 | 6, first: bigint, length: number): Network {
  return networkFrom({ address: addressOf(family, first), length });
}

/** One address, canonical; null where it is none. Leading zeros and zone ids are none: programs read them differently. */
export function readAddress(text: string): { text: string; family: 4 | 6; value: bigint } | null {
  const found = /[/–-]/u.test(text) ? null : parsePrefixes(text);
  const address = found === null || typeof found === 'string' ? undefined : found.prefixes[0]?.address;
  return address ? { text: formatAddress(address), family: address.family, value: BigInt(address.value) } : null;
}

/** The fewest prefixes from one address to another. */
export function networksBetween(family: 4 | 6, first: bigint, last: bigint): Network[] {
  const found = parsePrefixes(`${formatAddress(addressOf(family, first))}-${formatAddress(addressOf(family, last))}`);
  return typeof found === 'string' ? [] : found.prefixes.map(networkFrom);
}

/** Addresses that nobody holds on the public Internet, with the document that says so. */
const NOT_PUBLIC: readonly [string, string, Text][] = [
  ['0.0.0.0/8', 'RFC 791', { vi: 'địa chỉ “mạng này”', en: '“this network”' }],
  ['10.0.0.0/8', 'RFC 1918', { vi: 'địa chỉ nội bộ', en: 'private' }],
  ['100.64.0.0/10', 'RFC 6598', { vi: 'địa chỉ dùng chung của nhà mạng (CGNAT)', en: 'shared by carriers (CGNAT)' }],
  ['127.0.0.0/8', 'RFC 1122', { vi: 'địa chỉ của chính máy', en: 'loopback' }],
  ['169.254.0.0/16', 'RFC 3927', { vi: 'địa chỉ tự cấp', en: 'link-local' }],
  ['172.16.0.0/12', 'RFC 1918', { vi: 'địa chỉ nội bộ', en: 'private' }],
  ['192.0.0.0/24', 'RFC 6890', { vi: 'địa chỉ dành cho giao thức', en: 'for protocols' }],
  ['192.0.2.0/24', 'RFC 5737', { vi: 'địa chỉ dùng làm ví dụ', en: 'for examples' }],
  ['192.168.0.0/16', 'RFC 1918', { vi: 'địa chỉ nội bộ', en: 'private' }],
  ['198.18.0.0/15', 'RFC 2544', { vi: 'địa chỉ để đo kiểm', en: 'for benchmarks' }],
  ['198.51.100.0/24', 'RFC 5737', { vi: 'địa chỉ dùng làm ví dụ', en: 'for examples' }],
  ['203.0.113.0/24', 'RFC 5737', { vi: 'địa chỉ dùng làm ví dụ', en: 'for examples' }],
  ['224.0.0.0/3', 'RFC 1112', { vi: 'địa chỉ phát theo nhóm hoặc dành riêng', en: 'multicast or reserved' }],
  ['::/8', 'RFC 4291', { vi: 'địa chỉ dành riêng', en: 'reserved' }],
  ['100::/64', 'RFC 6666', { vi: 'địa chỉ bỏ đi', en: 'discard only' }],
  ['2001::/32', 'RFC 4380', { vi: 'địa chỉ đường hầm Teredo', en: 'Teredo tunnels' }],
  ['2001:db8::/32', 'RFC 3849', { vi: 'địa chỉ dùng làm ví dụ', en: 'for examples' }],
  ['2002::/16', 'RFC 3056', { vi: 'địa chỉ đường hầm 6to4', en: '6to4 tunnels' }],
  ['fc00::/7', 'RFC 4193', { vi: 'địa chỉ nội bộ', en: 'private' }],
  ['fe80::/10', 'RFC 4291', { vi: 'địa chỉ tự cấp', en: 'link-local' }],
  ['ff00::/8', 'RFC 4291', { vi: 'địa chỉ phát theo nhóm', en: 'multicast' }],
];
const BLOCKED = NOT_PUBLIC.map(([cidr, source, text]) => {
  const [address = '', length = ''] = cidr.split('/');
  const { family, value } = readAddress(address)!;
  return { ...networkOf(family, value, Number(length)), source, text };
});

/** Which block that is not public a prefix meets. */
function blockOf(network: Network) {
  return BLOCKED.find((block) => block.family === network.family && block.first <= network.last && network.first <= block.last);
}

/** Whether an address lies where nobody holds it on the public Internet. */
export function isPrivate(address: { family: 4 | 6; value: bigint }): boolean {
  return blockOf(networkOf(address.family, address.value, BITS[address.family])) !== undefined;
}

const MALFORMED = problem(
  'assets.network',
  'Không đọc được dải địa chỉ. Ghi như 14.225.10.0/24, 14.225.10.7 hoặc 2405:4800::/32; không thêm số 0 ở đầu.',
  'This is no address range. Write it like 14.225.10.0/24, 14.225.10.7 or 2405:4800::/32, without leading zeros.',
);

const LEADING_ZERO = problem(
  'assets.leading_zero',
  'Bỏ số 0 ở đầu các phần của địa chỉ: 014 và 14 được các phần mềm hiểu khác nhau.',
  'Drop the leading zeros: programs read 014 and 14 differently.',
);

function several(text: string, networks: readonly Network[]): Problem {
  const list = networks
    .slice(0, 8)
    .map(({ cidr }) => cidr)
    .join(', ');
  const more = networks.length > 8 ? ', …' : '';
  return problem(
    'assets.several',
    `${text.trim()} gồm ${networks.length} dải. Đăng ký từng dải: ${list}${more}.`,
    `${text.trim()} is ${networks.length} ranges. Register each: ${list}${more}.`,
  );
}

/** The prefix that a search names, however wide; null where the text is none. */
export function searchedNetwork(text: string): string | null {
  return /^[\da-f:.]+(?:\/\d+)?$/iu.test(text) ? searched(text) : null;
}

function searched(text: string): string | null {
  const found = parsePrefixes(text);
  return typeof found === 'string' ? null : networkFrom(found.prefixes[0]!).cidr;
}

/**
 * A public range as an organisation may register it: a prefix or one address, IPv4 from /8 and IPv6 from /16 on,
 * no private or reserved block (RFC 6890), no bits behind the prefix.
 */
export function readNetwork(text: string): Network | Problem {
  const found = parsePrefixes(text);
  if (found === 'leading-zero') return LEADING_ZERO;
  if (typeof found === 'string') return MALFORMED;
  const { hostBits } = found;
  const [network, ...others] = found.prefixes.map(networkFrom);
  if (!network) return MALFORMED;
  if (others.length > 0) return several(text, [network, ...others]);
  if (hostBits)
    return problem(
      'assets.host_bits',
      `${text.trim()} là một địa chỉ bên trong dải ${network.cidr}. Ghi ${network.cidr} nếu là cả dải, hoặc bỏ phần sau dấu “/” nếu chỉ một địa chỉ.`,
      `${text.trim()} is an address inside of ${network.cidr}. Write ${network.cidr} for the range, or drop what follows the “/” for the address alone.`,
    );
  const widest = network.family === 4 ? 8 : 16;
  if (network.length < widest)
    return problem(
      'assets.too_wide',
      `Dải ${network.cidr} quá rộng. Đăng ký từng dải từ /${widest} trở xuống.`,
      `${network.cidr} is too wide. Register ranges of /${widest} and longer.`,
    );
  const block = blockOf(network);
  if (block)
    return problem(
      'assets.not_public',
      `${network.cidr} thuộc ${block.cidr}: ${block.text.vi} (${block.source}), không đăng ký là dải công khai được. Ghi địa chỉ công khai mà đơn vị dùng để ra Internet; máy có địa chỉ nội bộ thì đăng ký ở mục Máy, thiết bị.`,
      `${network.cidr} lies in ${block.cidr}: ${block.text.en} (${block.source}). It cannot be registered as a public range. Give the public address through which you reach the Internet; machines with private addresses are registered as hosts.`,
    );
  return network;
}
