import type { exerciseRoutes } from '@vonggac/contract/exercises';
import { changeExercise, createExercise, listExercises } from '@vonggac/rooms/exercises';
import type { Handlers } from './handlers.ts';

export const exerciseHandlers: Handlers<keyof typeof exerciseRoutes> = {
  'GET /exercises': (ctx, { query }) => listExercises(ctx, query),
  'POST /exercises': (ctx, { body }) => createExercise(ctx, body),
  'PATCH /exercises/{id}': async (ctx, { params, body }) => {
    await changeExercise(ctx, params.id, body);
    return null;
  },
};
