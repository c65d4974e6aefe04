import { day, id, instant, writtenAt } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { boolean, cidr, index, inet, integer, jsonb, macaddr, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { ASSET_ACTS, ASSET_KINDS, ASSET_STATES, USAGES } from './model.ts';

/**
 * One line of the register: what an organisation holds from a day to a day (exclusive; null is open). A later holder is a
 * row of its own that goes on from this one (`continues`).
 */
export const assets = pgTable(
  'assets',
  {
    id: id(),
    /** Who holds it. */
    organisation: uuid().notNull(),
    /** The holder's name when it was written, for whoever has it not in the directory. */
    organisationName: text().notNull(),
    /** The authority that approves. */
    overseer: uuid().notNull(),
    kind: text({ enum: ASSET_KINDS }).notNull(),
    name: text().notNull(),
    /** What search reads: name, address, network, domain, MAC, decision. */
    folded: text().notNull(),
    /** What may have one holder a day: `range:203.0.113.0/24`, `domain:xa.example.vn`. */
    key: text().notNull(),
    system: uuid(),
    level: integer(),
    levelDecision: text(),
    levelDay: day(),
    address: inet(),
    mac: macaddr(),
    network: cidr(),
    domain: text(),
    withSubdomains: boolean().notNull().default(false),
    usage: text({ enum: USAGES }).notNull().default('own'),
    state: text({ enum: ASSET_STATES }).notNull(),
    validFrom: day(),
    validTo: day(),
    note: text(),
    /** Of the last decision on it. */
    reason: text(),
    claimedBy: text().notNull(),
    claimedByName: text().notNull(),
    claimedAt: instant().notNull(),
    decidedBy: text(),
    decidedByName: text(),
    decidedAt: instant(),
    continues: uuid(),
    version: integer().notNull().default(1),
    writtenAt: writtenAt(),
  },
  (t) => [
    index('assets_organisation').on(t.organisation, t.kind, t.state),
    index('assets_overseer').on(t.overseer, t.kind, t.state),
    index('assets_name').on(t.kind, t.folded, t.id),
    index('assets_value').on(t.kind, t.network, t.folded, t.id),
    index('assets_holder').on(t.kind, t.organisationName, t.folded, t.id),
    index('assets_key').on(t.key),
    index('assets_system').on(t.system),
    index('assets_continues').on(t.continues),
    index('assets_network').using('gist', t.network.op('inet_ops')),
    // The last word in a race of two approvals; periods are compared by the verb, under a lock of the key.
    uniqueIndex('assets_one_open_holder')
      .on(t.key)
      .where(sql`${t.state} = 'approved' and ${t.validTo} is null`),
    uniqueIndex('assets_one_holder_from')
      .on(t.key, t.validFrom)
      .where(sql`${t.state} = 'approved' and (${t.validTo} is null or ${t.validTo} > ${t.validFrom})`),
  ],
);

/** An act on one asset or many, with what it changed, so that it can be taken back. */
export const assetActs = pgTable('asset_acts', {
  id: id(),
  /** Whose act it was. */
  organisation: uuid().notNull(),
  act: text({ enum: ASSET_ACTS }).notNull(),
  /** What it changed of each row, as it was before; `version`: what it made it. */
  rows: jsonb().$type<{ id: string; version: number; before: Record<string, unknown> }[]>().notNull(),
  /** Rows that it added. */
  made: jsonb().$type<string[]>().notNull(),
  madeBy: text().notNull(),
  madeByName: text().notNull(),
  madeAt: instant().notNull(),
  undoneAt: instant(),
});
