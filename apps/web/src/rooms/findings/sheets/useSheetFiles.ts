import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../../../api/client.ts';
import type { RouteKey, Routes } from '../../../api/contract.ts';
import { ApiError } from '../../../api/error.ts';
import { STALE as FINDINGS } from '../api.ts';

export type FileView = Routes['GET /finding-sheet-files/{id}']['output'];
/** A file on its way: `failed` could not be read, `refused` could not be taken in. */
export interface SheetFile {
  key: string;
  name: string;
  state: 'waiting' | 'reading' | 'read' | 'failed' | 'accepting' | 'accepted' | 'refused';
  view: FileView | null;
  error: ApiError | null;
}
export interface SheetFiles {
  files: readonly SheetFile[];
  /** What runs now: how many of how many. */
  running: { kind: 'read' | 'accept'; done: number; total: number } | null;
  add: (files: readonly File[]) => void;
  open: (id: string) => void;
  acceptAll: () => void;
  drop: (key: string) => void;
  cancel: () => void;
}

const STALE: readonly RouteKey[] = [...FINDINGS, 'GET /finding-sheets', 'GET /finding-sheet-files'];
const asError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError({ status: 0, code: 'network', message: '' });

/** Whether a file may be confirmed as it stands. */
export const isReady = ({ state, view }: SheetFile): boolean =>
  (state === 'read' || state === 'refused') && view?.state === 'read' && (view.counts.take ?? 0) > 0;

/** Reads files one after another, and takes those in that the officer confirms; each stands for itself, and one can stop between two. */
export function useSheetFiles(): SheetFiles {
  const client = useQueryClient();
  const [files, setFiles] = useState<readonly SheetFile[]>([]);
  const [running, setRunning] = useState<SheetFiles['running']>(null);
  const stopped = useRef(false);
  const counter = useRef(0);
  const put = (key: string, part: Partial<SheetFile>): void =>
    setFiles((former) => former.map((file) => (file.key === key ? { ...file, ...part } : file)));
  const refresh = async (): Promise<void> => {
    await Promise.all(STALE.map(async (key) => await client.invalidateQueries({ queryKey: [key] })));
  };
  const each = async <T>(kind: 'read' | 'accept', list: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
    stopped.current = false;
    for (const [done, one] of list.entries()) {
      if (stopped.current) break;
      setRunning({ kind, done, total: list.length });
      await work(one);
    }
    setRunning(null);
    await refresh();
  };
  const fresh = (name: string): SheetFile => ({ key: String(counter.current++), name, state: 'waiting', view: null, error: null });
  const keep = (key: string, view: FileView): void =>
    // The same file twice is one.
    setFiles((former) =>
      former
        .filter((file) => file.key === key || file.view?.id !== view.id)
        .map((file) => (file.key === key ? { ...file, view, state: view.state === 'read' ? 'read' : 'accepted', error: null } : file)),
    );
  const read = async ({ key, file }: { key: string; file: File }): Promise<void> => {
    put(key, { state: 'reading' });
    try {
      keep(key, await api('POST /finding-sheet-files', { query: { name: file.name }, body: file }));
    } catch (error) {
      put(key, { state: 'failed', error: asError(error) });
    }
  };
  /** What changed meanwhile is shown again before anything is confirmed. */
  const accept = async ({ key, view }: SheetFile): Promise<void> => {
    const params = { id: view!.id };
    put(key, { state: 'accepting' });
    try {
      const body = { shown: view!.counts.take ?? 0 };
      put(key, { state: 'accepted', error: null, view: await api('POST /finding-sheet-files/{id}/accept', { params, body }) });
    } catch (error) {
      const again = await api('GET /finding-sheet-files/{id}', { params }).catch(() => view);
      put(key, { state: 'refused', error: asError(error), view: again });
    }
  };
  const drop = async (key: string): Promise<void> => {
    const view = files.find((file) => file.key === key)?.view;
    try {
      if (view?.state === 'read') await api('POST /finding-sheet-files/{id}/drop', { params: { id: view.id }, body: {} });
      setFiles((former) => former.filter((file) => file.key !== key));
    } catch (error) {
      put(key, { error: asError(error) });
    }
    await refresh();
  };
  return {
    files,
    running,
    add: (chosen) => {
      const made = chosen.map((file) => ({ line: fresh(file.name), file }));
      setFiles((former) => [...former, ...made.map(({ line }) => line)]);
      void each(
        'read',
        made.map(({ line, file }) => ({ key: line.key, file })),
        read,
      );
    },
    open: (id) => {
      if (files.some(({ view }) => view?.id === id)) return;
      const one = fresh('…');
      setFiles((former) => [one, ...former]);
      api('GET /finding-sheet-files/{id}', { params: { id } }).then(
        (view) => put(one.key, { view, name: view.name, state: view.state === 'read' ? 'read' : 'accepted' }),
        (error: unknown) => put(one.key, { state: 'failed', error: asError(error) }),
      );
    },
    acceptAll: () => void each('accept', files.filter(isReady), accept),
    drop: (key) => void drop(key),
    cancel: () => void (stopped.current = true),
  };
}
