import { z } from 'zod';
import { id, instant, line, route } from './route.ts';

const kind = z.enum(['oidc', 'ldap']);
const username = line(200);
const password = z.string().min(1).max(200);
/** One's own password here, where there is no second factor. */
const current = z.string().min(1).max(200).optional();

const links = z.object({
  items: z.array(
    z.object({
      kind,
      /** Of the provider. */
      name: z.string(),
      /** `isConfirmed`: the person showed to hold both accounts. */
      link: z
        .object({
          subject: z.string(),
          linkedAt: instant,
          linkedBy: z.string(),
          isConfirmed: z.boolean(),
          lastUsedAt: instant.nullable(),
        })
        .nullable(),
    }),
  ),
});

export const signInProviderRoutes = {
  'GET /sign-in/providers': route({
    tag: 'identity',
    access: 'public',
    summary: { vi: 'Các cách đăng nhập khác', en: 'Other ways of signing in' },
    quiet: true,
    output: z.object({ items: z.array(z.object({ kind, name: z.string() })) }),
  }),
  'POST /sign-in/oidc': route({
    tag: 'identity',
    access: 'public',
    summary: { vi: 'Bắt đầu đăng nhập qua nhà cung cấp OpenID', en: 'Begin to sign in through the OpenID provider' },
    body: z.object({ back: z.string().max(2000).optional() }),
    /** The address to go to. */
    output: z.object({ url: z.string() }),
  }),
  'POST /sign-in/oidc/finish': route({
    tag: 'identity',
    access: 'public',
    summary: { vi: 'Hoàn tất đăng nhập hoặc liên kết', en: 'Finish signing in, or linking' },
    /** What the provider sent along: `?code=…&state=…`. */
    body: z.object({ query: z.string().min(1).max(8000) }),
    output: z.object({ did: z.enum(['signed-in', 'linked']), needsCode: z.boolean(), back: z.string().nullable() }),
  }),
  'POST /sign-in/ldap': route({
    tag: 'identity',
    access: 'public',
    summary: { vi: 'Đăng nhập bằng tài khoản thư mục', en: 'Sign in with an account of the directory' },
    body: z.object({ username, password }),
    output: z.object({ needsCode: z.boolean() }),
  }),
  'GET /sign-in-links': route({
    tag: 'identity',
    session: true,
    summary: { vi: 'Tài khoản liên kết của tôi', en: 'My linked accounts' },
    output: links,
  }),
  'POST /sign-in-links/oidc': route({
    tag: 'identity',
    session: true,
    summary: { vi: 'Bắt đầu liên kết tài khoản của nhà cung cấp OpenID', en: 'Begin to link one’s account of the OpenID provider' },
    body: z.object({ current }),
    output: z.object({ url: z.string() }),
  }),
  'POST /sign-in-links/ldap': route({
    tag: 'identity',
    session: true,
    summary: { vi: 'Liên kết tài khoản thư mục', en: 'Link one’s account of the directory' },
    body: z.object({ username, password, current }),
  }),
  'POST /sign-in-links/end': route({
    tag: 'identity',
    session: true,
    summary: { vi: 'Hủy liên kết của tôi', en: 'End one’s own link' },
    body: z.object({ kind, current }),
  }),
  'GET /people/{id}/sign-in-links': route({
    tag: 'identity',
    session: true,
    summary: { vi: 'Tài khoản liên kết của một người', en: 'A person’s linked accounts' },
    params: z.object({ id }),
    output: links,
  }),
  'POST /people/{id}/sign-in-links': route({
    tag: 'identity',
    session: true,
    fresh: true,
    summary: { vi: 'Liên kết tài khoản của một người', en: 'Link a person’s account' },
    params: z.object({ id }),
    body: z.object({ kind, subject: line(255), reason: line() }),
  }),
  'POST /people/{id}/sign-in-links/end': route({
    tag: 'identity',
    session: true,
    fresh: true,
    summary: { vi: 'Hủy liên kết của một người', en: 'End a person’s link' },
    params: z.object({ id }),
    body: z.object({ kind, reason: line() }),
  }),
};
