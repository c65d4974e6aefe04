import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call } from '../../api/client.ts';
import type { Input, Output } from '../../api/client.ts';
import type { RouteKey, Routes } from '../../api/contract.ts';
import type { ApiError } from '../../api/error.ts';
import { queryKeyOf, useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import type { State } from '../../ui/state/state.ts';

export type ListLine = Routes['GET /lists']['output']['items'][number];
export type ListView = Routes['GET /lists/{id}']['output'];
export type Uploaded = Routes['POST /lists']['output'];
export type Recognition = Uploaded['recognition'];
export type Column = Recognition['columns'][number];
export type Meaning = NonNullable<Column['meaning']>;
export type Settings = Routes['POST /lists/{id}/run']['body'];
export type Trial = Routes['POST /lists/{id}/try']['output'];
export type TriedRow = Trial['first'][number];
export type Refusal = Trial['refused'][number];
export type Row = Routes['GET /lists/{id}/rows']['output']['items'][number];
export type Alias = Routes['GET /list-aliases']['output']['items'][number];
export type Group = Routes['GET /lists/{id}/unmatched']['output']['items'][number];

export const MEANINGS: readonly Meaning[] = [
  'address',
  'port',
  'time',
  'family',
  'unit',
  'machine',
  'private-address',
  'mac',
  'domain',
  'destination',
  'destination-port',
  'tag',
  'severity',
  'asn',
  'count',
  'protocol',
  'event',
];

export const CHIPS: Readonly<Record<ListLine['state'], State>> = {
  draft: 'no-data',
  running: 'reported',
  stopped: 'at-risk',
  cancelled: 'at-risk',
  done: 'met',
  superseded: 'not-concerned',
  withdrawn: 'not-concerned',
};

/** What shows lists and is read again after any change to one. */
export const STALE: readonly RouteKey[] = [
  'GET /lists',
  'GET /lists/{id}',
  'GET /lists/{id}/rows',
  'GET /lists/{id}/unmatched',
  'GET /lists/{id}/rematch',
];

export function useKeep<Key extends RouteKey>(key: Key): UseMutationResult<Output<Key>, ApiError, Input<Key>> {
  return useChange(key, STALE);
}

export function useMayTakeIn(): boolean {
  return useSession().permissions.includes('lists:write');
}

const READ = 'GET /lists/{id}';
const EVERY = 700;

/** A list, read again and again while it is taken in. */
export function useList(id: string): UseQueryResult<ListView, ApiError> {
  const client = useQueryClient();
  const was = useRef(false);
  const answer = useQuery<ListView, ApiError>({
    queryKey: queryKeyOf(READ, { params: { id } }),
    queryFn: async ({ signal }) => (await call(READ, { params: { id } }, signal)) as ListView,
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? EVERY : false),
    staleTime: 0,
  });
  const works = answer.data?.state === 'running';
  useEffect(() => {
    if (was.current && !works) for (const key of STALE) if (key !== READ) void client.invalidateQueries({ queryKey: [key] });
    was.current = works;
  }, [works, client]);
  return answer;
}

const RECOGNISED = 'GET /lists/{id}/recognition';
const recognitionKey = (id: string, sheet?: string): readonly unknown[] =>
  queryKeyOf(RECOGNISED, { params: { id }, query: sheet === undefined ? {} : { sheet } });

/** What was recognised of a draft: a file stays as it is, and a large one takes seconds to be looked at. */
export function useRecognition(id: string, sheet: string | undefined): UseQueryResult<Uploaded, ApiError> {
  const query = sheet === undefined ? {} : { sheet };
  return useQuery<Uploaded, ApiError>({
    queryKey: recognitionKey(id, sheet),
    queryFn: async ({ signal }) => (await call(RECOGNISED, { params: { id }, query }, signal)) as Uploaded,
    placeholderData: (former) => former,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Keeps what an upload answered as what would be asked for next. */
export function useKeepRecognition(): (uploaded: Uploaded) => void {
  const client = useQueryClient();
  return (uploaded) => void client.setQueryData(recognitionKey(uploaded.id), uploaded);
}

/** The last instant of a day in Vietnam, and the first. */
export const endOf = (day: string): string => `${day}T23:59:59+07:00`;
export const startOf = (day: string): string => `${day}T00:00:00+07:00`;

/** The day in Vietnam of an instant. */
export function dayIn(instant: string): string {
  return new Date(Date.parse(instant) + 25_200_000).toISOString().slice(0, 10);
}
