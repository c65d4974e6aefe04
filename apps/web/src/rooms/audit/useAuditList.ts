import { useInfiniteQuery } from '@tanstack/react-query';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import type { Routes } from '../../api/contract.ts';
import type { ApiError } from '../../api/error.ts';
import { instantsOf } from './changes.ts';

type Page = Routes['GET /audit']['output'];
export type AuditRow = Page['items'][number];

export interface AuditFilters {
  q: string;
  action: string;
  from: string;
  to: string;
  subject: string;
}

const NAMES = ['q', 'action', 'from', 'to', 'subject'] as const;
const LIMIT = 100;

/** The filters of the log, kept in the address. */
export function useAuditFilters(): {
  filters: AuditFilters;
  narrowed: boolean;
  change: (part: Partial<AuditFilters>) => void;
  clear: () => void;
} {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  const filters = Object.fromEntries(NAMES.map((name) => [name, search[name] ?? ''])) as unknown as AuditFilters;
  const go = (part: Partial<AuditFilters>): void => void navigate({ to: '.', search: { ...filters, ...part } as never, replace: true });
  return {
    filters,
    narrowed: NAMES.some((name) => filters[name] !== ''),
    change: go,
    clear: () => go({ q: '', action: '', from: '', to: '', subject: '' }),
  };
}

/** The log, newest first; `fetchNextPage` reads on from the last row seen, so that new rows shift nothing. */
export function useAuditList(filters: AuditFilters): UseInfiniteQueryResult<AuditRow[], ApiError> {
  const { q, action, from, to, subject } = filters;
  const query = { q, action, subject, limit: LIMIT, ...instantsOf(from, to) };
  return useInfiniteQuery<Page, ApiError, AuditRow[], readonly unknown[], string | null>({
    queryKey: ['GET /audit', query],
    queryFn: async ({ pageParam, signal }) => (await call('GET /audit', { query: { ...query, before: pageParam } }, signal)) as Page,
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });
}
