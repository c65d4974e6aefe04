export { ADDRESS_HEADER, type Auth, type AuthOptions, COOKIE_PREFIX, openAuth } from './auth.ts';
export { endSession } from './end-session.ts';
export { ADMINISTRATOR, firstRunState, makeAdministrator, startEmpty } from './first-run.ts';
export { importPeople, type ImportRow, peopleForm, type Slip, tryPeopleImport } from './import-people.ts';
export { changePassword } from './password.ts';
export { createPerson, disablePerson, listPeople, type NewPerson, type PeopleQuery, resetPassword } from './people.ts';
export { movePeople } from './reorganise.ts';
export { actAs, chooseLanguage, grantRole, revokeRole } from './roles.ts';
export {
  houseCtx,
  listSessions,
  type Membership,
  namedMemberships,
  type Request,
  type SignedIn,
  signedInBy,
  unauthenticated,
  withCookies,
} from './session.ts';
export { signIn, signOut } from './sign-in.ts';
export { people } from './tables.ts';
