import { createContext, useCallback, useContext, useMemo, useState } from 'react';

/** What was typed and cannot be saved as it is, by the name of its field; the field's error says the cure. */
export interface Typed {
  text: string;
  label: string;
  /** Its field cannot show it again after a reload. */
  brief?: boolean;
}

export interface Unsound {
  of: (name: string) => string | undefined;
  put: (name: string, typed: Typed | null) => void;
  /** Forgets the fields of something that was removed. */
  forget: (prefix: string) => void;
  all: Readonly<Record<string, Typed>>;
}

const NONE: Unsound = { of: () => undefined, put: () => undefined, forget: () => undefined, all: {} };
export const UnsoundContext = createContext<Unsound>(NONE);
export const useUnsound = (): Unsound => useContext(UnsoundContext);

/** For a `DateField`: a day that does not exist holds up the next step; it stays in the field as typed. */
export function useWrongDay(): (name: string, label: string) => (typed: string | null) => void {
  const { put } = useUnsound();
  return (name, label) => (typed) => put(name, typed === null ? null : { text: typed, label, brief: true });
}

const placeOf = (id: string): string => `vonggac.draft.directive/${id}/unsound`;

/** Keeps what cannot be saved yet over steps and reloads of this tab, so that nothing typed is lost. */
export function useUnsoundOf(id: string): Unsound {
  const [all, setAll] = useState<Readonly<Record<string, Typed>>>(() => read(id));
  const change = useCallback(
    (next: (former: Readonly<Record<string, Typed>>) => Readonly<Record<string, Typed>>) =>
      setAll((former) => {
        const now = next(former);
        if (now !== former) write(id, now);
        return now;
      }),
    [id],
  );
  return useMemo(
    () => ({
      all,
      of: (name) => all[name]?.text,
      put: (name, typed) =>
        change((former) => {
          if (typed === null) return name in former ? without(former, (other) => other === name) : former;
          return { ...former, [name]: typed };
        }),
      forget: (prefix) => change((former) => without(former, (name) => name.startsWith(prefix))),
    }),
    [all, change],
  );
}

/** The fields that hold up the next step: those of items that are still there. */
export function unsoundLabels(all: Readonly<Record<string, Typed>>, items: readonly { id: string }[]): string[] {
  const ids = new Set(items.map(({ id }) => id));
  return Object.entries(all).flatMap(([name, { label }]) => {
    const item = /^requirement:([^.]+)\./.exec(name)?.[1];
    return item === undefined || ids.has(item) ? [label] : [];
  });
}

function without(all: Readonly<Record<string, Typed>>, gone: (name: string) => boolean): Readonly<Record<string, Typed>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !gone(name)));
}

function read(id: string): Readonly<Record<string, Typed>> {
  try {
    return JSON.parse(sessionStorage.getItem(placeOf(id)) ?? '{}') as Record<string, Typed>;
  } catch {
    return {};
  }
}

function write(id: string, all: Readonly<Record<string, Typed>>): void {
  try {
    const lasting = Object.fromEntries(Object.entries(all).filter(([, { brief }]) => brief !== true));
    if (Object.keys(lasting).length === 0) sessionStorage.removeItem(placeOf(id));
    else sessionStorage.setItem(placeOf(id), JSON.stringify(lasting));
  } catch {
    // A full or forbidden storage only costs the copy that survives a reload.
  }
}
