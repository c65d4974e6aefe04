import type { Text } from './text.ts';

/** How an error is met by whoever asked; each maps to one HTTP status and one exit code. */
export type ErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'conflict'
  | 'too-large'
  | 'too-many'
  | 'unavailable'
  /** The disk has no room left. */
  | 'full';

/**
 * The one error of the domain: `code` is stable (`room.what_is_wrong`), `text` says in both languages what is wrong
 * and how to cure it, `place` names the field, line or row (`items[3].due`).
 */
export class DomainError extends Error {
  override name = 'DomainError';
  readonly kind: ErrorKind;
  readonly code: string;
  readonly text: Text;
  readonly place: string | undefined;
  readonly details: unknown;

  constructor(kind: ErrorKind, code: string, text: Text, more: { place?: string; details?: unknown } = {}) {
    super(`${code}: ${text.en}`);
    this.kind = kind;
    this.code = code;
    this.text = text;
    this.place = more.place;
    this.details = more.details;
  }
}

export function invalid(code: string, place: string, text: Text, details?: unknown): DomainError {
  return new DomainError('invalid', code, text, { place, details });
}

export function conflict(code: string, text: Text, details?: unknown): DomainError {
  return new DomainError('conflict', code, text, { details });
}

export function forbidden(code: string, text: Text): DomainError {
  return new DomainError('forbidden', code, text);
}

/** Also the answer for what exists outside the scope: whether it exists is not told. */
export function notFound(kind: string): DomainError {
  return new DomainError('not-found', `${kind}.not_found`, {
    vi: 'Không tìm thấy, hoặc nội dung này nằm ngoài phạm vi của đơn vị.',
    en: 'Not found, or outside the scope of your organisation.',
  });
}
