import type { OrganisationHit, Routes } from '../../api/contract.ts';
import type { Asset, Kind, Usage } from './api.ts';

/** What a form on an asset holds; `value` is a line a range or domain, or the address of a host. */
export interface Draft {
  kind: Kind;
  organisation: OrganisationHit | null;
  name: string;
  value: string;
  usage: Usage;
  withSubdomains: boolean;
  system: string | null;
  level: string | null;
  levelDecision: string;
  levelDay: string | null;
  mac: string;
  from: string | null;
  to: string | null;
  note: string;
}

export function draftOf(asset: Asset | null, kind: Kind, organisation: OrganisationHit): Draft {
  return {
    kind,
    organisation,
    name: asset === null || asset.name === asset.value ? '' : asset.name,
    value: asset?.value ?? '',
    usage: asset?.usage ?? 'own',
    withSubdomains: asset?.withSubdomains ?? true,
    system: asset?.system?.id ?? null,
    level: asset?.level ? String(asset.level) : null,
    levelDecision: asset?.levelDecision ?? '',
    levelDay: asset?.levelDay ?? null,
    mac: asset?.mac ?? '',
    from: asset?.from ?? null,
    to: asset?.to ?? null,
    note: asset?.note ?? '',
  };
}

/** The lines of the value, for several ranges or domains at once. */
export function linesOf(value: string): string[] {
  return value
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter(Boolean);
}

type Described = Omit<Routes['PUT /assets/{id}']['body'], 'version' | 'from' | 'to'>;

const orNull = (text: string): string | null => text.trim() || null;

/** The description of one line, as the server takes it. */
export function describedBy(draft: Draft, value: string): Described {
  const common = { ...(draft.name.trim() && { name: draft.name.trim() }), note: orNull(draft.note) };
  if (draft.kind === 'system')
    return {
      ...common,
      level: draft.level === null ? null : Number(draft.level),
      levelDecision: orNull(draft.levelDecision),
      levelDay: draft.levelDay,
    };
  const shared = { ...common, system: draft.system, usage: draft.usage };
  if (draft.kind === 'range') return { ...shared, network: orNull(value) };
  if (draft.kind === 'domain') return { ...shared, domain: orNull(value), withSubdomains: draft.withSubdomains };
  return { ...shared, address: orNull(value), mac: orNull(draft.mac) };
}
