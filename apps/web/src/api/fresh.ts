import { ApiError } from './error.ts';

/** Asks the person for a code; answers whether one was accepted. */
type Asker = (refusal: ApiError) => Promise<boolean>;

let asker: Asker | null = null;
let asking: Promise<boolean> | null = null;

/** Names who asks for a code when an act wants a fresh one; returns the way to stop. */
export function onFreshCode(ask: Asker): () => void {
  asker = ask;
  return () => {
    if (asker === ask) asker = null;
  };
}

/** Does an act; where the server wants a fresh code first, asks for it and goes on with the very same act. Acts that wait together ask once. */
export async function withFreshCode<Answer>(act: () => Promise<Answer>): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiError) || !WANTED.has(error.code) || asker === null) throw error;
    asking ??= asker(error).finally(() => (asking = null));
    if (!(await asking)) throw error;
    return await act();
  }
}
const WANTED = new Set(['identity.fresh_code', 'identity.factor_needed']);
