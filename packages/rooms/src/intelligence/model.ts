import { fold } from '@vonggac/kernel';
import type { ListKind } from '@vonggac/feeds';

export const LIST_STATES = ['draft', 'running', 'stopped', 'done', 'cancelled', 'superseded', 'withdrawn'] as const;
export type ListState = (typeof LIST_STATES)[number];

export const LIST_KINDS = ['xlsx', 'csv', 'tsv', 'plain', 'docx', 'pdf', 'jsonl'] as const satisfies ListKind[];

/** Rows as they stand: `same` of `rows` repeat an earlier sighting; `aside` were set aside with a reason. */
export type ListCounts = {
  rows: number;
  same: number;
  refused: number;
  matched: number;
  unmatched: number;
  aside: number;
  findingsNew: number;
  findingsAgain: number;
};

export const NO_COUNTS: ListCounts = {
  rows: 0,
  same: 0,
  refused: 0,
  matched: 0,
  unmatched: 0,
  aside: 0,
  findingsNew: 0,
  findingsAgain: 0,
};

/** What became of the list that this one corrects. */
export type Correction = { added: number; same: number; removed: number; findingsRemoved: number; findingsKept: number };

export const ALIAS_KINDS = ['unit', 'machine'] as const;
export type AliasKind = (typeof ALIAS_KINDS)[number];

/**
 * Why a row leads where it leads, or nowhere; screens say it in words.
 * Matched: `mac`, `host-name`, `host-address`, `domain`, `longest-prefix`, `parent-domain`, `unit-alias`, `machine-alias`, `hand`.
 * Not: `no-range`, `not-then` (somebody held it, but not on that day), `no-domain`, `unknown-unit`, `unknown-machine`.
 */
export const WHYS = [
  'mac',
  'host-name',
  'host-address',
  'domain',
  'longest-prefix',
  'parent-domain',
  'unit-alias',
  'machine-alias',
  'hand',
  'no-range',
  'not-then',
  'no-domain',
  'unknown-unit',
  'unknown-machine',
] as const;
export type Why = (typeof WHYS)[number];

/** What tells one machine from another: with the unit and the family it is one finding. */
export function machineKeyOf(row: {
  asset: string | null;
  isHost: boolean;
  address: string | null;
  privateAddress: string | null;
  domain: string | null;
  machine: string | null;
  mac: string | null;
}): string {
  if (row.asset !== null && row.isHost) return `asset:${row.asset}`;
  if (row.mac !== null) return `mac:${row.mac}`;
  if (row.address !== null) return row.privateAddress === null ? `ip:${row.address}` : `ip:${row.address}/${row.privateAddress}`;
  if (row.machine !== null) return `host:${fold(row.machine)}`;
  if (row.domain !== null) return `domain:${row.domain.toLowerCase()}`;
  return row.privateAddress === null ? 'unit' : `inner:${row.privateAddress}`;
}
