import { invalid } from '@vonggac/kernel';
import { isProblem, type Network, networksBetween, readNetwork } from './network.ts';

export type PrefixFile = { name: string; text: string };

/** Ranges under one name of a network operator (several AS numbers may bear it). */
export type NamedNetworks = { name: string; asns: number[]; networks: Network[] };

const MOST_LINES = 100_000;

function linesOf(file: PrefixFile): string[] {
  const lines = file.text
    .replace(/^\ufeff/u, '')
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length <= MOST_LINES) return lines;
  throw invalid('assets.too_many_lines', 'files', {
    vi: `“${file.name}” có hơn ${MOST_LINES} dòng. Chia nhỏ tệp.`,
    en: `“${file.name}” has more than ${MOST_LINES} lines. Split it.`,
  });
}

const NAMES = /^(\d{1,10})\t([^\t]+)(?:\t\d*)?$/u;
const RANGE = /^(\d{1,10}),(\d{1,10}),(\d{1,10})$/u;

type Read = { names: Map<number, string>; ranges: { networks: Network[]; asn: number }[]; prefixes: Network[] };

function readFile(file: PrefixFile, read: Read): void {
  for (const [at, line] of linesOf(file).entries()) {
    const named = NAMES.exec(line);
    const range = RANGE.exec(line);
    if (named) read.names.set(Number(named[1]), named[2]!.trim());
    else if (range) {
      const [first, last] = [BigInt(range[1]!), BigInt(range[2]!)];
      if (first <= last && last < 1n << 32n) read.ranges.push({ networks: networksBetween(4, first, last), asn: Number(range[3]) });
    } else if (/^[\da-f.:]+\/\d{1,3}$/iu.test(line)) {
      const network = readNetwork(line);
      if (!isProblem(network)) read.prefixes.push(network);
    } else if (at > 0)
      // The first line may be a head.
      throw invalid('assets.prefix_file', 'files', {
        vi: `Không đọc được dòng ${at + 1} của “${file.name}”. Tệp có dạng: mỗi dòng một dải (.cidr); đầu,cuối,ASN (.csv); ASN, tên (.tsv).`,
        en: `Line ${at + 1} of “${file.name}” cannot be read. Files are: a prefix a line (.cidr); first,last,ASN (.csv); ASN, name (.tsv).`,
      });
  }
}

const within = (network: Network, outer: readonly Network[]): boolean =>
  outer.some((one) => one.family === network.family && one.first <= network.last && network.first <= one.last);

/**
 * Public prefixes by the name of whoever announces them. `.cidr` files say only that a prefix is in the country: where there is
 * one, what lies outside of it is left out, and what none of the others names is counted.
 */
export function readPrefixFiles(files: readonly PrefixFile[]): { named: NamedNetworks[]; unnamed: number } {
  const read: Read = { names: new Map(), ranges: [], prefixes: [] };
  for (const file of files) readFile(file, read);
  const byName = new Map<string, NamedNetworks>();
  for (const { networks, asn } of read.ranges) {
    const inside = read.prefixes.some(({ family }) => family === 4) ? networks.filter((one) => within(one, read.prefixes)) : networks;
    const name = read.names.get(asn) ?? `AS${asn}`;
    const held = byName.get(name) ?? { name, asns: [], networks: [] };
    if (!held.asns.includes(asn)) held.asns.push(asn);
    held.networks.push(...inside.filter((one) => !isProblem(readNetwork(one.cidr))));
    byName.set(name, held);
  }
  const named = [...byName.values()].filter(({ networks }) => networks.length > 0);
  const all = named.flatMap(({ networks }) => networks);
  return { named, unnamed: read.prefixes.filter((one) => !within(one, all)).length };
}
