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
import { NO_PROVIDERS, type Providers } from './providers/settings.ts';
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
        const { provider, providerFactorAt } = found.session as { provider?: string | null; providerFactorAt?: Date | null };
        const how = { provider: provider ?? null, providerFactorAt: providerFactorAt ?? null };
        const next = await internalAdapter.createSession(found.user.id, false, { actingOrganisation, actingRole, codeAt, ...how });
        await internalAdapter.deleteSession(ctx.body.token);
        await setSessionCookie(ctx, { session: next, user: found.user });
        return ctx.json({ renewed: true });
      },
    ),
  },
});

/** Opens a session for a person whom a sign-in provider vouches for. */
const opening = () => ({
  id: 'opening',
  endpoints: {
    openSession: createAuthEndpoint(
      '/vonggac/open',
      {
        method: 'POST',
        body: z.object({ person: z.string(), provider: z.enum(['oidc', 'ldap']), providerFactorAt: z.date().nullable() }),
        metadata: { SERVER_ONLY: true },
      },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const { person, provider, providerFactorAt } = ctx.body;
        const found = await internalAdapter.findUserById(person);
        if (!found) throw new Error('a person without a login');
        const session = await internalAdapter.createSession(person, false, { provider, providerFactorAt });
        await setSessionCookie(ctx, { session, user: found });
        return ctx.json({ opened: true });
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
  /** Where people may also sign in; left out: nowhere. */
  providers?: Providers;
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
        provider: { type: 'string', required: false, input: false },
        providerFactorAt: { type: 'date', required: false, input: false },
      },
    },
    user: { additionalFields: { factorSince: { type: 'date', required: false, input: false } } },
    plugins: [
      username({ minUsernameLength: 3, maxUsernameLength: 60, usernameValidator: (name) => /^[a-z0-9][a-z0-9._-]*$/.test(name) }),
      renewal(),
      opening(),
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
  providers: Providers;
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
    providers: options.providers ?? NO_PROVIDERS,
    clock,
    now: () => new Date(clock.now().epochMilliseconds),
    factorKey: Buffer.from(
      readOrMakeKey(options.keys, 'second-factor-key', () => randomBytes(32).toString('base64url')),
      'base64url',
    ),
  };
}
