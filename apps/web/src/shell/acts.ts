import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What the open page can do, offered by Ctrl K before anything that is found. */
export interface Act {
  /** Never an address: it begins with `act:`. */
  id: `act:${string}`;
  label: string;
  run: () => void;
}

let acts: readonly Act[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Act[]): void {
  acts = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Offers an act while the component is shown; null offers nothing. */
export function useAct(act: Act | null): void {
  const run = useRef(act?.run);
  useEffect(() => {
    run.current = act?.run;
  });
  const { id, label } = act ?? {};
  useEffect(() => {
    if (id === undefined || label === undefined) return undefined;
    const offered: Act = { id, label, run: () => run.current?.() };
    change([...acts, offered]);
    return () => change(acts.filter((one) => one !== offered));
  }, [id, label]);
}

export function useActs(): readonly Act[] {
  return useSyncExternalStore(listen, () => acts);
}
