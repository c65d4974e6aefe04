import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

/** A place in the text of the document: UTF-16 offsets, end exclusive. */
export interface Passage {
  start: number;
  end: number;
}

/** A tap on a button may take the selection away before the button hears of it. */
const LINGER = 400;

/** The passage that is selected inside a paper, with mouse, finger or keys; null while there is none. */
export function usePassage(paper: RefObject<HTMLElement | null>): { passage: Passage | null; forget: () => void } {
  const [passage, setPassage] = useState<Passage | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const found = passageOf(paper.current, document.getSelection());
      clearTimeout(timer);
      timer = setTimeout(() => setPassage(found), found === null ? LINGER : 80);
    };
    document.addEventListener('selectionchange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('selectionchange', look);
    };
  }, [paper]);
  const forget = (): void => {
    document.getSelection()?.removeAllRanges();
    setPassage(null);
  };
  return { passage, forget };
}

function passageOf(paper: HTMLElement | null, selection: Selection | null): Passage | null {
  if (paper === null || selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!paper.contains(range.commonAncestorContainer) || range.toString().trim().length < 3) return null;
  const start = offsetAt(paper, range.startContainer, range.startOffset);
  const end = offsetAt(paper, range.endContainer, range.endOffset);
  return start < end ? { start, end } : null;
}

/** Where a point of the page stands in the text; between two lines it is the end of the one before. */
function offsetAt(paper: HTMLElement, node: Node, offset: number): number {
  let before = 0;
  for (const line of paper.querySelectorAll<HTMLElement>('[data-from]')) {
    const all = document.createRange();
    all.selectNodeContents(line);
    const place = all.comparePoint(node, offset);
    if (place < 0) return before;
    const from = Number(line.dataset['from']);
    if (place === 0) {
      all.setEnd(node, offset);
      return from + lengthOf(all);
    }
    before = from + lengthOf(all);
  }
  return before;
}

/** Characters of the text in a range; one that is shown by its code point counts once. */
function lengthOf(range: Range): number {
  const shown = [...range.cloneContents().querySelectorAll('[data-hidden]')];
  return range.toString().length - shown.reduce((sum, hidden) => sum + (hidden.textContent?.length ?? 1) - 1, 0);
}
