import type { ApiError } from '../../api/error.ts';

/** The error of one field, for Mantine's `error`: that of `place` itself or of something under it; null when the field is fine. */
export function fieldError(error: ApiError | null | undefined, place: string): string | null {
  if (error?.place === undefined) return null;
  return error.place === place || error.place.startsWith(`${place}.`) ? error.message : null;
}
