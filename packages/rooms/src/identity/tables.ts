import { bigint, boolean, index, integer, pgSchema, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { id, instant, writtenAt } from '@vonggac/store';

/** A person with an account. Passwords and sessions are in the schema `identity`, which verbs cannot read. */
export const people = pgTable(
  'people',
  {
    id: id(),
    organisation: uuid().notNull(),
    name: text().notNull(),
    folded: text().notNull(),
    username: text().notNull().unique(),
    position: text(),
    email: text(),
    phone: text(),
    language: text({ enum: ['vi', 'en'] })
      .notNull()
      .default('vi'),
    mustChangePassword: boolean().notNull().default(true),
    /** The first password is good until then. */
    firstPasswordUntil: instant(),
    disabledAt: instant(),
    writtenAt: writtenAt(),
  },
  (t) => [index('people_organisation').on(t.organisation), index('people_folded').on(t.folded)],
);

export const identity = pgSchema('identity');
/** JavaScript dates, as better-auth's adapter expects. */
const moment = () => timestamp({ withTimezone: true, mode: 'date' });

export const user = identity.table('user', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  image: text(),
  username: text().unique(),
  displayUsername: text(),
  /** Since when a code is asked at sign-in; null where no second factor is set up. */
  factorSince: moment(),
  createdAt: moment().notNull().defaultNow(),
  updatedAt: moment().notNull().defaultNow(),
});

export const session = identity.table(
  'session',
  {
    id: uuid().primaryKey(),
    token: text().notNull().unique(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    expiresAt: moment().notNull(),
    ipAddress: text(),
    userAgent: text(),
    /** The organisation and role in whose name the session acts. */
    actingOrganisation: text(),
    actingRole: text(),
    /** When a code was last entered in it; null: the password alone. */
    codeAt: moment(),
    /** The sign-in provider that opened it; null: our own password. */
    provider: text({ enum: ['oidc', 'ldap'] }),
    /** When the provider asked for a second factor, where the configuration says that this is enough. */
    providerFactorAt: moment(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [index('session_user').on(t.userId)],
);

export const account = identity.table(
  'account',
  {
    id: uuid().primaryKey(),
    accountId: text().notNull(),
    providerId: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: moment(),
    refreshTokenExpiresAt: moment(),
    scope: text(),
    password: text(),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  (t) => [index('account_user').on(t.userId)],
);

export const verification = identity.table('verification', {
  id: uuid().primaryKey(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: moment().notNull(),
  createdAt: moment().notNull().defaultNow(),
  updatedAt: moment().notNull().defaultNow(),
});

/** Failed sign-ins by account and by address: the delay grows, nobody is locked out for good. */
export const failures = identity.table('failures', {
  key: text().primaryKey(),
  count: integer().notNull(),
  lastAt: moment().notNull(),
});

/** The secret of a person's authenticator, encrypted with a key that lies outside the data. */
export const secondFactor = identity.table('second_factor', {
  userId: uuid()
    .primaryKey()
    .references(() => user.id, { onDelete: 'cascade' }),
  secret: text(),
  /** Shown, but not yet confirmed by a code. */
  pendingSecret: text(),
  /** The time step of the last code that was taken: none is taken twice (RFC 6238 §5.2). */
  lastStep: bigint({ mode: 'number' }).notNull().default(0),
  createdAt: moment().notNull().defaultNow(),
});

export const recoveryCode = identity.table(
  'recovery_code',
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    hash: text().notNull(),
    usedAt: moment(),
  },
  (t) => [uniqueIndex('recovery_code_hash').on(t.userId, t.hash)],
);

/** A key for programs: one organisation, one role, a part of its permissions. Only its hash is kept. */
export const apiToken = identity.table(
  'api_token',
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    organisation: uuid().notNull(),
    role: text().notNull(),
    name: text().notNull(),
    /** Its first letters, by which it is found and recognised. */
    prefix: text().notNull().unique(),
    /** SHA-256 of the whole, hexadecimal. */
    hash: text().notNull(),
    act: boolean().notNull(),
    /** May do what asks a person for a fresh code. */
    fresh: boolean().notNull(),
    permissions: text().array().notNull(),
    createdAt: moment().notNull(),
    expiresAt: moment().notNull(),
    /** To the quarter of an hour. */
    lastUsedAt: moment(),
    lastAddress: text(),
    revokedAt: moment(),
  },
  (t) => [index('api_token_user').on(t.userId), index('api_token_organisation').on(t.organisation)],
);

/** A person's account at a sign-in provider, by what the provider gives to nobody else (OpenID Connect Core 1.0 §2, `sub`). */
export const signInLink = identity.table(
  'sign_in_link',
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['oidc', 'ldap'] }).notNull(),
    /** The exact issuer, or `ldap:` with the base of the search. */
    issuer: text().notNull(),
    subject: text().notNull(),
    linkedAt: moment().notNull(),
    linkedByName: text().notNull(),
    /** When the person showed to hold both accounts; null: an administrator's word alone. */
    confirmedAt: moment(),
    lastUsedAt: moment(),
  },
  (t) => [uniqueIndex('sign_in_link_subject').on(t.issuer, t.subject), uniqueIndex('sign_in_link_user').on(t.userId, t.issuer)],
);

/** A second factor is taken away by two administrators: one proposes, another decides. */
export const secondFactorResets = pgTable(
  'second_factor_resets',
  {
    id: id(),
    person: uuid().notNull(),
    /** Of the person. */
    organisation: uuid().notNull(),
    reason: text().notNull(),
    proposedBy: uuid().notNull(),
    proposedByName: text().notNull(),
    proposedAt: instant().notNull(),
    state: text({ enum: ['proposed', 'done', 'refused'] }).notNull(),
    decidedBy: uuid(),
    decidedByName: text(),
    decidedAt: instant(),
    note: text(),
    /** When the person was told. */
    seenAt: instant(),
    writtenAt: writtenAt(),
  },
  (t) => [
    index('second_factor_resets_organisation').on(t.organisation),
    uniqueIndex('second_factor_resets_open')
      .on(t.person)
      .where(sql`state = 'proposed'`),
  ],
);
