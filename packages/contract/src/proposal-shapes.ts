import { z } from 'zod';
import { id, instant } from './route.ts';

/** What an officer put before the leader of the own organisation. */
export const PROPOSAL_STATES = ['proposed', 'approved', 'returned', 'withdrawn'] as const;

const can = z.object({ approve: z.boolean(), withdraw: z.boolean() });
export const proposalShape = {
  id,
  directive: id,
  state: z.enum(PROPOSAL_STATES),
  /** For the leader alone. */
  note: z.string().nullable(),
  proposedAt: instant,
  proposedByName: z.string(),
  decidedAt: instant.nullable(),
  decidedByName: z.string().nullable(),
  reason: z.string().nullable(),
  can,
};

/** A proposal beside the items of its directive. */
export const proposalHead = z.object({ ...proposalShape, tasks: z.array(id) });
