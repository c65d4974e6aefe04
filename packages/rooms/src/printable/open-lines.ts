import { compareVietnamese } from '@vonggac/kernel';
import type { Ctx } from '@vonggac/store';
import { openParts, type OpenTask, openTasks } from '../tasks/index.ts';

/** An open task, or (with a `giver`) a part of one that a superior handed down or a leading organisation shares. */
export type OpenLine = OpenTask & { giver?: string };

/** Everything open in reach, by organisation, then by date. */
export async function openLines(ctx: Ctx): Promise<{ lines: OpenLine[]; tasks: number; parts: number }> {
  const tasks = await openTasks(ctx);
  const parts = await openParts(ctx);
  const lines = [...tasks, ...parts.map(({ giver, ...part }): OpenLine => ({ ...part, state: 'assigned', giver: giver.name }))];
  return {
    lines: lines.toSorted((a, b) => compareVietnamese(a.organisation.name, b.organisation.name) || soonest(a.due, b.due)),
    tasks: tasks.length,
    parts: parts.length,
  };
}

function soonest(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return Temporal.Instant.compare(a, b);
}
