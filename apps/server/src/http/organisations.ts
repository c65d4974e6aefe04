import type { organisationRoutes } from '@vonggac/contract/organisations';
import {
  addAlias,
  addContact,
  changeContact,
  changeGroup,
  changeMembers,
  confirmContact,
  confirmContacts,
  correctOrganisation,
  createGroup,
  createOrganisation,
  endContact,
  endSupervision,
  exportContacts,
  exportOrganisations,
  forgetPhrase,
  getGroup,
  getOrganisation,
  handOn,
  importTemplate,
  listContacts,
  listGroups,
  listLeftovers,
  listOrganisations,
  listPhrases,
  mapPhrase,
  moveOrganisation,
  planImport,
  planReorganisation,
  removeAlias,
  renameOrganisation,
  reorganise,
  runImport,
  superviseOrganisation,
  treeOf,
  tryPhrase,
  unmaskContact,
  uploadImport,
} from '@vonggac/rooms/organisations';
import { stillActing } from '@vonggac/rooms/identity';
import type { Handlers } from './handlers.ts';

async function nothing(work: Promise<unknown>): Promise<null> {
  await work;
  return null;
}

/** Translates the routes of organisations, contacts, groups, reorganisation and imports to their verbs. */
export const organisationHandlers: Handlers<keyof typeof organisationRoutes> = {
  'GET /organisations': (ctx, { query }) => listOrganisations(ctx, query),
  'GET /organisations/tree': (ctx, { query }) => treeOf(ctx, query.on),
  'GET /organisations/export': (ctx, { query }) => exportOrganisations(ctx, query),
  'GET /organisations/{id}': (ctx, { params, query }) => getOrganisation(ctx, params.id, query.on),
  'POST /organisations': (ctx, { body }) => createOrganisation(ctx, body),
  'POST /organisations/{id}/correct': (ctx, { params, body }) => nothing(correctOrganisation(ctx, params.id, body)),
  'POST /organisations/{id}/rename': (ctx, { params, body }) => nothing(renameOrganisation(ctx, params.id, body)),
  'POST /organisations/{id}/aliases': (ctx, { params, body }) => addAlias(ctx, params.id, body),
  'DELETE /organisations/{id}/aliases/{alias}': (ctx, { params }) => nothing(removeAlias(ctx, params.id, params.alias)),
  'POST /organisations/{id}/move': (ctx, { params, body }) => nothing(moveOrganisation(ctx, params.id, body)),
  'POST /organisations/{id}/supervisions': (ctx, { params, body }) => superviseOrganisation(ctx, params.id, body),
  'POST /supervisions/{id}/end': (ctx, { params, body }) => nothing(endSupervision(ctx, params.id, body)),

  'GET /groups': (ctx, { query }) => listGroups(ctx, query),
  'GET /groups/{id}': (ctx, { params, query }) => getGroup(ctx, params.id, query.on),
  'POST /groups': (ctx, { body }) => createGroup(ctx, body),
  'POST /groups/{id}': (ctx, { params, body }) => nothing(changeGroup(ctx, params.id, body)),
  'POST /groups/{id}/members': (ctx, { params, body }) => changeMembers(ctx, params.id, body),
  'GET /phrases': (ctx, { query }) => listPhrases(ctx, query),
  'POST /phrases': (ctx, { body }) => mapPhrase(ctx, body),
  'DELETE /phrases/{id}': (ctx, { params }) => nothing(forgetPhrase(ctx, params.id)),
  'POST /phrases/resolve': (ctx, { body }) => tryPhrase(ctx, body),

  'GET /contacts': (ctx, { query }) => listContacts(ctx, query),
  'GET /contacts/export': (ctx, { query }) => exportContacts(ctx, query),
  'POST /organisations/{id}/contacts': (ctx, { params, body }) => addContact(ctx, params.id, body),
  'POST /organisations/{id}/contacts/confirm': (ctx, { params }) => confirmContacts(ctx, params.id),
  'PUT /contacts/{id}': (ctx, { params, body }) => changeContact(ctx, params.id, body),
  'POST /contacts/{id}/confirm': (ctx, { params }) => nothing(confirmContact(ctx, params.id)),
  'POST /contacts/{id}/end': (ctx, { params, body }) => nothing(endContact(ctx, params.id, body)),
  'POST /contacts/{id}/unmask': (ctx, { params, body }) => unmaskContact(ctx, params.id, body.reason),

  'POST /reorganisations/plan': (ctx, { body }) => planReorganisation(ctx, body),
  'POST /reorganisations': (ctx, { body }) => reorganise(ctx, body),
  'GET /leftovers': (ctx, { query }) => listLeftovers(ctx, query),
  'POST /leftovers/hand-on': (ctx, { body }) => handOn(ctx, body),

  'POST /organisation-imports': async (ctx, { query, body }) =>
    uploadImport(ctx, { kind: query.kind, name: query.name || body.name, bytes: await body.bytes() }),
  'POST /organisation-imports/{id}/plan': (ctx, { params, body }) => planImport(ctx, params.id, body),
  'POST /organisation-imports/{id}/run': (ctx, { params, body }) => runImport(ctx, params.id, body, { refresh: stillActing }),
  'GET /organisation-imports/template': (ctx, { query }) => importTemplate(ctx, query.kind),
};
