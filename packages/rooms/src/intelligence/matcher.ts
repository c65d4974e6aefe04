import {
  ALWAYS_FROM,
  ALWAYS_TO,
  type DatedPrefix,
  type ListRow,
  NOT_THEN,
  NOWHERE,
  parseAddress,
  parsePrefixes,
  RangeIndex,
  vietnamDay,
} from '@vonggac/feeds';
import { fold } from '@vonggac/kernel';
import type { Register, Registered, RegisteredDomain, RegisteredHost, RegisteredNetwork } from '../assets/index.ts';
import type { MatchedBy } from './events.ts';
import type { AliasKind, Why } from './model.ts';

/** What of a row tells whom it leads to. */
export type Said = Pick<ListRow, 'address' | 'domain' | 'unit' | 'machine' | 'mac' | 'privateAddress'>;

/** What a sender calls a unit or a machine; days as numbers from 1970 in Vietnam. */
export type Alias = { kind: AliasKind; folded: string; target: string; asset: string | null; from: number; to: number };

export type Match = {
  target: string | null;
  asset: string | null;
  isHost: boolean;
  network: string | null;
  usage: Registered['usage'] | null;
  level: number | null;
  matchedBy: MatchedBy | null;
  why: Why;
};

type Dated<T> = T & { readonly fromDay: number; readonly toDay: number };

const dayNumber = (day: string | null, open: number): number => (day === null ? open : Date.parse(`${day}T00:00:00Z`) / 86_400_000);

function dated<T extends { from: string | null; to: string | null }>(row: T): Dated<T> {
  return { ...row, fromDay: dayNumber(row.from, ALWAYS_FROM), toDay: dayNumber(row.to, ALWAYS_TO) };
}

/** Of those that hold on the day the one with the later start, then the later one. */
function heldOn<T extends { fromDay: number; toDay: number }>(rows: readonly T[] | undefined, day: number): T | undefined {
  let best: T | undefined;
  for (const row of rows ?? []) if (row.fromDay <= day && day < row.toDay && (!best || row.fromDay >= best.fromDay)) best = row;
  return best;
}

class Shelf<T> {
  readonly #rows = new Map<string, T[]>();
  put(key: string, row: T): void {
    const held = this.#rows.get(key);
    if (held) held.push(row);
    else this.#rows.set(key, [row]);
  }
  get(key: string): T[] | undefined {
    return this.#rows.get(key);
  }
  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }
}

const nobody = (why: Why): Match => ({
  target: null,
  asset: null,
  isHost: false,
  network: null,
  usage: null,
  level: null,
  matchedBy: null,
  why,
});

/**
 * Whom a row of a list leads to at its time, and why. In this order: the asset (MAC, host of a known holder by name or inner
 * address, the domain itself), the address (longest prefix, then the later start), the domain above it, then what the sender
 * calls a unit or a machine, once an officer has confirmed it.
 */
export class Matcher {
  readonly #networks: readonly RegisteredNetwork[];
  readonly #index: RangeIndex;
  readonly #at: number[] = [];
  readonly #domains = new Shelf<Dated<RegisteredDomain>>();
  readonly #macs = new Shelf<Dated<RegisteredHost>>();
  readonly #hosts = new Shelf<Dated<RegisteredHost>>();
  readonly #assets = new Map<string, RegisteredHost>();
  readonly #aliases = new Shelf<Alias & { fromDay: number; toDay: number }>();
  readonly #keyOf = new Map<string, string>();

  constructor(register: Register, aliases: readonly Alias[]) {
    this.#networks = register.networks;
    const entries: DatedPrefix[] = [];
    for (const [at, row] of register.networks.entries()) {
      const found = parsePrefixes(row.network);
      if (typeof found === 'string') continue;
      const { fromDay, toDay } = dated(row);
      for (const prefix of found.prefixes) {
        entries.push({ prefix, from: fromDay, to: toDay });
        this.#at.push(at);
      }
    }
    this.#index = new RangeIndex(entries);
    for (const row of register.domains) this.#domains.put(row.domain.toLowerCase(), dated(row));
    for (const row of register.hosts) {
      const host = dated(row);
      if (row.mac !== null) this.#macs.put(row.mac, host);
      this.#hosts.put(`${row.organisation} name ${fold(row.name)}`, host);
      if (row.address !== null) this.#hosts.put(`${row.organisation} at ${row.address}`, host);
      this.#assets.set(row.asset, row);
    }
    for (const alias of aliases) this.#aliases.put(`${alias.kind} ${alias.folded}`, { ...alias, fromDay: alias.from, toDay: alias.to });
  }

