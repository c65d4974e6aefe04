import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../../../api/client.ts';
import { ApiError } from '../../../api/error.ts';
import type { RouteKey, Routes } from '../../../api/contract.ts';

export type AnswerFile = Routes['GET /answer-files/{id}']['output'];
/** A file on its way: `failed` could not be read, `refused` could not be taken in. */
export interface SheetFile {
  key: string;
  name: string;
  state: 'waiting' | 'reading' | 'read' | 'failed' | 'importing' | 'imported' | 'refused';
  view: AnswerFile | null;
  error: ApiError | null;
  /** Số đến and ngày đến that the officer typed. */
  number: string;
  day: string | null;
}
export interface SheetFiles {
  files: readonly SheetFile[];
  /** What runs now: how many of how many. */
  running: { kind: 'read' | 'import'; done: number; total: number } | null;
  add: (files: readonly File[]) => void;
  open: (id: string) => void;
  change: (key: string, part: Partial<Pick<SheetFile, 'number' | 'day'>>) => void;
  importAll: () => void;
  drop: (key: string) => void;
  undo: (key: string) => void;
  cancel: () => void;
}

const STALE: readonly RouteKey[] = [
  'GET /directives/{id}/answer-files',
  'GET /directives/{id}/answer-sheets',
  'GET /directives/{id}/matrix',
  'GET /directives/{id}/standing',
  'GET /directives/{id}/cells/{organisation}/{requirement}',
  'GET /work/{directive}/{organisation}',
];
const asError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError({ status: 0, code: 'network', message: '' });

/** Whether a file may be confirmed as it stands. */
export function isReady({ state, view, number, day }: SheetFile): boolean {
  if ((state !== 'read' && state !== 'refused') || view === null || view.state !== 'read') return false;
  const takes = view.counts.submit + view.counts.save > 0;
  return takes && (!view.needsReceipt || (number.trim() !== '' && day !== null));
}

/** Reads files one after another, and takes those in that the officer confirms; each stands for itself, and one can stop between two. */
export function useSheetFiles(directive: string): SheetFiles {
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
  const each = async <T>(kind: 'read' | 'import', list: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
    stopped.current = false;
    for (const [done, one] of list.entries()) {
      if (stopped.current) break;
      setRunning({ kind, done, total: list.length });
      await work(one);
    }
    setRunning(null);
    await refresh();
  };
  const fresh = (name: string): SheetFile => ({
    key: String(counter.current++),
    name,
    state: 'waiting',
    view: null,
    error: null,
    number: '',
    day: null,
  });
  const keep = (key: string, view: AnswerFile): void =>
    // The same file twice is one.
    setFiles((former) =>
      former
        .filter((file) => file.key === key || file.view?.id !== view.id)
        .map((file) => (file.key === key ? { ...file, view, state: 'read' as const, error: null } : file)),
    );
  const read = async ({ key, file }: { key: string; file: File }): Promise<void> => {
    put(key, { state: 'reading' });
    try {
      keep(key, await api('POST /directives/{id}/answer-files', { params: { id: directive }, query: { name: file.name }, body: file }));
    } catch (error) {
      put(key, { state: 'failed', error: asError(error) });
    }
  };
  const importOne = async ({ key, view, number, day }: SheetFile): Promise<void> => {
    put(key, { state: 'importing' });
    const body = { ...(number.trim() === '' ? {} : { number: number.trim() }), ...(day === null ? {} : { day }) };
    try {
      put(key, { state: 'imported', error: null, view: await api('POST /answer-files/{id}/import', { params: { id: view!.id }, body }) });
    } catch (error) {
      put(key, { state: 'refused', error: asError(error) });
    }
  };
  const act = async (key: string, work: (view: AnswerFile) => Promise<Partial<SheetFile> | null>): Promise<void> => {
    const view = files.find((file) => file.key === key)?.view ?? null;
    try {
      const part = view === null ? null : await work(view);
      if (part === null) setFiles((former) => former.filter((file) => file.key !== key));
      else put(key, part);
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
      api('GET /answer-files/{id}', { params: { id } }).then(
        (view) => put(one.key, { view, name: view.name, state: view.state === 'read' ? 'read' : 'imported' }),
        (error: unknown) => put(one.key, { state: 'failed', error: asError(error) }),
      );
    },
    change: put,
    importAll: () => void each('import', files.filter(isReady), importOne),
    drop: (key) =>
      void act(key, async (view) => {
        if (view.state === 'read') await api('POST /answer-files/{id}/drop', { params: { id: view.id }, body: {} });
        return null;
      }),
    undo: (key) =>
      void act(key, async (view) => ({ view: await api('POST /answer-files/{id}/undo', { params: { id: view.id }, body: {} }) })),
    cancel: () => void (stopped.current = true),
  };
}
