import type { UseMutationResult } from '@tanstack/react-query';
import type { Input, Output } from '../../api/client.ts';
import type { RouteKey, Routes } from '../../api/contract.ts';
import type { ApiError } from '../../api/error.ts';
import { useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import type { State } from '../../ui/state/state.ts';

export type Assets = Routes['GET /assets']['output'];
export type Asset = Assets['items'][number];
export type AssetDetail = Routes['GET /assets/{id}']['output'];
export type Kind = Asset['kind'];
export type Usage = Asset['usage'];
export type Outcome = Routes['POST /assets/approve']['output'];
export type Checked = Routes['GET /assets/check']['output'];

export const KINDS: readonly Kind[] = ['range', 'domain', 'system', 'host'];
export const USAGES: readonly Usage[] = ['own', 'exit', 'dynamic', 'carrier'];
export const STATES = ['live', 'claimed', 'approved', 'refused', 'withdrawn', 'ended', 'all'] as const;

/** What the agency says has a blue outline until the authority has approved it. */
export const CHIPS: Readonly<Record<Asset['state'], State>> = {
  claimed: 'reported',
  approved: 'met',
  refused: 'missed',
  withdrawn: 'not-concerned',
  ended: 'not-concerned',
};

/** What shows the register and is read again after any change to it. */
export const STALE: readonly RouteKey[] = ['GET /assets', 'GET /assets/{id}', 'GET /assets/silent', 'GET /assets/check'];

export function useKeep<Key extends RouteKey>(key: Key): UseMutationResult<Output<Key>, ApiError, Input<Key>> {
  return useChange(key, STALE);
}

/** Whether the acting role may do it; the server decides again. */
export function useMay(permission: string): boolean {
  return useSession().permissions.includes(permission);
}
