import type { proposalRoutes } from '@vonggac/contract/proposals';
import { approveProposals, getApproval, listProposals, returnProposal, setApproval, withdrawProposal } from '@vonggac/rooms/tasks';
import type { Handlers } from './handlers.ts';

export const proposalHandlers: Handlers<keyof typeof proposalRoutes> = {
  'GET /proposals': (ctx, { query }) => listProposals(ctx, query),
  'POST /proposals/approve': (ctx, { body }) => approveProposals(ctx, body.proposals),
  'POST /proposals/{id}/return': async (ctx, { params, body }) => {
    await returnProposal(ctx, { proposal: params.id, reason: body.reason });
    return null;
  },
  'POST /proposals/{id}/withdraw': async (ctx, { params }) => {
    await withdrawProposal(ctx, params.id);
    return null;
  },
  'GET /organisations/{id}/approval': (ctx, { params }) => getApproval(ctx, params.id),
  'PUT /organisations/{id}/approval': async (ctx, { params, body }) => {
    await setApproval(ctx, { organisation: params.id, required: body.required });
    return null;
  },
};
