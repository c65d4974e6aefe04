import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { FigureName, Lit, MatrixQuery, PaperFilter } from './api.ts';

/** What the screen shows, as the address says it, so that it can be shared and gone back to. */
export interface StandingState {
  q: string;
  group: string;
  state: Lit | '';
  paper: PaperFilter | '';
  sort: string;
  /** Chosen requirement and organisation; both together are a cell. */
  item: string;
  org: string;
  /** A figure whose rows are shown, with its requirement in `item` where it is one of an item. */
  fig: FigureName | '';
}

export interface StandingControl {
  state: StandingState;
  change: (next: Partial<StandingState>) => void;
  query: MatrixQuery;
  narrowed: boolean;
}

const NAMES = ['q', 'group', 'state', 'paper', 'sort', 'item', 'org', 'fig'] as const;

export function useStandingState(): StandingControl {
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  return useMemo(() => {
    const state = Object.fromEntries(NAMES.map((name) => [name, search[name] ?? ''])) as unknown as StandingState;
    const change = (next: Partial<StandingState>): void => {
      const set = Object.fromEntries(Object.entries(next).map(([name, value]) => [name, value === '' ? undefined : value]));
      void navigate({ to: '.', search: { ...search, ...set } as never, replace: true, resetScroll: false });
    };
    return {
      state,
      change,
      query: queryOf(state),
      narrowed: state.q !== '' || state.group !== '' || state.state !== '' || state.paper !== '',
    };
  }, [search, navigate]);
}

/** The question to the server; a state is looked for in the chosen item where there is one. */
export function queryOf({ q, group, state, paper, sort, item }: StandingState): MatrixQuery {
  return {
    ...(q === '' ? {} : { q }),
    ...(group === '' ? {} : { group: Number(group) }),
    ...(state === '' ? {} : { state, ...(item === '' ? {} : { requirement: item }) }),
    ...(paper === '' ? {} : { paper }),
    ...(sort === '' ? {} : { sort }),
  };
}
