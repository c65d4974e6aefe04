import { useEffect } from 'react';
import type { RefObject } from 'react';

interface TableKeys {
  whole: RefObject<HTMLElement | null>;
  body: RefObject<HTMLTableSectionElement | null>;
  search: RefObject<HTMLInputElement | null>;
  onOpen: (at: number) => void;
  onChoose: (at: number) => void;
}

/** Moves the focus over the rows of a table (j, k, arrows), chooses (x) and opens (Enter); `/` anywhere on the page goes to the search field. */
export function useTableKeys({ whole, body, search, onOpen, onChoose }: TableKeys): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '/') search.current?.focus();
      else if (!(event.target instanceof Node) || whole.current?.contains(event.target) !== true) return;
      else if (!onRowKey(event, [...(body.current?.rows ?? [])], { onOpen, onChoose })) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [whole, body, search, onOpen, onChoose]);
}

function onRowKey(
  event: KeyboardEvent,
  rows: HTMLTableRowElement[],
  { onOpen, onChoose }: Pick<TableKeys, 'onOpen' | 'onChoose'>,
): boolean {
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const step = event.key === 'j' || event.key === 'ArrowDown' ? 1 : event.key === 'k' || event.key === 'ArrowUp' ? -1 : 0;
  if (step !== 0) rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
  else if (event.key === 'x' && at >= 0) onChoose(at);
  else if (event.key === 'Enter' && at >= 0 && event.target === rows[at]) onOpen(at);
  else return false;
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
