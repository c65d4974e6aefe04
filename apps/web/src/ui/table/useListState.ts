import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';

/** What a list shows, as the address says it: page from 1, sort `due` or `-due`, free text, and one value a filter. */
export interface ListState {
  page: number;
  size: number;
  sort: string;
  q: string;
  filters: Readonly<Record<string, string>>;
}

export interface ListControl {
  state: ListState;
  /** Changes some of it and goes back to page 1 unless the page itself is set. */
  change: (next: Partial<Omit<ListState, 'filters'>>) => void;
  setFilter: (name: string, value: string) => void;
  clear: () => void;
  /** True when something narrows the list: the reason why it may be empty. */
  narrowed: boolean;
}

export const PAGE_SIZES = [25, 50, 100, 200] as const;
const OWN = new Set(['page', 'size', 'sort', 'q']);

interface Options {
  sort?: string;
  size?: number;
  /** Search parameters of the page that are filters of this list. */
  filters?: readonly string[];
  /** Those of the filters that say which list it is: clearing keeps them. */
  kept?: readonly string[];
}

const NONE: readonly string[] = [];

/** The state of a list lives in the address, so that it can be shared, saved and gone back to. */
export function useListState({ sort = '', size = 50, filters = [], kept = NONE }: Options = {}): ListControl {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  const names = filters.join(' ');
  return useMemo(() => {
    const known = names === '' ? [] : names.split(' ');
    const state = readListState(search, { sort, size, filters: known });
    const go = (next: Record<string, string | undefined>): void => {
      const merged = { ...search, ...next };
      void navigate({ to: '.', search: merged as never, replace: true });
    };
    return {
      state,
      narrowed: state.q !== '' || Object.entries(state.filters).some(([name, value]) => value !== '' && !kept.includes(name)),
      change: (next) => {
        const text = Object.fromEntries(Object.entries(next).map(([name, value]) => [name, value === '' ? undefined : String(value)]));
        go('page' in next ? text : { ...text, page: undefined });
      },
      setFilter: (name, value) => go({ [name]: value === '' ? undefined : value, page: undefined }),
      clear: () =>
        go({
          q: undefined,
          page: undefined,
          ...Object.fromEntries(known.filter((name) => !kept.includes(name)).map((name) => [name, undefined])),
        }),
    };
  }, [search, navigate, sort, size, names, kept]);
}

/** Reads the state from search parameters; what is unreadable falls back to the default. */
export function readListState(search: Readonly<Record<string, string | undefined>>, defaults: Required<Omit<Options, 'kept'>>): ListState {
  const page = Math.max(1, Math.trunc(Number(search['page'] ?? 1)) || 1);
  const wanted = Number(search['size']);
  return {
    page,
    size: PAGE_SIZES.some((size) => size === wanted) ? wanted : defaults.size,
    sort: search['sort'] ?? defaults.sort,
    q: search['q'] ?? '',
    filters: Object.fromEntries(defaults.filters.filter((name) => !OWN.has(name)).map((name) => [name, search[name] ?? ''])),
  };
}

/** The query to send with a list route: state and filters in one flat object. */
export function listQuery({ page, size, sort, q, filters }: ListState): Record<string, string | number> {
  return { ...filters, page, size, sort, q };
}
