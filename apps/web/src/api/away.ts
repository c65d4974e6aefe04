/** Whether the server, or the database behind it, did not answer lately; the shell says so and asks until it does. */
let isAway = false;
const listeners = new Set<() => void>();

function change(next: boolean): void {
  if (next === isAway) return;
  isAway = next;
  for (const listener of listeners) listener();
}

export function tellAway(): void {
  change(true);
}

export function serverIsAway(): boolean {
  return isAway;
}

export function onAwayChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Asks once, with the one read that every page makes. @returns whether the server is back */
export async function askWhetherBack(): Promise<boolean> {
  try {
    const { status } = await fetch('/api/v1/session', { credentials: 'same-origin', cache: 'no-store' });
    if (status >= 500) return false;
  } catch {
    return false;
  }
  change(false);
  return true;
}
