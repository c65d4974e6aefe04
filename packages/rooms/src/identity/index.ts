export { listApiTokens, makeApiToken, type NewToken, revokeApiToken, TOKEN_DAYS } from './api-tokens.ts';
export { ADDRESS_HEADER, type Auth, type AuthOptions, COOKIE_PREFIX, openAuth } from './auth.ts';
export { freshMinutes, mayPutOff, mustBeFresh, mustNotWaitFor, needsFactor, type WaitsFor } from './demands.ts';
export { endSession } from './end-session.ts';
export { enterCode } from './enter-code.ts';
export { ADMINISTRATOR, firstRunState, makeAdministrator, startEmpty } from './first-run.ts';
export { type ImportRow, peopleForm, tryPeopleImport } from './import-people.ts';
export { importPeople, peopleDoer, type Slip, slipsLeft, takeSlips } from './import-people-run.ts';
export { changePassword } from './password.ts';
export { createPerson, disablePerson, listPeople, type NewPerson, type PeopleQuery, resetPassword } from './people.ts';
export { signInByLdap } from './providers/ldap.ts';
export { clearLink, type LinkView, listLinks, setLink } from './providers/links.ts';
export { beginOidc, finishOidc } from './providers/oidc.ts';
export { endOwnLink, linkOwnDirectory, linkOwnOidc, listOwnLinks } from './providers/own-links.ts';
export { NO_PROVIDERS, type ProviderKind, type Providers, readProviders } from './providers/settings.ts';
export { movePeople, movePeopleOn } from './reorganise.ts';
export { recoverAdministrator } from './recover.ts';
export { decideReset, listResets, proposeReset, resetNotices } from './reset-factor.ts';
export { actAs, chooseLanguage, grantRole, revokeRole } from './roles.ts';
export { beginSecondFactor, confirmSecondFactor, dropSecondFactor, getSecondFactor, renewRecoveryCodes } from './second-factor.ts';
export {
  houseCtx,
  type Known,
  listSessions,
  type Membership,
  namedMemberships,
  type Request,
  type SignedIn,
  signedInBy,
  unauthenticated,
  withCookies,
} from './session.ts';
export { stillActing } from './still-acting.ts';
export { signIn, signOut } from './sign-in.ts';
export { bearerOf, type ByToken, mustBeForTokens, signedInByToken } from './token-sign-in.ts';
export { people } from './tables.ts';
