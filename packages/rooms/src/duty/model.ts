import { createHash } from 'node:crypto';

export const CALL_RESULTS = ['picked-up', 'not-picked-up', 'wrong-number'] as const;
export type CallResult = (typeof CALL_RESULTS)[number];

/** How the calls of a time stand; `last` decides whether the duty is staffed. */
export type CallCount = { calls: number; pickedUp: number; last: CallResult | null };

/** Picked up last: met. Not picked up, or a wrong number: missed. Nobody called: no data, which is not "no problem". */
export function stateOfCalls({ last }: Pick<CallCount, 'last'>): 'met' | 'missed' | 'no-data' {
  if (last === null) return 'no-data';
  return last === 'picked-up' ? 'met' : 'missed';
}

/**
 * Picks `size` of the candidates: whoever was called least comes first, chance decides among equals. The same seed and
 * candidates give the same pick, so that anybody can draw it again: order by (calls, SHA-256(seed ‖ ':' ‖ id)).
 */
export function drawPick(candidates: readonly { organisation: string; calls: number }[], seed: string, size: number): string[] {
  const lot = (id: string) => createHash('sha256').update(`${seed}:${id}`).digest('hex');
  return candidates
    .map(({ organisation, calls }) => ({ organisation, calls, lot: lot(organisation) }))
    .toSorted((a, b) => a.calls - b.calls || (a.lot < b.lot ? -1 : 1))
    .slice(0, size)
    .map(({ organisation }) => organisation);
}

/** A call may be entered later, from a phone that was without network; not for another day and not ahead of time. @unit minutes */
export const ENTERED_LATER = 24 * 60;
/** Clocks of phones differ. @unit minutes */
export const AHEAD = 5;
