import type { UseMutationResult } from '@tanstack/react-query';
import type { Input, Output } from '../../api/client.ts';
import type { RouteKey, Routes } from '../../api/contract.ts';
import type { ApiError } from '../../api/error.ts';
import { useChange } from '../../api/query.ts';
import type { State } from '../../ui/state/state.ts';

export type Finding = Routes['GET /findings']['output']['items'][number];
export type FindingDetail = Routes['GET /findings/{id}']['output'];
export type Overview = Routes['GET /findings/overview']['output'];
export type Answer = NonNullable<Finding['answer']>;
export type Outcome = Routes['POST /findings/answer']['output'];

/** What an organisation answers, in the order of how often; an operator has its own besides. */
export const ANSWERS = ['cleaned', 'patched', 'not-ours', 'disputed', 'postponed'] as const;
export const OPERATOR_ANSWERS = ['subscriber', 'other-subscriber', 'informed', 'head-office'] as const;

export const STALE: readonly RouteKey[] = ['GET /findings', 'GET /findings/{id}', 'GET /findings/overview'];

export function useKeep<Key extends RouteKey>(key: Key): UseMutationResult<Output<Key>, ApiError, Input<Key>> {
  return useChange(key, STALE);
}

/** What the agency says has a blue outline until a list has proved it. */
export function chipOf({ state, verdict, overdue }: Pick<Finding, 'state' | 'verdict' | 'overdue'>): State {
  if (state === 'open') return verdict === 'seen-again' || overdue ? 'missed' : 'at-risk';
  if (state === 'answered') return 'reported';
  return verdict === 'not-seen' ? 'met' : 'not-concerned';
}

/** How people name the machine: address, domain or name; null where the list named the organisation alone. */
export const machineOf = (row: Pick<Finding, 'address' | 'domain' | 'machine'>): string | null => row.address ?? row.domain ?? row.machine;
