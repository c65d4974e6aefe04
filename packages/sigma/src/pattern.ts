import type { Piece } from './model.ts';

/** What stands between two `*`: texts, and null for each `?`. */
type Run = { readonly parts: readonly (string | null)[]; readonly length: number };

function runsOf(pieces: readonly Piece[]): Run[] {
  const runs: { parts: (string | null)[]; length: number }[] = [{ parts: [], length: 0 }];
  for (const piece of pieces) {
    const run = runs.at(-1)!;
    if (typeof piece === 'string') {
      run.parts.push(piece);
      run.length += piece.length;
    } else if (piece.wild === '*') runs.push({ parts: [], length: 0 });
    else {
      run.parts.push(null);
      run.length++;
    }
  }
  return runs;
}

function standsAt({ parts }: Run, text: string, at: number): boolean {
  for (const part of parts) {
    if (part !== null && !text.startsWith(part, at)) return false;
    at += part?.length ?? 1;
  }
  return true;
}

/** Where a run stands first from `at` on, up to `last`; -1 where it does not. */
function find(run: Run, text: string, { at, last }: { at: number; last: number }): number {
  for (; at <= last; at++) if (standsAt(run, text, at)) return at;
  return -1;
}

/**
 * A pattern with wildcards as a test of whole texts, in the case it is written in; `?` is one UTF-16 code unit. The first place of each
 * run is the best for those behind it, so nothing is tried twice.
 */
export function coveredBy(pieces: readonly Piece[]): (text: string) => boolean {
  const runs = runsOf(pieces);
  const first = runs[0]!;
  const last = runs.at(-1)!;
  const middle = runs.slice(1, -1).filter(({ length }) => length > 0);
  if (runs.length === 1) return (text) => text.length === first.length && standsAt(first, text, 0);
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !standsAt(first, text, 0) || !standsAt(last, text, end)) return false;
    let at = first.length;
    for (const run of middle) {
      const found = find(run, text, { at, last: end - run.length });
      if (found < 0) return false;
      at = found + run.length;
    }
    return true;
  };
}
