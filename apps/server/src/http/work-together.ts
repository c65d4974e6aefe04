import type { togetherRoutes } from '@vonggac/contract/work-together';
import {
  addPartEvidence,
  answerPart,
  answerTargets,
  getLead,
  getPart,
  giveParts,
  listUnits,
  moveAnswer,
  myParts,
  sayNothing,
  setFollowUp,
  setLead,
  takeBackPart,
  takeOverPart,
} from '@vonggac/rooms/tasks';
import type { Handlers } from './handlers.ts';

export const togetherHandlers: Handlers<keyof typeof togetherRoutes> = {
  'POST /work/follow-up': async (ctx, { body }) => {
    await setFollowUp(ctx, body);
    return null;
  },
  'POST /work/{directive}/{organisation}/nothing': (ctx, { params, body }) => sayNothing(ctx, { ...params, ...body }),
  'GET /work/units': async (ctx) => {
    const items = await listUnits(ctx);
    return { items, total: items.length };
  },
  'POST /work/{directive}/{organisation}/parts': (ctx, { params, body }) => giveParts(ctx, { ...params, ...body }),
  'GET /my-parts': (ctx, { query }) => myParts(ctx, query),
  'GET /parts/{id}': (ctx, { params }) => getPart(ctx, params.id),
  'POST /parts/{id}/answer': (ctx, { params, body }) => answerPart(ctx, { part: params.id, ...body }),
  'POST /parts/{id}/evidence': async (ctx, { params, query, body }) =>
    addPartEvidence(ctx, { part: params.id, name: query.name, content: await body.bytes() }),
  'POST /parts/{id}/take-over': (ctx, { params }) => takeOverPart(ctx, { part: params.id }),
  'POST /parts/{id}/take-back': async (ctx, { params, body }) => {
    await takeBackPart(ctx, { part: params.id, ...body });
    return null;
  },
  'GET /work/lead/{directive}/{requirement}': (ctx, { params }) => getLead(ctx, params),
  'GET /work/answer-targets/{task}': (ctx, { params }) => answerTargets(ctx, params.task),
  'POST /work/move-answer': (ctx, { body }) => moveAnswer(ctx, body),
  'POST /work/lead': async (ctx, { body }) => {
    await setLead(ctx, body);
    return null;
  },
};
