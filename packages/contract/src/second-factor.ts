import { z } from 'zod';
import { id, instant, line, route } from './route.ts';

/** Shown this once. */
const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

const resetView = z.object({
  id,
  person: z.object({ id, name: z.string(), username: z.string() }),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: instant,
  state: z.enum(['proposed', 'done', 'refused']),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  note: z.string().nullable(),
  /** Whether this administrator may decide: neither who proposed it nor whom it is about. */
  mayDecide: z.boolean(),
});

export const secondFactorRoutes = {
  'POST /session/code': route({
    tag: 'identity',
    session: true,
    waiting: ['code'],
    summary: { vi: 'Nhập mã xác thực hoặc mã khôi phục', en: 'Enter a code of the authenticator, or a recovery code' },
    body: z.object({ code: z.string().trim().min(6).max(40) }),
    /** How many recovery codes are left, where one was used. */
    output: z.object({ codesLeft: z.number().int().nullable() }),
  }),
  'GET /second-factor': route({
    tag: 'identity',
    session: true,
    waiting: ['factor'],
    summary: { vi: 'Xác thực hai lớp của tôi', en: 'My second factor' },
    output: z.object({
      since: instant.nullable(),
      required: z.boolean(),
      codesLeft: z.number().int(),
      /** It was taken away by two administrators, and the person has not set up a new one since. */
      reset: z.object({ at: instant, proposedBy: z.string(), decidedBy: z.string(), reason: z.string() }).nullable(),
    }),
  }),
  'POST /second-factor': route({
    tag: 'identity',
    session: true,
    waiting: ['factor'],
    summary: { vi: 'Bắt đầu cài đặt ứng dụng xác thực', en: 'Begin to set up an authenticator' },
    body: z.object({}),
    /** The QR code as the path of an SVG of `size` × `size` modules. */
    output: z.object({ key: z.string(), uri: z.string(), qr: z.object({ size: z.number().int(), path: z.string() }) }),
  }),
  'POST /second-factor/confirm': route({
    tag: 'identity',
    session: true,
    waiting: ['factor'],
    summary: { vi: 'Xác nhận ứng dụng xác thực bằng một mã', en: 'Confirm the authenticator by a code' },
    body: z.object({ code: z.string().trim().min(6).max(40) }),
    output: recoveryCodes,
  }),
  'POST /second-factor/recovery-codes': route({
    tag: 'identity',
    session: true,
    fresh: true,
    summary: { vi: 'Lấy mười mã khôi phục mới', en: 'Ten new recovery codes' },
    body: z.object({}),
    output: recoveryCodes,
  }),
  'DELETE /second-factor': route({
    tag: 'identity',
    session: true,
    fresh: true,
    summary: { vi: 'Tắt xác thực hai lớp', en: 'Turn the second factor off' },
  }),
  'GET /second-factor-resets': route({
    tag: 'identity',
    session: true,
    summary: { vi: 'Đề nghị đặt lại xác thực hai lớp', en: 'Proposals to reset a second factor' },
    output: z.object({ total: z.number().int(), items: z.array(resetView) }),
  }),
  'POST /second-factor-resets': route({
    tag: 'identity',
    session: true,
    fresh: true,
    summary: { vi: 'Đề nghị đặt lại xác thực hai lớp của một người', en: 'Propose to reset a person’s second factor' },
    body: z.object({ personId: id, reason: line() }),
    output: z.object({ id }),
  }),
  'POST /second-factor-resets/{id}/decision': route({
    tag: 'identity',
    session: true,
    fresh: true,
    summary: { vi: 'Quyết định đề nghị đặt lại (quản trị viên thứ hai)', en: 'Decide on a reset (a second administrator)' },
    params: z.object({ id }),
    body: z.object({ agree: z.boolean(), note: line().optional() }),
  }),
  'GET /second-factor-notices': route({
    tag: 'identity',
    session: true,
    quiet: true,
    summary: { vi: 'Việc cần biết về xác thực hai lớp', en: 'What to know about second factors' },
    /** `waiting`: proposals that this administrator may decide. */
    output: z.object({ waiting: z.number().int(), reset: z.boolean() }),
  }),
};