  /** @param ms when the machine was seen, since 1970 */
  match(row: Said, ms: number): Match {
    const day = vietnamDay(ms);
    const network = row.address === null ? null : this.#networkOf(row.address, day);
    const held = typeof network === 'object' ? network : null;
    const domain = row.domain === null ? null : this.#domainOf(row.domain, day);
    const unit = row.unit === null ? undefined : heldOn(this.#aliases.get(`unit ${this.#folded(row.unit)}`), day);
    const asset = this.#assetOf(row, day, held?.organisation ?? unit?.target ?? null);
    if (asset) return { ...asset, network: held?.network ?? null, usage: held?.usage ?? asset.usage };
    if (domain?.isItself) return this.#by(domain.row, 'asset', 'domain');
    if (held) return { ...this.#by(held, 'address', 'longest-prefix'), network: held.network };
    if (domain) return this.#by(domain.row, 'domain', 'parent-domain');
    if (unit) return { ...nobody('unit-alias'), target: unit.target, matchedBy: 'name' };
    const machine = row.machine === null ? undefined : heldOn(this.#aliases.get(`machine ${this.#folded(row.machine)}`), day);
    if (machine) return this.#byMachine(machine);
    return nobody(whyNobody(row, network));
  }

  #networkOf(text: string, day: number): RegisteredNetwork | typeof NOWHERE | typeof NOT_THEN {
    const found = parseAddress(text);
    if (typeof found === 'string') return NOWHERE;
    const { address } = found;
    const at = address.family === 4 ? this.#index.find4(address.value, day) : this.#index.find6(address.value, day);
    return at < 0 ? (at as typeof NOWHERE | typeof NOT_THEN) : this.#networks[this.#at[at]!]!;
  }

  #domainOf(text: string, day: number): { row: RegisteredDomain; isItself: boolean } | null {
    if (this.#domains.isEmpty) return null;
    let name = text.toLowerCase().replace(/\.$/u, '');
    for (let isItself = true; name !== ''; isItself = false) {
      const row = heldOn(
        this.#domains.get(name)?.filter(({ withSubdomains }) => isItself || withSubdomains),
        day,
      );
      if (row) return { row, isItself };
      const dot = name.indexOf('.');
      name = dot < 0 ? '' : name.slice(dot + 1);
    }
    return null;
  }

  #assetOf(row: Said, day: number, owner: string | null): Match | null {
    const byMac = row.mac === null ? undefined : heldOn(this.#macs.get(row.mac), day);
    if (byMac) return this.#by(byMac, 'asset', 'mac', true);
    if (owner === null) return null;
    const byName = row.machine === null ? undefined : heldOn(this.#hosts.get(`${owner} name ${this.#folded(row.machine)}`), day);
    if (byName) return this.#by(byName, 'asset', 'host-name', true);
    const inner = row.privateAddress ?? row.address;
    const byAddress = inner === null ? undefined : heldOn(this.#hosts.get(`${owner} at ${inner}`), day);
    return byAddress ? this.#by(byAddress, 'asset', 'host-address', true) : null;
  }

  #by(row: Registered, matchedBy: MatchedBy, why: Why, isHost = false): Match {
    const { organisation: target, asset, usage, level } = row;
    return { target, asset, isHost, network: null, usage, level, matchedBy, why };
  }

  #byMachine(alias: Alias): Match {
    const host = alias.asset === null ? undefined : this.#assets.get(alias.asset);
    if (host) return this.#by(host, 'machine', 'machine-alias', true);
    return { ...nobody('machine-alias'), target: alias.target, matchedBy: 'machine' };
  }

  /** Lists repeat the same few names thousands of times. */
  #folded(text: string): string {
    const known = this.#keyOf.get(text);
    if (known !== undefined) return known;
    const key = fold(text);
    if (this.#keyOf.size < 10_000) this.#keyOf.set(text, key);
    return key;
  }
}

function whyNobody(row: Said, network: object | typeof NOWHERE | typeof NOT_THEN | null): Why {
  if (network === NOT_THEN) return 'not-then';
  if (network === NOWHERE) return 'no-range';
  if (row.domain !== null) return 'no-domain';
  return row.unit === null ? 'unknown-machine' : 'unknown-unit';
}
