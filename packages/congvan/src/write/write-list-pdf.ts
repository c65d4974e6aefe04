import { Worker } from 'node:worker_threads';

export type ListColumn = { title: string; /** Of the width that there is. */ share: number; align?: 'left' | 'right' | 'center' };
/** Rows under one heading: the contacts of an organisation, the tasks of an agency. */
export type ListGroup = { title: string; rows: readonly (readonly string[])[] };
export type PrintedList = {
  title: string;
  /** What this is, whose, when the figures were taken, for which purpose. */
  lines: readonly string[];
  /** Stands at the top of every page. */
  mark: string;
  /** Stands at the foot of every page, beside its number. */
  foot: string;
  columns: readonly ListColumn[];
  groups: readonly ListGroup[];
  /** In the place of the table where there is no row. */
  empty: string;
};

const THREAD = new URL('./list-pdf-thread.ts', import.meta.url);

/**
 * A plain list for the wall or the duty's folder: A4 across, black on white, Tinos embedded, head repeated on every page.
 * Drawn in a thread, so that nobody else waits for it.
 */
export function writeListPdf(list: PrintedList): Promise<Uint8Array> {
  return new Promise((done, fail) => {
    const thread = new Worker(THREAD, { workerData: list });
    thread.once('message', done);
    thread.once('error', fail);
    thread.once('exit', (code) => fail(new Error(`The list could not be drawn (exit code ${code}).`)));
  });
}
