import { randomBytes } from 'node:crypto';
import { type Clock, newId, systemClock } from '@vonggac/kernel';
import { type Database, readOrMakeKey } from '@vonggac/store';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { username } from 'better-auth/plugins/username';
import { drizzle } from 'drizzle-orm/node-postgres';
import { z } from 'zod';
import { account, failures, session, user, verification } from './tables.ts';

/** The header in which the server hands on the caller's address; whatever a caller sends under this name is dropped. */
export const ADDRESS_HEADER = 'x-vonggac-address';
export const COOKIE_PREFIX = 'vonggac';

/** An account without e-mail still needs one for the library; `.invalid` never resolves (RFC 2606 §2). */
export function placeholderEmail(name: string): string {
  return `${name}@account.invalid`;
}

/** Starts a new session in place of an old one, so that a stolen cookie does not survive a change of role or a code. */
const renewal = () => ({
  id: 'renewal',
  endpoints: {
    renewSession: createAuthEndpoint(
      '/vonggac/renew',
      {
        method: 'POST',
        body: z.object({
          token: z.string(),
          actingOrganisation: z.string().nullable(),
          actingRole: z.string().nullable(),
          codeAt: z.date().nullable(),
        }),
        metadata: { SERVER_ONLY: true },
      },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const found = await internalAdapter.findSession(ctx.body.token);
        if (!found) return ctx.json({ renewed: false });
        const { actingOrganisation, actingRole, codeAt } = ctx.body;
        const next = await internalAdapter.createSession(found.user.id, false, { actingOrganisation, actingRole, codeAt });
        await internalAdapter.deleteSession(ctx.body.token);
        await setSessionCookie(ctx, { session: next, user: found.user });
        return ctx.json({ renewed: true });
      },
    ),
  },
});

export type AuthOptions = {
  database: Database;
  keys: string;
  publicUrl: string | undefined;
  port: number;
  /** Whether the second factor is demanded of the roles that decide; left out: save in the sample province. */
  totp?: 'required' | 'optional' | undefined;
  /** Codes live in real time, also where the sample's clock stands still. */
  clock?: Clock;
};

/** better-auth with everything said explicitly: nothing depends on NODE_ENV or on its own environment variables. */
export function makeAuth({ database, keys, publicUrl, port }: AuthOptions) {
  const db = drizzle(database.identity, { casing: 'snake_case' });
  return betterAuth({
    appName: 'Vọng Gác',
    baseURL: publicUrl ?? `http://127.0.0.1:${port}`,
    secret: readOrMakeKey(keys, 'session-secret', () => randomBytes(48).toString('base64url')),
    database: drizzleAdapter(db, { provider: 'pg', schema: { user, session, account, verification } }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200, autoSignIn: false },
    session: {
      expiresIn: 12 * 3600,
      updateAge: 900,
      cookieCache: { enabled: false },
      additionalFields: {
        actingOrganisation: { type: 'string', required: false, input: false },
        actingRole: { type: 'string', required: false, input: false },
        codeAt: { type: 'date', required: false, input: false },
      },
    },
    user: { additionalFields: { factorSince: { type: 'date', required: false, input: false } } },
    plugins: [
      username({ minUsernameLength: 3, maxUsernameLength: 60, usernameValidator: (name) => /^[a-z0-9][a-z0-9._-]*$/.test(name) }),
      renewal(),
    ],
    // Failures are delayed by our own table, per account and address, since the library limits by address alone.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: publicUrl?.startsWith('https://') ?? false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: () => newId() },
    },
  });
}

type BetterAuth = ReturnType<typeof makeAuth>;

const openDb = (options: AuthOptions) => drizzle(options.database.identity, { casing: 'snake_case' });

/** The login of `identity`, or a transaction of it. */
export type IdentityDb = Pick<ReturnType<typeof openDb>, 'select' | 'insert' | 'update' | 'delete'>;

/** Sign-in and sessions: the one way to passwords, used by `identity` alone. */
export type Auth = {
  library: BetterAuth;
  db: ReturnType<typeof openDb>;
  failures: typeof failures;
  totp: 'required' | 'optional' | undefined;
  clock: Clock;
  /** The clock's instant as the identity tables take it. */
  now(): Date;
  /** Encrypts what the authenticators share with us; 32 bytes. */
  factorKey: Uint8Array;
};

export function openAuth(options: AuthOptions): Auth {
  const clock = options.clock ?? systemClock;
  return {
    library: makeAuth(options),
    db: openDb(options),
    failures,
    totp: options.totp,
    clock,
    now: () => new Date(clock.now().epochMilliseconds),
    factorKey: Buffer.from(
      readOrMakeKey(options.keys, 'second-factor-key', () => randomBytes(32).toString('base64url')),
      'base64url',
    ),
  };
}
