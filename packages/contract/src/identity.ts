import { z } from 'zod';
import { apiTokenRoutes } from './api-tokens.ts';
import { id, instant, language, line, role, route } from './route.ts';
import { secondFactorRoutes } from './second-factor.ts';
import { signInProviderRoutes } from './sign-in-providers.ts';

const organisation = z.object({ id, name: z.string() });
const membership = z.object({ organisation, role });

export const sessionView = z.object({
  person: z.object({ id, name: z.string(), username: z.string() }),
  memberships: z.array(membership),
  acting: membership,
  permissions: z.array(z.string()),
  mustChangePassword: z.boolean(),
  /** What must be done before anything else. */
  waitsFor: z.enum(['code', 'password', 'factor']).nullable(),
  /** `putOff`: a role asks for a second factor, but this installation lets it wait. */
  factor: z.object({ on: z.boolean(), putOff: z.boolean() }),
  language,
  /** Nothing has been chosen yet: start empty or load the sample. */
  firstRun: z.boolean(),
  sample: z.boolean(),
  today: z.string(),
});

const password = z.string().min(12).max(200);

export const identityRoutes = {
  ...secondFactorRoutes,
  ...apiTokenRoutes,
  ...signInProviderRoutes,
  'POST /sign-in': route({
    tag: 'identity',
    access: 'public',
    summary: { vi: 'Đăng nhập bằng tên tài khoản và mật khẩu', en: 'Sign in with account name and password' },
    body: z.object({ username: line(100), password: z.string().min(1).max(200) }),
    output: z.object({ mustChangePassword: z.boolean(), needsCode: z.boolean() }),
  }),
  'POST /sign-out': route({ tag: 'identity', access: 'public', summary: { vi: 'Đăng xuất', en: 'Sign out' }, body: z.object({}) }),
  'GET /session': route({
    tag: 'identity',
    summary: { vi: 'Phiên làm việc hiện tại', en: 'The current session' },
    output: sessionView,
    quiet: true,
    waiting: ['code', 'password', 'factor'],
  }),
  'POST /session/acting': route({
    session: true,
    tag: 'identity',
    summary: { vi: 'Chọn đơn vị và vai trò để làm việc', en: 'Choose the organisation and role to act in' },
    body: z.object({ organisationId: id, role }),
    output: sessionView,
  }),
  'POST /session/language': route({
    session: true,
    waiting: ['code', 'password', 'factor'],
    tag: 'identity',
    summary: { vi: 'Chọn ngôn ngữ', en: 'Choose the language' },
    body: z.object({ language }),
  }),
  'POST /password': route({
    session: true,
    waiting: ['password', 'factor'],
    tag: 'identity',
    summary: { vi: 'Đổi mật khẩu', en: 'Change the password' },
    body: z.object({ current: z.string().min(1).max(200), next: password }),
  }),
  'GET /sessions': route({
    session: true,
    waiting: ['password', 'factor'],
    tag: 'identity',
    summary: { vi: 'Các phiên đang mở của tôi', en: 'My open sessions' },
    output: z.object({
      items: z.array(
        z.object({
          id,
          createdAt: z.string(),
          seenAt: z.string(),
          address: z.string().nullable(),
          agent: z.string().nullable(),
          current: z.boolean(),
        }),
      ),
    }),
  }),
  'DELETE /sessions/{id}': route({
    session: true,
    tag: 'identity',
    summary: { vi: 'Kết thúc một phiên', en: 'End a session' },
    params: z.object({ id }),
  }),
  'POST /first-run': route({
    session: true,
    tag: 'identity',
    summary: { vi: 'Bắt đầu trống hoặc nạp tỉnh mẫu', en: 'Start empty or load the sample province' },
    body: z.discriminatedUnion('choice', [
      z.object({ choice: z.literal('empty'), province: line(200) }),
      z.object({ choice: z.literal('sample') }),
    ]),
  }),
  'GET /people': route({
    tag: 'identity',
    summary: { vi: 'Danh sách tài khoản', en: 'List accounts' },
    query: z.object({
      q: z.string().max(200).optional(),
      organisation: id.optional(),
      page: z.coerce.number().int().min(1).default(1),
      size: z.coerce.number().int().min(1).max(500).default(50),
    }),
    output: z.object({
      total: z.number().int(),
      items: z.array(
        z.object({
          id,
          name: z.string(),
          username: z.string(),
          position: z.string().nullable(),
          organisation,
          memberships: z.array(z.object({ id, organisation, role, validFrom: z.string(), validTo: z.string().nullable() })),
          disabledAt: instant.nullable(),
          mustChangePassword: z.boolean(),
        }),
      ),
    }),
  }),
  'POST /people': route({
    tag: 'identity',
    summary: { vi: 'Tạo tài khoản', en: 'Create an account' },
    body: z.object({
      organisationId: id,
      name: line(120),
      username: z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[a-z0-9][a-z0-9._-]{2,59}$/),
      position: line(120).optional(),
      email: z.email().max(200).optional(),
      role,
    }),
    /** The first password is shown this once. */
    output: z.object({ id, firstPassword: z.string() }),
  }),
  'POST /people/{id}/reset': route({
    tag: 'identity',
    summary: { vi: 'Đặt lại mật khẩu', en: 'Reset the password' },
    params: z.object({ id }),
    body: z.object({ reason: line() }),
    output: z.object({ firstPassword: z.string() }),
  }),
  'POST /people/{id}/disable': route({
    tag: 'identity',
    summary: { vi: 'Khóa hoặc mở lại tài khoản', en: 'Disable or enable an account' },
    params: z.object({ id }),
    body: z.object({ disabled: z.boolean(), reason: line() }),
  }),
  'POST /people/{id}/memberships': route({
    tag: 'identity',
    summary: { vi: 'Giao vai trò', en: 'Grant a role' },
    params: z.object({ id }),
    body: z.object({ organisationId: id, role, validFrom: z.iso.date().optional(), validTo: z.iso.date().optional() }),
    output: z.object({ id }),
  }),
  'DELETE /memberships/{id}': route({ tag: 'identity', summary: { vi: 'Thu hồi vai trò', en: 'Revoke a role' }, params: z.object({ id }) }),
};
