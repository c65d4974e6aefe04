import type { workRoutes } from '@vonggac/contract/work';
import {
  acceptTasks,
  addEvidence,
  answerTasks,
  ask,
  askExtension,
  askForMore,
  assignTask,
  decideExtension,
  downloadEvidence,
  getWork,
  listAssignable,
  myWork,
  openReceipt,
  receive,
  refuse,
  reopenTasks,
  submitReport,
  withdrawSubmission,
  workCounts,
} from '@vonggac/rooms/tasks';
import type { Handlers } from './handlers.ts';
import { proposalHandlers } from './proposals.ts';
import { periodHandlers } from './periods.ts';
import { togetherHandlers } from './work-together.ts';

export const workHandlers: Handlers<keyof typeof workRoutes> = {
  ...periodHandlers,
  ...togetherHandlers,
  ...proposalHandlers,
  'GET /my-work': (ctx, { query: { whose, ...query } }) => myWork(ctx, { ...query, mine: whose === 'mine' }),
  'GET /my-work/counts': (ctx) => workCounts(ctx),
  'GET /work/people': async (ctx) => {
    const items = await listAssignable(ctx);
    return { items, total: items.length };
  },
  'GET /work/{directive}/{organisation}': (ctx, { params }) => getWork(ctx, params),
  'POST /work/{directive}/{organisation}/open': async (ctx, { params }) => ({ first: await openReceipt(ctx, params) }),
  'POST /work/{directive}/{organisation}/receive': (ctx, { params, body }) => receive(ctx, { ...params, ...body }),
  'POST /work/{directive}/{organisation}/refuse': async (ctx, { params, body }) => {
    await refuse(ctx, { ...params, ...body });
    return null;
  },
  'POST /work/{directive}/{organisation}/answers': async (ctx, { params, body }) => ({
    items: await answerTasks(ctx, { ...params, ...body }),
  }),
  'POST /work/{directive}/{organisation}/assign': async (ctx, { params, body }) => {
    await assignTask(ctx, { ...params, ...body });
    return null;
  },
  'POST /work/{directive}/{organisation}/questions': async (ctx, { params, body }) => {
    await ask(ctx, { ...params, ...body });
    return null;
  },
  'POST /work/{directive}/{organisation}/evidence': async (ctx, { params, query, body }) =>
    addEvidence(ctx, { ...params, ...query, content: await body.bytes() }),
  'GET /evidence/{id}': (ctx, { params }) => downloadEvidence(ctx, params.id),
  'POST /work/{directive}/{organisation}/submit': (ctx, { params, body }) => submitReport(ctx, { ...params, ...body }),
  'POST /work/{directive}/{organisation}/withdraw-submission': (ctx, { params, body }) => withdrawSubmission(ctx, { ...params, ...body }),
  'POST /work/{directive}/{organisation}/extension': (ctx, { params, body }) => askExtension(ctx, { ...params, ...body }),
  'POST /work/extension': (ctx, { body }) => decideExtension(ctx, body),
  'POST /work/accept': (ctx, { body }) => acceptTasks(ctx, body),
  'POST /work/ask-more': (ctx, { body }) => askForMore(ctx, body),
  'POST /work/reopen': (ctx, { body }) => reopenTasks(ctx, body),
};
