import { boolean, index, integer, pgSchema, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
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
