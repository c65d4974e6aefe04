import { useEffect } from 'react';
import type { KeyboardEvent, RefObject } from 'react';

interface TableKeys {
  body: RefObject<HTMLTableSectionElement | null>;
  search: RefObject<HTMLInputElement | null>;
  onOpen: (at: number) => void;
  onChoose: (at: number) => void;
}

/** Moves the focus over the rows of a table (j, k, arrows), chooses (x) and opens (Enter); `/` anywhere on the page goes to the search field. */
export function useTableKeys({ body, search, onOpen, onChoose }: TableKeys): (event: KeyboardEvent) => void {
  useEffect(() => {
    const slash = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== '/' || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      search.current?.focus();
    };
    document.addEventListener('keydown', slash);
    return () => document.removeEventListener('keydown', slash);
  }, [search]);
  return (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...(body.current?.rows ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const step = event.key === 'j' || event.key === 'ArrowDown' ? 1 : event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
    else if (event.key === 'x' && at >= 0) onChoose(at);
    else if (event.key === 'Enter' && event.target === rows[at]) onOpen(at);
    else return;
    event.preventDefault();
  };
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
