import { type SQL, sql } from 'drizzle-orm';
import { noticeRuns } from './tables.ts';

/** Whether a run has given a sign of life lately: each organisation gives one. */
export const isAlive: SQL<boolean> = sql<boolean>`coalesce(${noticeRuns.beatAt} > clock_timestamp() - interval '60 seconds', false)`;

export type RunState = 'running' | 'done' | 'cancelled' | 'stopped';

/** `stopped`: it broke off. */
export function stateOf(run: {
  finishedAt: string | null;
  alive: boolean;
  cancelAsked: boolean;
  looked: number;
  organisations: number;
}): RunState {
  if (run.finishedAt === null) return run.alive ? 'running' : 'stopped';
  return run.cancelAsked && run.looked < run.organisations ? 'cancelled' : 'done';
}
