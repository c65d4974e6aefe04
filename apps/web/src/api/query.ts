import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { call } from './client.ts';
import type { Input, InputArgs, LooseInput, Output } from './client.ts';
import type { RouteKey } from './contract.ts';
import { ApiError } from './error.ts';

/** Refusals are answers: only a lost network or an overloaded server is tried again. */
function worthRetrying(count: number, error: Error): boolean {
  return count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502);
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: 15_000, refetchOnWindowFocus: true, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** The cache key of a read: by route first, so that `invalidate('GET /directives')` reaches all its pages. */
export function queryKeyOf(key: RouteKey, input?: LooseInput): readonly unknown[] {
  return [key, input?.params ?? null, input?.query ?? null];
}

/** Reads one route; keeps showing the former answer while a changed filter or page loads. */
export function useApi<Key extends RouteKey>(key: Key, ...args: InputArgs<Key>): UseQueryResult<Output<Key>, ApiError> {
  return useApiWhen(true, key, ...args);
}

/** `useApi` that waits until `ready`: for a choice not made yet, a search not typed yet. */
export function useApiWhen<Key extends RouteKey>(ready: boolean, key: Key, ...args: InputArgs<Key>): UseQueryResult<Output<Key>, ApiError> {
  const input = (args[0] ?? {}) as LooseInput;
  return useQuery<Output<Key>, ApiError>({
    queryKey: queryKeyOf(key, input),
    queryFn: async ({ signal }) => (await call(key, input, signal)) as Output<Key>,
    placeholderData: (former) => former,
    enabled: ready,
  });
}

/** Changes something through one route and marks the named reads as stale afterwards. */
export function useChange<Key extends RouteKey>(
  key: Key,
  stale: readonly RouteKey[] = [],
): UseMutationResult<Output<Key>, ApiError, Input<Key>> {
  const client = useQueryClient();
  return useMutation<Output<Key>, ApiError, Input<Key>>({
    mutationFn: async (input) => (await call(key, input as LooseInput)) as Output<Key>,
    onSuccess: async () => {
      await Promise.all(stale.map(async (read) => await client.invalidateQueries({ queryKey: [read] })));
    },
  });
}
