import { bigint, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { id, instant } from '@vonggac/store';

/** Who did what, for whom, when, from where, why. Only ever inserted. */
export const audit = pgTable(
  'audit',
  {
    id: id(),
    at: instant().notNull(),
    actorKind: text().notNull(),
    actor: text().notNull(),
    actorName: text().notNull(),
    role: text(),
    organisation: uuid().notNull(),
    /** The organisation that the act concerns, when it is another one. */
    concerns: uuid(),
    action: text().notNull(),
    subjectKind: text().notNull(),
    subjectId: text().notNull(),
    before: jsonb(),
    after: jsonb(),
    reason: text(),
    address: text().notNull(),
    requestId: text().notNull(),
  },
  (t) => [index('audit_organisation').on(t.organisation, t.id), index('audit_subject').on(t.subjectKind, t.subjectId)],
);

/** Ids of rows that wait for the sealer; filled by a trigger. */
export const auditUnsealed = pgTable('audit_unsealed', { id: id() });

/** The chain: one link a row, `hash = SHA-256(previous ‖ row)`. Only ever inserted. */
export const auditSeals = pgTable('audit_seals', {
  seq: bigint({ mode: 'number' }).primaryKey(),
  row: uuid().notNull().unique(),
  hash: text().notNull(),
});
