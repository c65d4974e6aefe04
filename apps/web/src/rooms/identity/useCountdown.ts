import { useEffect, useState } from 'react';
import type { ApiError } from '../../api/error.ts';

const USUAL_DELAY = 30;

/** The seconds still to wait, counted down; started with what a refusal named. */
export function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}

/** The delay that the server named in `details.retryAfter` (seconds) of a 429; 0 for other refusals. */
export function delayOf(error: ApiError): number {
  if (error.status !== 429) return 0;
  const seconds = Number(error.details['retryAfter'] ?? USUAL_DELAY);
  return Number.isFinite(seconds) ? Math.ceil(seconds) : USUAL_DELAY;
}
