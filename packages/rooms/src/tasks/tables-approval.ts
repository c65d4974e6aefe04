import { PROPOSAL_STATES } from '@vonggac/contract/proposal-shapes';
import { boolean, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { day, id, instant } from '@vonggac/store';
import { directives } from '../directives/index.ts';

/** Whether an organisation lets results go out only after its leader approved them. Each its own; none stands for no. */
export const approvals = pgTable('approvals', {
  organisation: uuid().primaryKey(),
  required: boolean().notNull(),
  changedAt: instant().notNull(),
  changedByName: text().notNull(),
});

/** An item of a proposal, with the answer as it was put before the leader. */
export type ProposedItem = { task: string; answer: string };

/** What an officer puts before the leader of the same organisation. Nobody else sees it, not even who follows the directive. */
export const proposals = pgTable(
  'submission_proposals',
  {
    id: id(),
    organisation: uuid().notNull(),
    directive: uuid()
      .notNull()
      .references(() => directives.id),
    items: jsonb().$type<ProposedItem[]>().notNull(),
    /** The signed report as it will stand on record: its id, under which its file was uploaded, and its head. */
    report: uuid(),
    reportCode: text(),
    reportDay: day(),
    reportSigner: text(),
    reportNote: text(),
    reportDifficulties: text(),
    reportProposals: text(),
    /** For the leader alone. */
    note: text(),
    state: text({ enum: PROPOSAL_STATES }).notNull().default('proposed'),
    proposedAt: instant().notNull(),
    proposedBy: text().notNull(),
    proposedByName: text().notNull(),
    decidedAt: instant(),
    decidedBy: text(),
    decidedByName: text(),
    reason: text(),
  },
  (t) => [index('submission_proposals_organisation').on(t.organisation, t.state, t.directive)],
);
