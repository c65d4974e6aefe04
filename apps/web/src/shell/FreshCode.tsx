import { lazy, Suspense, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { ApiError } from '../api/error.ts';
import { onFreshCode } from '../api/fresh.ts';

const Dialog = lazy(async () => ({ default: (await import('../rooms/identity/FreshCodeDialog.tsx')).FreshCodeDialog }));

interface Asked {
  refusal: ApiError;
  answer: (accepted: boolean) => void;
}

/** The one place where a code is asked for in the middle of an act; the act waits, with all that was typed. */
export function FreshCode(): ReactElement | null {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => onFreshCode(async (refusal) => await new Promise<boolean>((answer) => setAsked({ refusal, answer }))), []);
  if (asked === null) return null;
  const close = (accepted: boolean): void => {
    asked.answer(accepted);
    setAsked(null);
  };
  return (
    <Suspense fallback={null}>
      <Dialog refusal={asked.refusal} onClose={close} />
    </Suspense>
  );
}
