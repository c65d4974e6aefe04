import { useCallback, useEffect, useRef, useState } from 'react';

const PREFIX = 'vonggac.draft.';

/**
 * State of a form that survives errors, reload and a lost network, kept in the session storage of this tab under `key`
 * (name the form and the thing: `task/<id>/answer`). Returns value, setter, and `clear` for after the server took it. Never for passwords.
 */
export function useDraft<Value>(key: string, initial: Value): [Value, (next: Value | ((former: Value) => Value)) => void, () => void] {
  const [value, setValue] = useState<Value>(() => readDraft<Value>(key) ?? initial);
  const first = useRef(true);
  const start = useRef(initial);
  const cleared = useRef(false);
  useEffect(() => {
    if (first.current || cleared.current) {
      first.current = false;
      cleared.current = false;
      return;
    }
    writeDraft(key, value);
  }, [key, value]);
  const clear = useCallback(() => {
    cleared.current = true;
    removeDraft(key);
    setValue(start.current);
  }, [key]);
  return [value, setValue, clear];
}

function readDraft<Value>(key: string): Value | undefined {
  try {
    const stored = sessionStorage.getItem(PREFIX + key);
    return stored === null ? undefined : (JSON.parse(stored) as Value);
  } catch {
    return undefined;
  }
}

function writeDraft(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage only costs the draft.
  }
}

function removeDraft(key: string): void {
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // See writeDraft.
  }
}
