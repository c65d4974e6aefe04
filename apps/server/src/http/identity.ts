import { rmSync } from 'node:fs';
import type { identityRoutes } from '@vonggac/contract/identity';
import type { peopleImportRoutes } from '@vonggac/contract/people-import';
import { grants } from '@vonggac/rooms/access';
import {
  ADMINISTRATOR,
  actAs,
  changePassword,
  chooseLanguage,
  createPerson,
  disablePerson,
  endSession,
  firstRunState,
  grantRole,
  importPeople,
  peopleForm,
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
  unauthenticated,
  withCookies,
} from '@vonggac/rooms/identity';
import { dayOf } from '@vonggac/kernel';
import { XLSX_TYPE } from '@vonggac/outside';
import { firstPasswordFile } from '../first-password.ts';
import type { House } from '../house.ts';
import { loadSample } from '../sample/load.ts';
import type { Handlers, Web } from './handlers.ts';

function signedIn({ signedIn: found }: Web): SignedIn {
  if (!found) throw unauthenticated();
  return found;
}

async function viewOf(house: House, who: SignedIn) {
  const memberships = await namedMemberships(who);
  return {
    person: { id: who.person.id, name: who.person.name, username: who.person.username },
    memberships,
    acting: memberships.find((one) => one.organisation.id === who.acting.organisation.id && one.role === who.acting.role) ?? who.acting,
    permissions: [...grants(who.acting.role)],
    mustChangePassword: who.person.mustChangePassword,
    language: who.person.language,
    ...(await firstRunState(who.ctx)),
    today: dayOf(house.clock.now()).toString(),
  };
}

export function identityHandlers(house: House): Handlers<keyof typeof identityRoutes> {
  const { auth, stores } = house;
  return {
    'POST /sign-in': async (_ctx, { body }, web) => {
      const { cookies, mustChangePassword } = await signIn(auth, stores, house.clock, web.request, body);
      web.setCookies(cookies);
      return { mustChangePassword };
    },
    'POST /sign-out': async (_ctx, _input, web) => {
      web.setCookies(await signOut(auth, web.request));
      return null;
    },
    'GET /session': async (_ctx, _input, web) => viewOf(house, signedIn(web)),
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
      if (signedIn(web).person.username === ADMINISTRATOR) rmSync(firstPasswordFile(house.config), { force: true });
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

export function peopleImportHandlers(house: House): Handlers<keyof typeof peopleImportRoutes> {
  return {
    'POST /people/import/try': async (ctx, { body }) => tryPeopleImport(ctx, await body.bytes(), body.name),
    'POST /people/import': async (ctx, { body }) => importPeople(house.auth, ctx, await body.bytes(), body.name),
    'GET /people/import/form': async (ctx) => ({ name: 'Danh sách tài khoản.xlsx', type: XLSX_TYPE, content: await peopleForm(ctx) }),
  };
}
