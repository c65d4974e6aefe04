import { useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { workRoutes } from '@vonggac/contract/work';
import { addressOf } from '../../api/client.ts';
import type { Input, Output } from '../../api/client.ts';
import type { RouteKey, Routes } from '../../api/contract.ts';
import { ApiError, apiErrorFrom } from '../../api/error.ts';
import { queryKeyOf, useApi, useChange } from '../../api/query.ts';
import { currentLanguage } from '../../i18n/language.ts';

export type Work = Routes['GET /work/{directive}/{organisation}']['output'];
export type WorkItem = Work['items'][number];
export type HandedPart = Work['parts'][number];
export type Evidence = Work['evidence'][number];
export type HistoryEntry = Work['history'][number];
export type Card = Routes['GET /my-work']['output']['items'][number];
export type TaskState = WorkItem['state'];
export type TimeState = WorkItem['timeState'];
export interface Part {
  directive: string;
  organisation: string;
}

/** What changes with every act on somebody's work. */
const STALE: readonly RouteKey[] = [
  'GET /my-work',
  'GET /my-work/counts',
  'GET /work/{directive}/{organisation}',
  'GET /proposals',
  'GET /my-parts',
  'GET /parts/{id}',
  'GET /periods',
  'GET /directives/{id}/cells/{organisation}/{requirement}',
  'GET /directives/{id}/matrix',
  'GET /directives/{id}/standing',
];

/** One act on work; everything that shows work is read again afterwards, unless `quiet`. */
export function useWorkAct<Key extends keyof typeof workRoutes>(
  key: Key,
  quiet = false,
): UseMutationResult<Output<Key>, ApiError, Input<Key>> {
  return useChange(key, quiet ? [] : STALE);
}

export function useWorkRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all(STALE.map(async (key) => await client.invalidateQueries({ queryKey: [key] })));
  };
}

type Saved = Pick<WorkItem, 'task' | 'answer' | 'state' | 'changedAt'>;

/** Puts a saved answer into the page that is shown, without reading it all again. */
export function useAnswerSaved(part: Part): (saved: Saved) => void {
  const client = useQueryClient();
  const { directive, organisation } = part;
  return (saved) =>
    void client.setQueryData<Work>(queryKeyOf('GET /work/{directive}/{organisation}', { params: { directive, organisation } }), (work) =>
      work === undefined ? work : { ...work, items: work.items.map((item) => (item.task === saved.task ? { ...item, ...saved } : item)) },
    );
}

/** A directive as one organisation works on it. */
export function useWork(part: Part): UseQueryResult<Work, ApiError> {
  return useApi('GET /work/{directive}/{organisation}', { params: { directive: part.directive, organisation: part.organisation } });
}

export interface Upload {
  file: File;
  task?: string | undefined;
  report?: string | undefined;
  /** A reporting period of the task that has ended. */
  period?: number | undefined;
  source?: string | undefined;
}
export type UploadPlace = Part | { handed: string };

/**
 * Sends one piece of evidence and tells how far it is, 0 to 1: `fetch` knows nothing of progress upwards.
 * @throws ApiError, code `network` where no answer came
 */
export async function uploadEvidence(
  { file, task, report, period, source, ...place }: Upload & UploadPlace,
  onProgress: (share: number) => void,
): Promise<Evidence> {
  const { path } =
    'handed' in place
      ? addressOf('POST /parts/{id}/evidence', { params: { id: place.handed }, query: { name: file.name } })
      : addressOf('POST /work/{directive}/{organisation}/evidence', {
          params: { directive: place.directive, organisation: place.organisation },
          query: { name: file.name, task, report, period, source },
        });
  return await new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    request.setRequestHeader('accept-language', currentLanguage());
    request.setRequestHeader('x-vonggac', '1');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total));
    request.addEventListener('error', () => reject(new ApiError({ status: 0, code: 'network', message: '' })));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as Evidence);
      else reject(apiErrorFrom(request.status, request.response));
    });
    request.send(file);
  });
}
