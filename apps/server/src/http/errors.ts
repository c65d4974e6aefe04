import { DomainError, type ErrorKind, type Language } from '@vonggac/kernel';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import type { z } from 'zod';

const STATUS = {
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  invalid: 422,
  conflict: 409,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
  full: 507,
} as const satisfies Record<ErrorKind, number>;

/** The one shape of every error, in the asked language. */
export function answerError(c: Context, error: unknown, language: Language, logger: Logger): Response {
  const domain = asDomainError(error);
  if (!domain) {
    const requestId = c.get('requestId') as string;
    logger.error(
      {
        requestId,
        error: error instanceof Error ? { message: error.message, stack: error.stack, cause: String(error.cause ?? '') } : String(error),
      },
      'unexpected error',
    );
    const message =
      language === 'vi'
        ? `Có lỗi ngoài dự kiến (mã ${requestId}). Dữ liệu đã lưu không bị ảnh hưởng; thử lại hoặc báo quản trị viên mã này.`
        : `Something unexpected went wrong (${requestId}). Stored data is not affected; try again or give the administrator this code.`;
    return c.json({ error: { code: 'server.unexpected', message } }, 500);
  }
  const { code, text, place, details } = domain;
  const wait = waitOf(domain);
  if (wait !== null) c.header('retry-after', String(wait));
  return c.json(
    { error: { code, message: text[language], ...(place === undefined ? {} : { place }), ...(details === undefined ? {} : { details }) } },
    STATUS[domain.kind],
  );
}

/** After how long asking again makes sense (RFC 9110 §10.2.3). @unit seconds */
function waitOf({ kind, details }: DomainError): number | null {
  if (kind === 'unavailable') return 5;
  if (kind !== 'too-many') return null;
  const named = typeof details === 'object' && details !== null && 'retryAfter' in details ? Number(details.retryAfter) : Number.NaN;
  return Number.isFinite(named) && named > 0 ? Math.ceil(named) : 1;
}

/** Errors of packages that know no kernel (`outside`, `congvan`) carry the same facts under the same names. */
function asDomainError(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  // What Hono refuses by itself before a schema sees it: a body that is no JSON.
  if (error instanceof HTTPException && error.status === 400) return notJson();
  if (!(error instanceof Error) || !('code' in error) || !('text' in error || 'messages' in error)) return null;
  const said = ('text' in error ? error.text : (error as { messages: unknown }).messages) as { vi?: unknown; en?: unknown };
  if (typeof said?.vi !== 'string' || typeof said.en !== 'string') return null;
  const place = 'place' in error && typeof error.place === 'string' ? { place: error.place } : {};
  return new DomainError('invalid', String(error.code), { vi: said.vi, en: said.en }, place);
}

function notJson(): DomainError {
  return new DomainError(
    'invalid',
    'request.not_json',
    {
      vi: 'Nội dung gửi lên trống hoặc không phải JSON hợp lệ. Kiểm tra lại dấu ngoặc, dấu phẩy và bảng mã UTF-8.',
      en: 'The body is empty or not valid JSON. Check brackets, commas and the encoding (UTF-8).',
    },
    { place: 'body' },
  );
}

/** The first fault of an input, named by its place. */
export function inputError(error: z.ZodError, part: string): DomainError {
  const issue = error.issues[0]!;
  const place = [...(part === 'json' ? [] : [part]), ...issue.path.map(String)].join('.');
  const { vi, en } = sentences(issue);
  return new DomainError(
    'invalid',
    'input.invalid',
    { vi, en },
    { place, details: error.issues.slice(0, 20).map((one) => ({ place: one.path.join('.'), code: one.code })) },
  );
}

function sentences(issue: z.core.$ZodIssue): { vi: string; en: string } {
  switch (issue.code) {
    case 'invalid_type':
      return 'input' in issue && issue.input !== undefined
        ? { vi: 'Giá trị không đúng kiểu.', en: 'The value is of the wrong type.' }
        : { vi: 'Cần nhập mục này.', en: 'This field is required.' };
    case 'too_small':
      return issue.minimum === 1
        ? { vi: 'Cần nhập mục này.', en: 'This field is required.' }
        : {
            vi: `Tối thiểu ${issue.minimum}${issue.origin === 'string' ? ' ký tự' : ''}.`,
            en: `At least ${issue.minimum}${issue.origin === 'string' ? ' characters' : ''}.`,
          };
    case 'too_big':
      return {
        vi: `Tối đa ${issue.maximum}${issue.origin === 'string' ? ' ký tự' : ''}.`,
        en: `At most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}.`,
      };
    case 'invalid_format':
      return { vi: 'Không đúng dạng.', en: 'The form is wrong.' };
    default:
      return { vi: 'Giá trị không hợp lệ.', en: 'The value is not valid.' };
  }
}
