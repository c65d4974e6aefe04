import type { ChildProcess } from 'node:child_process';
import { DomainError } from '@vonggac/kernel';

/** What became of the embedded PostgreSQL while the server ran. */
export type DatabaseEvent =
  | { kind: 'ended'; how: string }
  | { kind: 'restart-failed'; attempt: number; why: string }
  | { kind: 'restarted'; attempt: number };

export type Supervised = { pid(): number; stop(): Promise<void> };

/** @unit milliseconds */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 15_000;

/**
 * Starts a child and starts it again whenever it ends by itself, waiting twice as long after each failure. `launch` resolves
 * when the child serves.
 */
export async function keepRunning(launch: () => Promise<ChildProcess>, tell: (event: DatabaseEvent) => void): Promise<Supervised> {
  const stopping = new AbortController();
  let child = await launch();
  let restarting: Promise<void> | null = null;
  let wake = () => {};

  const watch = (one: ChildProcess) => {
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      if (stopping.signal.aborted || restarting) return;
      tell({ kind: 'ended', how: signal ?? `exit code ${code}` });
      restarting = restart().finally(() => (restarting = null));
    };
    if (one.exitCode !== null || one.signalCode !== null) onExit(one.exitCode, one.signalCode);
    else one.once('exit', onExit);
  };
  const pause = (milliseconds: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, milliseconds);
      wake = () => (clearTimeout(timer), done());
    });
  const restart = async () => {
    for (let attempt = 1; !stopping.signal.aborted; attempt++) {
      await pause(Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT));
      if (stopping.signal.aborted) return;
      try {
        child = await launch();
        tell({ kind: 'restarted', attempt });
        setImmediate(() => watch(child));
        return;
      } catch (error) {
        tell({ kind: 'restart-failed', attempt, why: whyOf(error) });
      }
    }
  };

  watch(child);
  return {
    pid: () => child.pid!,
    stop: async () => {
      stopping.abort();
      wake();
      await restarting;
      await end(child);
    },
  };
}

function whyOf(error: unknown): string {
  const details = error instanceof DomainError ? String(error.details ?? '') : '';
  return (details || String(error)).trim().slice(-500);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGQUIT'), 10_000);
  await ended;
  clearTimeout(timer);
}
