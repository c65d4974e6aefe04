import { useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { call } from '../../../api/client.ts';
import { ApiError } from '../../../api/error.ts';
import { directiveKey } from '../api.ts';
import type { Directive } from '../api.ts';
import { applied, isEmpty, merged } from './changes.ts';
import type { Change } from './changes.ts';

export interface SavingState {
  kind: 'saved' | 'saving' | 'lost' | 'refused' | 'conflict';
  at: Date | null;
  error: ApiError | null;
}

export interface Saving {
  state: SavingState;
  /** Shows the change at once and saves it soon; `now` without waiting for more typing. */
  save: (change: Change, now?: boolean) => void;
  /** Resolves when everything typed is saved; false when it could not be. */
  flush: () => Promise<boolean>;
  /** Takes the server's newest version and puts what is not saved on top of it. */
  reload: () => Promise<void>;
  /** Gives up what the server refused. */
  drop: () => Promise<void>;
}

const WAIT = 700;
const placeOf = (id: string): string => `vonggac.draft.directive/${id}/unsaved`;

/** Saves a draft while it is typed. What could not be saved stays in this tab's storage and is tried again after a reload. */
export function useSaving(id: string): Saving {
  const client = useQueryClient();
  const [state, setState] = useState<SavingState>({ kind: 'saved', at: null, error: null });
  const saver = useMemo(() => new Saver(id, client, setState), [id, client]);
  useEffect(() => {
    const leave = (): void => void saver.flush();
    globalThis.addEventListener('online', leave);
    return () => {
      globalThis.removeEventListener('online', leave);
      void saver.flush();
    };
  }, [saver]);
  const save = useCallback((change: Change, now = false) => saver.save(change, now), [saver]);
  return {
    state,
    save,
    flush: async () => await saver.flush(),
    reload: async () => await saver.reload(),
    drop: async () => await saver.drop(),
  };
}

class Saver {
  readonly #id: string;
  readonly #client: QueryClient;
  readonly #tell: (state: SavingState) => void;
  #pending: Change;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | null = null;

  constructor(id: string, client: QueryClient, tell: (state: SavingState) => void) {
    this.#id = id;
    this.#client = client;
    this.#tell = tell;
    this.#pending = readPending(id);
    if (!isEmpty(this.#pending)) this.#timer = setTimeout(() => void this.flush(), WAIT);
  }

  save(change: Change, now: boolean): void {
    this.#keep(merged(this.#pending, change));
    this.#client.setQueryData<Directive>(directiveKey(this.#id), (view) => view && applied(view, change));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), now ? 0 : WAIT);
  }

  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#running ??= this.#send().finally(() => (this.#running = null));
    const saved = await this.#running;
    return saved && (isEmpty(this.#pending) || (await this.flush()));
  }

  async reload(): Promise<void> {
    await this.#client.fetchQuery({
      queryKey: directiveKey(this.#id),
      queryFn: async () => await call('GET /directives/{id}', { params: { id: this.#id } }),
      staleTime: 0,
    });
    await this.flush();
  }

  async drop(): Promise<void> {
    this.#keep({});
    this.#tell({ kind: 'saved', at: null, error: null });
    await this.#client.invalidateQueries({ queryKey: directiveKey(this.#id) });
  }

  async #send(): Promise<boolean> {
    while (!isEmpty(this.#pending)) {
      const view = this.#client.getQueryData<Directive>(directiveKey(this.#id));
      if (view === undefined || view.status !== 'draft') return false;
      const change = this.#pending;
      this.#pending = {};
      this.#tell({ kind: 'saving', at: null, error: null });
      try {
        const next = (await call('PATCH /directives/{id}', {
          params: { id: this.#id },
          body: { ...change, version: view.version },
        })) as Directive;
        this.#client.setQueryData(directiveKey(this.#id), applied(next, this.#pending));
        this.#keep(this.#pending);
        this.#tell({ kind: 'saved', at: new Date(), error: null });
        for (const read of ['preview', 'lists']) void this.#client.invalidateQueries({ queryKey: [`GET /directives/{id}/${read}`] });
      } catch (cause) {
        this.#keep(merged(change, this.#pending));
        this.#tell(problemOf(cause));
        return false;
      }
    }
    return true;
  }

  #keep(change: Change): void {
    this.#pending = change;
    writePending(this.#id, change);
  }
}

function problemOf(cause: unknown): SavingState {
  if (!(cause instanceof ApiError)) throw cause;
  const kind = cause.status === 0 || cause.status >= 500 ? 'lost' : cause.code === 'directives.changed_meanwhile' ? 'conflict' : 'refused';
  return { kind, at: null, error: cause };
}

function readPending(id: string): Change {
  try {
    return JSON.parse(sessionStorage.getItem(placeOf(id)) ?? '{}') as Change;
  } catch {
    return {};
  }
}

function writePending(id: string, change: Change): void {
  try {
    if (isEmpty(change)) sessionStorage.removeItem(placeOf(id));
    else sessionStorage.setItem(placeOf(id), JSON.stringify(change));
  } catch {
    // A full or forbidden storage only costs the copy that survives a reload.
  }
}
