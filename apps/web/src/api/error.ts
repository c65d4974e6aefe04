/**
 * What the server, or the way to it, refused. `status` is the HTTP status, 0 when no answer came; `place` is the path of the field that
 * is at fault (`recipients.0.text`); `message` is in the asked language and may be shown.
 */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly place: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(init: { status: number; code: string; message: string; place?: string | undefined; details?: unknown }) {
    super(init.message);
    this.name = 'ApiError';
    this.status = init.status;
    this.code = init.code;
    this.place = init.place;
    this.details = isRecord(init.details) ? init.details : {};
  }
}

/** Reads `{ error: { code, message, place?, details? } }`; a body of another shape (a proxy's page) becomes code `http-<status>`. */
export function apiErrorFrom(status: number, body: unknown): ApiError {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  return new ApiError({
    status,
    code: typeof error['code'] === 'string' ? error['code'] : `http-${status}`,
    message: typeof error['message'] === 'string' ? error['message'] : '',
    place: typeof error['place'] === 'string' ? error['place'] : undefined,
    details: error['details'],
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
