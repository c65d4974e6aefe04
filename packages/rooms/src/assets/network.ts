import { isIPv4, isIPv6 } from 'node:net';
import type { Text } from '@vonggac/kernel';

/** A prefix as PostgreSQL's `cidr` writes it. */
export type Network = { cidr: string; family: 4 | 6; length: number; first: bigint; last: bigint };
export type Problem = { code: string; text: Text };

const BITS = { 4: 32, 6: 128 } as const;
const problem = (code: string, vi: string, en: string): Problem => ({ code, text: { vi, en } });

export const isProblem = (one: object): one is Problem => 'code' in one;

function value4(text: string): bigint {
  return text.split('.').reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}

function value6(text: string): bigint {
  // The URL standard writes an IPv6 host as RFC 5952 does, an embedded IPv4 address included.
  const bare = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [head = '', tail] = bare.split('::');
  const groups = (side: string) => (side === '' ? [] : side.split(':'));
  const [before, after] = [groups(head), tail === undefined ? [] : groups(tail)];
  const middle = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...middle, ...after].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}

function text4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

function text6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16));
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}

const textOf = (family: 4 | 6, value: bigint): string => (family === 4 ? text4(value) : text6(value));

/** One address, canonical; null where it is none. Leading zeros and zone ids are none: programs read them differently. */
export function readAddress(text: string): { text: string; family: 4 | 6; value: bigint } | null {
  const bare = text.trim();
  if (isIPv4(bare)) return { text: bare, family: 4, value: value4(bare) };
  if (!isIPv6(bare) || bare.includes('%')) return null;
  const value = value6(bare);
  if (value >> 32n === 0xffffn) return { text: text4(value & 0xffff_ffffn), family: 4, value: value & 0xffff_ffffn };
  return { text: text6(value), family: 6, value };
}

/** A prefix from `first` on. */
export function networkOf(family: 4 | 6, first: bigint, length: number): Network {
  const size = 1n << BigInt(BITS[family] - length);
  return { cidr: `${textOf(family, first)}/${length}`, family, length, first, last: first + size - 1n };
}

/** The fewest prefixes from one address to another. */
export function networksBetween(family: 4 | 6, first: bigint, last: bigint): Network[] {
  const found: Network[] = [];
  for (let at = first; at <= last;) {
    let host = 0;
    while (host < BITS[family] && at % (2n << BigInt(host)) === 0n && at + (2n << BigInt(host)) - 1n <= last) host++;
    found.push(networkOf(family, at, BITS[family] - host));
    at += 1n << BigInt(host);
  }
  return found;
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

function split(text: string): { address: NonNullable<ReturnType<typeof readAddress>>; length: number } | null {
  const [first = '', given, more] = text.replace(/\s/gu, '').split('/');
  const address = more === undefined ? readAddress(first) : null;
  if (!address || (given !== undefined && !/^\d{1,3}$/u.test(given))) return null;
  const mapped = address.family === 4 && first.includes(':') ? 96 : 0;
  const length = given === undefined ? BITS[address.family] : Number(given) - mapped;
  return length >= 0 && length <= BITS[address.family] ? { address, length } : null;
}

/** A prefix of either family with all its bits; host bits are dropped, whoever asks must say so. */
function looseNetwork(text: string): { network: Network; hostBits: boolean } | null {
  const found = split(text);
  if (!found) return null;
  const host = BigInt(BITS[found.address.family] - found.length);
  const first = (found.address.value >> host) << host;
  return { network: networkOf(found.address.family, first, found.length), hostBits: first !== found.address.value };
}

/** `a-b` where it is one prefix; what is several is told as those. */
function betweenEnds(text: string): { network: Network; hostBits: false } | Problem | null {
  const ends = text.split(/[-–]/u);
  if (ends.length !== 2) return null;
  const [a, b] = [readAddress(ends[0]!), readAddress(ends[1]!)];
  if (!a || !b || a.family !== b.family || a.value > b.value) return MALFORMED;
  const networks = networksBetween(a.family, a.value, b.value);
  if (networks.length === 1) return { network: networks[0]!, hostBits: false };
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
  return /^[\da-f:.]+(?:\/\d+)?$/iu.test(text) ? (looseNetwork(text)?.network.cidr ?? null) : null;
}

/**
 * A public range as an organisation may register it: a prefix or one address, IPv4 from /8 and IPv6 from /16 on,
 * no private or reserved block (RFC 6890), no bits behind the prefix.
 */
export function readNetwork(text: string): Network | Problem {
  const found = betweenEnds(text) ?? looseNetwork(text);
  if (!found) return MALFORMED;
  if (isProblem(found)) return found;
  const { network, hostBits } = found;
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
