import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call } from '../../api/client.ts';
import type { RouteKey, Routes } from '../../api/contract.ts';
import type { ApiError } from '../../api/error.ts';
import { queryKeyOf } from '../../api/query.ts';
import type { State } from '../../ui/state/state.ts';

export type Rule = Routes['GET /notice-rules']['output']['items'][number];
export type RuleInput = Routes['POST /notice-rules']['body'];
export type Preview = Routes['GET /notice-rules/{id}/preview']['output'];
export type PreviewRow = Preview['items'][number];
export type Notice = Routes['GET /notices']['output']['items'][number];
export type NoticeDetail = Routes['GET /notices/{id}']['output'];
export type FrozenRow = Routes['GET /notices/{id}/findings']['output']['items'][number];

export const INTERVALS = ['daily', 'weekly', 'monthly', 'list'] as const;
export const RELAPSES = ['as-others', 'after', 'at-once'] as const;
export const USAGES = ['own', 'exit', 'dynamic', 'carrier'] as const;
export const ROLES = ['focal', 'technical', 'duty', 'records', 'leader'] as const;
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export const STALE: readonly RouteKey[] = [
  'GET /notice-rules',
  'GET /notice-rules/{id}/preview',
  'GET /notice-rules/{id}/runs',
  'GET /notices',
  'GET /notices/{id}',
];

const READ = 'GET /notice-rules/{id}/runs';
type Runs = Routes[typeof READ]['output'];
export type Run = Runs['items'][number];
const EVERY = 1000;

const isGoing = (runs: Runs | undefined): boolean => runs?.items.some(({ state }) => state === 'running') === true;

/** The runs, read again and again while one of them goes on; at its end everything that it made is read anew. */
export function useRuns(rule: string, size: number): UseQueryResult<Runs, ApiError> {
  const client = useQueryClient();
  const was = useRef(false);
  const input = { params: { id: rule }, query: { size } };
  const answer = useQuery<Runs, ApiError>({
    queryKey: queryKeyOf(READ, input),
    queryFn: async ({ signal }) => (await call(READ, input, signal)) as Runs,
    placeholderData: (former) => former,
    refetchInterval: ({ state: { data } }) => (isGoing(data) ? EVERY : false),
  });
  const goes = isGoing(answer.data);
  useEffect(() => {
    if (was.current && !goes) for (const key of STALE) if (key !== READ) void client.invalidateQueries({ queryKey: [key] });
    was.current = goes;
  }, [goes, client]);
  return answer;
}

/** How the mail went, as a colour: what was refused or has nobody to go to needs a hand. */
export function chipOf(delivery: NonNullable<Notice['delivery']>): State {
  if (delivery === 'sent') return 'met';
  if (delivery === 'waiting' || delivery === 'held') return 'at-risk';
  return delivery === 'none' ? 'no-data' : 'missed';
}

/** A rule as a form begins with it. */
export const FRESH: RuleInput = {
  name: '',
  active: true,
  interval: 'weekly',
  hour: 8,
  minute: 0,
  weekday: 1,
  monthday: 1,
  threshold: 1,
  quietDays: 7,
  relapse: 'at-once',
  relapseDays: 3,
  usages: [],
  families: [],
  units: [],
  whileAnswered: true,
  whilePostponed: true,
  roles: ['focal', 'technical'],
  test: true,
  exercise: null,
};

export function inputOf(rule: Rule): RuleInput {
  const kept = Object.keys(FRESH).map((name) => [name, rule[name as keyof RuleInput]]);
  return { ...(Object.fromEntries(kept) as RuleInput), units: rule.units.map(({ id }) => id), exercise: rule.exercise?.id ?? null };
}
