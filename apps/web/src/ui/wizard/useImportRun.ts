import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call } from '../../api/client.ts';
import type { Output } from '../../api/client.ts';
import type { RouteKey, Routes } from '../../api/contract.ts';
import type { ApiError } from '../../api/error.ts';
import { queryKeyOf, useChange } from '../../api/query.ts';

export type ImportRunView = Routes['GET /import-runs/{id}']['output'];

const READ = 'GET /import-runs/{id}';
const EVERY = 700;

export const isWorking = ({ state }: Pick<ImportRunView, 'state'>): boolean => state === 'running' || state === 'undoing';

/** A run, read again and again while it works; what it changed is read anew when it ends. */
export function useImportRun(id: string, stale: readonly RouteKey[]): UseQueryResult<ImportRunView, ApiError> {
  const client = useQueryClient();
  const was = useRef(false);
  const run = useQuery<ImportRunView, ApiError>({
    queryKey: queryKeyOf(READ, { params: { id } }),
    queryFn: async ({ signal }) => (await call(READ, { params: { id } }, signal)) as ImportRunView,
    refetchInterval: ({ state: { data } }) => (data !== undefined && isWorking(data) ? EVERY : false),
    staleTime: 0,
  });
  const works = run.data !== undefined && isWorking(run.data);
  useEffect(() => {
    if (was.current && !works) for (const key of [...stale, 'GET /import-runs']) void client.invalidateQueries({ queryKey: [key] });
    was.current = works;
  }, [works, client, stale]);
  return run;
}

type Step = 'POST /import-runs/{id}/continue' | 'POST /import-runs/{id}/cancel' | 'POST /import-runs/{id}/undo';

/** One act on a run; its answer is the run as it stands. */
export function useRunStep(
  key: Step,
  id: string,
  stale: readonly RouteKey[],
): Omit<UseMutationResult<Output<Step>, ApiError, never>, 'mutate'> & { act: (then?: () => void) => void } {
  const client = useQueryClient();
  const change = useChange(key, stale);
  const act = (then?: () => void): void =>
    change.mutate(
      { params: { id } },
      {
        onSuccess: (run) => {
          client.setQueryData(queryKeyOf(READ, { params: { id } }), run);
          void client.invalidateQueries({ queryKey: ['GET /import-runs'] });
          then?.();
        },
      },
    );
  return { ...change, act } as never;
}

const NOTHING: readonly RouteKey[] = [];

/** The step of the wizard at which a run is. */
export function useRunStage(id: string): 'run' | 'result' {
  const { data } = useImportRun(id, NOTHING);
  return data === undefined || isWorking(data) ? 'run' : 'result';
}
