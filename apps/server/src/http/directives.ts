import type { FileAnswer } from '@vonggac/contract';
import type { directiveRoutes } from '@vonggac/contract/directives';
import {
  addPassage,
  amendDirective,
  attachedFile,
  completeIssued,
  correctDraft,
  decideWithdrawal,
  deriveDirective,
  type DirectiveFile,
  discardDraft,
  draftDocx,
  getDirective,
  handOver,
  issueDirective,
  issueUrgently,
  listDirectives,
  mapPhrase,
  previewIssue,
  previewLists,
  proposeWithdrawal,
  readDraft,
  setExercise,
  signedFile,
  sourceFile,
} from '@vonggac/rooms/directives';
import { type Ctx, measures } from '@vonggac/store';
import { Readable } from 'node:stream';
import type { Handlers } from './handlers.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

function stream(ctx: Ctx, file: DirectiveFile, type: string): FileAnswer {
  return { name: file.name, type, content: Readable.toWeb(ctx.stores.files.read(file.sha256)) as ReadableStream<Uint8Array> };
}

export const directiveHandlers: Handlers<keyof typeof directiveRoutes> = {
  'GET /directives': (ctx, { query }) => listDirectives(ctx, query),
  'GET /measures': async () => ({ items: measures().map(({ id, name, unit }) => ({ id, name, unit })) }),
  'POST /directives/read-file': async (ctx, { query, body }, { gone }) =>
    readDraft(ctx, { name: query.name, bytes: await body.bytes(), signal: gone }),
  'POST /directives/read-text': (ctx, { body }, { gone }) => readDraft(ctx, { text: body.text, signal: gone }),
  'GET /directives/{id}': (ctx, { params }) => getDirective(ctx, params.id),
  'PATCH /directives/{id}': (ctx, { params, body }) => correctDraft(ctx, params.id, body),
  'DELETE /directives/{id}': async (ctx, { params }) => {
    await discardDraft(ctx, params.id);
    return null;
  },
  'POST /directives/{id}/exercise': (ctx, { params, body }) => setExercise(ctx, params.id, body),
  'POST /directives/{id}/phrases': (ctx, { params, body }) => mapPhrase(ctx, params.id, body),
  'POST /directives/{id}/requirements': (ctx, { params, body }) => addPassage(ctx, params.id, body),
  'GET /directives/{id}/lists': (ctx, { params }) => previewLists(ctx, params.id),
  'GET /directives/{id}/preview': (ctx, { params }) => previewIssue(ctx, params.id),
  'POST /directives/{id}/issue': async (ctx, { params, query: { name, ...query }, body }) =>
    issueDirective(ctx, params.id, { ...query, file: { name, bytes: await body.bytes() } }),
  'POST /directives/{id}/issue-urgent': (ctx, { params, body }) => issueUrgently(ctx, params.id, body),
  'POST /directives/{id}/complete': async (ctx, { params, query: { name, ...query }, body }) => {
    await completeIssued(ctx, params.id, { ...query, file: { name, bytes: await body.bytes() } });
    return null;
  },
  'POST /directives/{id}/amendments': (ctx, { params, body }) => amendDirective(ctx, params.id, body),
  'POST /directives/{id}/withdrawal': async (ctx, { params, body }) => ({ id: await proposeWithdrawal(ctx, params.id, body.reason) }),
  'POST /directives/{id}/withdrawal/decision': async (ctx, { params, body }) => {
    await decideWithdrawal(ctx, params.id, body);
    return null;
  },
  'POST /directives/{id}/handover': (ctx, { params, body }) => handOver(ctx, params.id, body),
  'POST /directives/{id}/derive': async (ctx, { params }) => ({ id: await deriveDirective(ctx, params.id) }),
  'GET /directives/{id}/draft.docx': async (ctx, { params }) => ({ ...(await draftDocx(ctx, params.id)), type: DOCX }),
  'GET /directives/{id}/source': async (ctx, { params }) => stream(ctx, await sourceFile(ctx, params.id), 'application/octet-stream'),
  'GET /directives/{id}/attachments/{position}': async (ctx, { params }) => ({
    ...(await attachedFile(ctx, params.id, params.position)),
    type: 'application/octet-stream',
  }),
  'GET /directives/{id}/signed': async (ctx, { params }) => stream(ctx, await signedFile(ctx, params.id), 'application/pdf'),
};
