import { DomainError, fold, invalid } from '@vonggac/kernel';
import { readDomain, shownDomain } from './domain.ts';
import type { Asset } from './internal.ts';
import type { AssetKind, Usage } from './model.ts';
import { isPrivate, isProblem, readAddress, readNetwork } from './network.ts';

/** What describes an asset, as a form or a row of a file gives it; what its kind has no use for is left out. */
export type AssetInput = {
  kind: AssetKind;
  name?: string | undefined;
  system?: string | null | undefined;
  level?: number | null | undefined;
  levelDecision?: string | null | undefined;
  levelDay?: string | null | undefined;
  /** Of a host. */
  address?: string | null | undefined;
  mac?: string | null | undefined;
  network?: string | null | undefined;
  domain?: string | null | undefined;
  withSubdomains?: boolean | undefined;
  usage?: Usage | undefined;
  note?: string | null | undefined;
};

export type Described = Pick<
  Asset,
  | 'kind'
  | 'name'
  | 'folded'
  | 'system'
  | 'level'
  | 'levelDecision'
  | 'levelDay'
  | 'address'
  | 'mac'
  | 'network'
  | 'domain'
  | 'withSubdomains'
  | 'usage'
  | 'note'
>;

const MAC = /^[\da-f]{12}$/u;

function macIn(text: string | null | undefined): string | null {
  if (!text?.trim()) return null;
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/[:.\s-]/gu, '');
  if (MAC.test(bare)) return bare.match(/../gu)!.join(':');
  throw invalid('assets.mac', 'mac', {
    vi: 'Không đọc được địa chỉ MAC. Ghi như 00:1a:2b:3c:4d:5e.',
    en: 'This is no MAC address. Write it like 00:1a:2b:3c:4d:5e.',
  });
}

function addressIn(text: string | null | undefined): string | null {
  if (!text?.trim()) return null;
  const found = readAddress(text);
  if (found) return found.text;
  throw invalid('assets.address', 'address', {
    vi: 'Không đọc được địa chỉ IP. Ghi như 10.10.2.15 hoặc 2405:4800::15; không thêm số 0 ở đầu.',
    en: 'This is no IP address. Write it like 10.10.2.15 or 2405:4800::15, without leading zeros.',
  });
}

function missing(place: string, vi: string, en: string): never {
  throw invalid('assets.missing', place, { vi, en });
}

type Ends = Pick<Described, 'address' | 'mac' | 'network' | 'domain'>;

/** What a kind is known by. @throws DomainError at the field */
function endsOf(input: AssetInput): Ends {
  const none: Ends = { address: null, mac: null, network: null, domain: null };
  if (input.kind === 'system') return none;
  if (input.kind === 'host') return { ...none, address: addressIn(input.address), mac: macIn(input.mac) };
  if (input.kind === 'range') {
    const found = readNetwork(input.network ?? '');
    if (isProblem(found)) throw new DomainError('invalid', found.code, found.text, { place: 'network' });
    return { ...none, network: found.cidr };
  }
  const domain = readDomain(input.domain ?? '');
  if (typeof domain !== 'string') throw new DomainError('invalid', domain.code, domain.text, { place: 'domain' });
  return { ...none, domain };
}

/** The columns of a description. @throws DomainError with the place of the field and the cure */
export function describe(input: AssetInput): Described {
  const ends = endsOf(input);
  const own = ends.network ?? (ends.domain === null ? null : shownDomain(ends.domain)) ?? ends.address ?? '';
  const name = (input.name ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim() || own;
  if (name === '') missing('name', 'Nhập tên.', 'Give a name.');
  const system = input.kind === 'system';
  const levelDecision = (system && input.levelDecision?.trim()) || null;
  const searched = [
    name,
    ends.network,
    ends.domain,
    ends.domain === null ? null : shownDomain(ends.domain),
    ends.address,
    ends.mac,
    levelDecision,
  ];
  return {
    ...ends,
    kind: input.kind,
    name,
    folded: fold([...new Set(searched.filter(Boolean))].join(' ')),
    system: system ? null : (input.system ?? null),
    level: system ? (input.level ?? null) : null,
    levelDecision,
    levelDay: system ? (input.levelDay ?? null) : null,
    withSubdomains: input.kind === 'domain' && (input.withSubdomains ?? true),
    usage: input.kind === 'system' ? 'own' : (input.usage ?? 'own'),
    note: input.note?.trim() || null,
  };
}

/**
 * What may have one holder a day. Public addresses and domains are one and the same for everybody; a private address, a
 * machine and a system are an organisation's own.
 */
export function keyOf(one: Pick<Described, 'kind' | 'name' | 'address' | 'mac' | 'network' | 'domain'>, organisation: string): string {
  if (one.network !== null) return `range:${one.network}`;
  if (one.domain !== null) return `domain:${one.domain}`;
  const address = one.address === null ? null : readAddress(one.address);
  if (one.kind === 'host' && address && !isPrivate(address)) return `host:${address.text}`;
  const name = fold(one.name);
  return `${one.kind}:${organisation}:${[one.address, one.mac, name].filter(Boolean).join(':')}`;
}
