import { rm } from 'node:fs/promises';
import type { identityRoutes } from '@vonggac/contract/identity';
import type { peopleImportRoutes } from '@vonggac/contract/people-import';
import { grants } from '@vonggac/rooms/access';
import {
  ADMINISTRATOR,
  actAs,
  type ByToken,
  decideReset,
  listApiTokens,
  listResets,
  makeApiToken,
  proposeReset,
  resetNotices,
  revokeApiToken,
  beginSecondFactor,
  confirmSecondFactor,
  dropSecondFactor,
  enterCode,
  getSecondFactor,
  needsFactor,
  renewRecoveryCodes,
  changePassword,
  chooseLanguage,
  createPerson,
  disablePerson,
  endSession,
  firstRunState,
  grantRole,
  importPeople,
  peopleDoer,
  peopleForm,
  slipsLeft,
  stillActing,
  takeSlips,
  tryPeopleImport,
  listPeople,
  listSessions,
  namedMemberships,
  resetPassword,
  revokeRole,
  type SignedIn,
  signedInBy,
  signIn,
  signOut,
  startEmpty,
  withCookies,
} from '@vonggac/rooms/identity';
import { assetsDoer } from '@vonggac/rooms/assets';
import {
  cancelImport,
  continueImport,
  getImportRun,
  LIST_DOERS,
  listImportRuns,
  refusedRows,
  undoImport,
} from '@vonggac/rooms/organisations';
import { dayOf } from '@vonggac/kernel';
import { XLSX_TYPE } from '@vonggac/outside';
import { firstPasswordFile, recoveredPasswordFile } from '../first-password.ts';
import type { House } from '../house.ts';
import { loadSample } from '../sample/load.ts';
import { atScreen as signedIn, type Handlers } from './handlers.ts';
import { signInProviderHandlers } from './sign-in-providers.ts';

async function viewOf(house: House, who: SignedIn | ByToken) {
  const waitsFor = 'apiToken' in who ? null : who.waitsFor;
  const memberships = await namedMemberships(who);
  return {
    person: { id: who.person.id, name: who.person.name, username: who.person.username },
    memberships,
    acting: memberships.find((one) => one.organisation.id === who.acting.organisation.id && one.role === who.acting.role) ?? who.acting,
    permissions: permissionsOf(who),
    mustChangePassword: who.person.mustChangePassword,
    waitsFor,
    factor: { on: who.factorSince !== null, putOff: who.factorSince === null && waitsFor === null && needsFactor(who.memberships) },
    language: who.person.language,
    ...(await firstRunState(who.ctx)),
    today: dayOf(house.clock.now()).toString(),
  };
}

function permissionsOf({ ctx, acting }: SignedIn | ByToken): string[] {
  const granted = [...grants(acting.role)];
  const { actor } = ctx;
  return actor.kind === 'person' && actor.token ? granted.filter((one) => actor.token!.permissions.includes(one)) : granted;
}

