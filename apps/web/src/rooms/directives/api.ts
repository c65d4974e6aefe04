import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { Routes } from '@vonggac/contract';
import type { directiveRoutes } from '@vonggac/contract/directives';
import { addressOf, call } from '../../api/client.ts';
import { ApiError, apiErrorFrom } from '../../api/error.ts';
import { currentLanguage } from '../../i18n/language.ts';

type Key = keyof typeof directiveRoutes | 'GET /organisations' | 'GET /groups';
type Input<K extends Key> = { params?: Routes[K]['params']; query?: Routes[K]['query']; body?: Routes[K]['body'] };
type Out<K extends Key> = Routes[K]['output'];

export type Directive = Out<'GET /directives/{id}'>;
export type DirectiveItem = Out<'GET /directives'>['items'][number];
export type Recipient = Directive['recipients'][number];
export type Requirement = Directive['requirements'][number];
export type Basis = Directive['bases'][number];
export type Preview = Out<'GET /directives/{id}/preview'>;
export type Correction = Routes['PATCH /directives/{id}']['body'];
export type Act = Directive['acts'][number];

export const directiveKey = (id: string): readonly unknown[] => ['GET /directives/{id}', { id }, null];

export function useRead<K extends Key>(key: K, input: Input<K> = {}, enabled = true): UseQueryResult<Out<K>, ApiError> {
  return useQuery<Out<K>, ApiError>({
    queryKey: [key, input.params ?? null, input.query ?? null],
    queryFn: async ({ signal }) => (await call(key, input, signal)) as Out<K>,
    placeholderData: (former) => former,
    enabled,
  });
}

const STALE = [
  'GET /directives',
  'GET /directives/{id}',
  'GET /directives/{id}/preview',
  'GET /directives/{id}/lists',
  'GET /directives/{id}/standing',
  'GET /directives/{id}/matrix',
];

/** One act on a directive; everything that shows directives is read again afterwards. */
export function useAct<K extends Key>(key: K): UseMutationResult<Out<K>, ApiError, Input<K>> {
  const client = useQueryClient();
  return useMutation<Out<K>, ApiError, Input<K>>({
    mutationFn: async (input) => (await call(key, input)) as Out<K>,
    onSuccess: async () => {
      await Promise.all(STALE.map(async (read) => await client.invalidateQueries({ queryKey: [read] })));
    },
  });
}

export function linkTo<K extends Key>(key: K, input: Input<K>): string {
  return addressOf(key, input).path;
}

/** How much of a file has left this machine, from 0 to 1. */
export type OnSent = (part: number) => void;

/** Sends a file with its progress; `signal` gives it up. */
export async function upload<K extends Key>(
  key: K,
  input: Input<K> & { body: Blob },
  more: { onSent?: OnSent; signal?: AbortSignal } = {},
): Promise<Out<K>> {
  const { method, path } = addressOf(key, input);
  const request = new XMLHttpRequest();
  request.open(method, path);
  request.setRequestHeader('accept', 'application/json');
  request.setRequestHeader('accept-language', currentLanguage());
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.setRequestHeader('x-vonggac', '1');
  request.responseType = 'json';
  request.upload.addEventListener('progress', (event) => more.onSent?.(event.total === 0 ? 1 : event.loaded / event.total));
  return await new Promise<Out<K>>((resolve, reject) => {
    more.signal?.addEventListener('abort', () => request.abort());
    request.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
    request.addEventListener('error', () => reject(new ApiError({ status: 0, code: 'network', message: '' })));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as Out<K>);
      else reject(apiErrorFrom(request.status, request.response));
    });
    request.send(input.body);
  });
}
