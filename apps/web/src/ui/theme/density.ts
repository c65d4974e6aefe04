import { useSyncExternalStore } from 'react';

export type Density = 'comfortable' | 'compact';

const STORED = 'vonggac.density';
const listeners = new Set<() => void>();
let density: Density = read();

/** Puts the remembered density on the page; called once before the first paint. */
export function startDensity(): void {
  document.documentElement.dataset['density'] = density;
}

/** The density of rows and type, and the way to change it; remembered on this machine. */
export function useDensity(): [Density, (next: Density) => void] {
  return [useSyncExternalStore(subscribe, () => density), setDensity];
}

function setDensity(next: Density): void {
  density = next;
  document.documentElement.dataset['density'] = next;
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Without storage the choice holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function read(): Density {
  try {
    return localStorage.getItem(STORED) === 'compact' ? 'compact' : 'comfortable';
  } catch {
    return 'comfortable';
  }
}