export function identityHandlers(house: House): Handlers<keyof typeof identityRoutes> {
  const { auth, stores } = house;
  return {
    ...signInProviderHandlers(house),
    'POST /sign-in': async (ctx, { body }, web) => {
      const { cookies, ...answer } = await signIn(auth, ctx, web.request, body);
      web.setCookies(cookies);
      return answer;
    },
    'POST /session/code': async (_ctx, { body }, web) => {
      const { cookies, codesLeft } = await enterCode(auth, signedIn(web), web.request, body.code);
      web.setCookies(cookies);
      return { codesLeft };
    },
    'GET /second-factor': async (_ctx, _input, web) => getSecondFactor(auth, signedIn(web)),
    'POST /second-factor': async (_ctx, _input, web) => beginSecondFactor(auth, signedIn(web)),
    'POST /second-factor/confirm': async (_ctx, { body }, web) => confirmSecondFactor(auth, signedIn(web), body.code),
    'POST /second-factor/recovery-codes': async (_ctx, _input, web) => renewRecoveryCodes(auth, signedIn(web)),
    'GET /second-factor-resets': async (ctx) => listResets(ctx),
    'POST /second-factor-resets': async (ctx, { body }) => proposeReset(auth, ctx, body),
    'POST /second-factor-resets/{id}/decision': async (ctx, { params, body }) => (await decideReset(auth, ctx, params.id, body), null),
    'GET /second-factor-notices': async (ctx) => resetNotices(ctx),
    'GET /api-tokens': async (_ctx, _input, web) => listApiTokens(auth, signedIn(web)),
    'POST /api-tokens': async (_ctx, { body }, web) => makeApiToken(auth, signedIn(web), body),
    'DELETE /api-tokens/{id}': async (_ctx, { params }, web) => (await revokeApiToken(auth, signedIn(web), params.id), null),
    'DELETE /second-factor': async (_ctx, _input, web) => (await dropSecondFactor(auth, signedIn(web)), null),
    'POST /sign-out': async (_ctx, _input, web) => {
      web.setCookies(await signOut(auth, web.request));
      return null;
    },
    'GET /session': async (_ctx, _input, web) => viewOf(house, web.signedIn ?? signedIn(web)),
    'POST /session/acting': async (_ctx, { body }, web) => {
      const cookies = await actAs(auth, signedIn(web), web.request, body);
      web.setCookies(cookies);
      return viewOf(
        house,
        await signedInBy(auth, stores, house.clock, { ...web.request, headers: withCookies(web.request.headers, cookies) }),
      );
    },
    'POST /session/language': async (ctx, { body }) => (await chooseLanguage(ctx, body.language), null),
    'POST /password': async (_ctx, { body }, web) => {
      await changePassword(auth, signedIn(web), body);
      const { username } = signedIn(web).person;
      if (username === ADMINISTRATOR) await rm(firstPasswordFile(house.config), { force: true });
      await rm(recoveredPasswordFile(house.config, username), { force: true });
      return null;
    },
    'GET /sessions': async (_ctx, _input, web) => ({ items: await listSessions(auth, signedIn(web)) }),
    'DELETE /sessions/{id}': async (_ctx, { params }, web) => (await endSession(auth, signedIn(web), params.id), null),
    'POST /first-run': async (ctx, { body }) => {
      if (body.choice === 'empty') await startEmpty(ctx, body.province);
      else await loadSample(house, ctx);
      return null;
    },
    'GET /people': async (ctx, { query }) => listPeople(ctx, query),
    'POST /people': async (ctx, { body }) => createPerson(auth, ctx, body),
    'POST /people/{id}/reset': async (ctx, { params, body }) => resetPassword(auth, ctx, params.id, body.reason),
    'POST /people/{id}/disable': async (ctx, { params, body }) => (await disablePerson(auth, ctx, params.id, body), null),
    'POST /people/{id}/memberships': async (ctx, { params, body }) => grantRole(ctx, params.id, body),
    'DELETE /memberships/{id}': async (ctx, { params }) => (await revokeRole(ctx, params.id), null),
  };
}

/** Lists of accounts, and the runs of every import: accounts need the sign-in. */
export function peopleImportHandlers(house: House): Handlers<keyof typeof peopleImportRoutes> {
  const { auth } = house;
  const hands = { doers: { ...LIST_DOERS, people: peopleDoer(auth), assets: assetsDoer }, refresh: stillActing };
  return {
    'GET /import-runs': async (ctx, { query }) => listImportRuns(ctx, query),
    'GET /import-runs/{id}': async (ctx, { params }) => getImportRun(ctx, params.id),
    'POST /import-runs/{id}/continue': async (ctx, { params }) => continueImport(ctx, params.id, hands),
    'POST /import-runs/{id}/cancel': async (ctx, { params }) => cancelImport(ctx, params.id),
    'POST /import-runs/{id}/undo': async (ctx, { params }) => undoImport(ctx, params.id, hands),
    'GET /import-runs/{id}/refused': async (ctx, { params }) => refusedRows(ctx, params.id),
    'POST /people/import/try': async (ctx, { body }) => tryPeopleImport(ctx, await body.bytes(), body.name),
    'POST /people/import': async (ctx, { body }) => importPeople(ctx, { bytes: await body.bytes(), name: body.name }, hands),
    'GET /people/import/{id}/slips': async (ctx, { params }) => slipsLeft(ctx, params.id),
    'POST /people/import/{id}/slips': async (ctx, { params }) => takeSlips(auth, ctx, params.id),
    'GET /people/import/form': async (ctx) => ({ name: 'Danh sách tài khoản.xlsx', type: XLSX_TYPE, content: await peopleForm(ctx) }),
  };
}
