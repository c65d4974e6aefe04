import { type Actor, type Clock, dayOf, DomainError, HOUSE, type Language, newId, type Role, type Scope } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Stores } from '@vonggac/store';
import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { memberships, reachOf } from '../access/index.ts';
import { organisations } from '../organisations/index.ts';
import type { Auth } from './auth.ts';
import { mayPutOff, needsFactor, type WaitsFor } from './demands.ts';
import type { ProviderKind } from './providers/settings.ts';
import { people, session } from './tables.ts';

export type Membership = { organisation: { id: string; name: string }; role: Role };

/** Whoever asks, and the context for verbs. Names of organisations are left out here: `namedMemberships` has them. */
export type Known = {
  ctx: Ctx;
  person: { id: string; name: string; username: string; language: Language; mustChangePassword: boolean };
  memberships: Membership[];
  acting: Membership;
  /** Since when the person has a second factor. */
  factorSince: Date | null;
};

/** A person at a screen. */
export type SignedIn = Known & {
  sessionId: string;
  token: string;
  /** When a code was last entered in this session. */
  codeAt: Date | null;
  /** The sign-in provider that opened it; null: our own password. */
  provider: ProviderKind | null;
  /** When that provider asked for a second factor, where this is enough. */
  providerFactorAt: Date | null;
  waitsFor: WaitsFor;
};

/** How long a password waits for its code. @unit milliseconds */
const HALF_WAY = 10 * 60_000;

export function unauthenticated(): DomainError {
  return new DomainError('unauthenticated', 'identity.signed_out', {
    vi: 'Phiên làm việc đã kết thúc. Đăng nhập lại để tiếp tục.',
    en: 'Your session has ended. Sign in again to go on.',
  });
}

/** The request's headers with cookies that were only just set, as the caller's next request will have them. */
export function withCookies(original: Headers, set: readonly string[]): Headers {
  const headers = new Headers(original);
  headers.set('cookie', set.map((cookie) => cookie.split(';')[0]!).join('; '));
  return headers;
}

export type Request = { headers: Headers; address: string; requestId: string; language: Language | null };

/**
 * Who is asking, from the session's cookie: person, roles held today, and the reach of the organisation acted for.
 * @throws DomainError `identity.signed_out`, `identity.disabled`, `identity.no_role`
 */
export async function signedInBy(auth: Auth, stores: Stores, clock: Clock, request: Request): Promise<SignedIn> {
  const found = await auth.library.api.getSession({ headers: request.headers, query: { disableRefresh: false } });
  if (!found) throw unauthenticated();
  const factorSince = found.user.factorSince ?? null;
  const codeAt = found.session.codeAt ?? null;
  const provider = (found.session.provider ?? null) as ProviderKind | null;
  const providerFactorAt = found.session.providerFactorAt ?? null;
  if (factorSince && !codeAt && !providerFactorAt && found.session.createdAt.getTime() < auth.now().getTime() - HALF_WAY)
    throw unauthenticated();
  const known = await knownAs(stores, clock, request, {
    person: found.user.id,
    choose: (held) => chooseActing(held, found.session.actingOrganisation ?? null, found.session.actingRole ?? null),
  });
  const opened = { factorSince, codeAt, provider, providerFactorAt };
  const waitsFor = await waiting(auth, known, opened);
  return { ...known, ...opened, sessionId: found.session.id, token: found.session.token, waitsFor };
}

/** What stands between this sign-in and the work. */
export async function waiting(
  auth: Auth,
  known: Omit<Known, 'factorSince'>,
  session: Pick<SignedIn, 'factorSince' | 'codeAt' | 'provider' | 'providerFactorAt'>,
): Promise<WaitsFor> {
  if (session.factorSince && !session.codeAt && !session.providerFactorAt) return 'code';
  // Whoever comes through a provider may never have used the first password.
  if (known.person.mustChangePassword && !session.provider) return 'password';
  if (session.factorSince || session.providerFactorAt || !needsFactor(known.memberships)) return null;
  return (await mayPutOff(auth, known.ctx)) ? null : 'factor';
}

/**
 * A person with the roles held today and the context of the one chosen among them.
 * @throws DomainError `identity.signed_out`, `identity.disabled`
 */
export async function knownAs(
  stores: Stores,
  clock: Clock,
  request: Request,
  { person: id, choose }: { person: string; choose: (held: Membership[]) => Membership },
): Promise<Omit<Known, 'factorSince'>> {
  const day = dayOf(clock.now()).toString();
  const { person, held } = await personOf(stores, id, day);
  if (!person) throw unauthenticated();
  if (person.disabledAt) throw disabled();
  const acting = choose(held);
  const scope = await reachOf(stores.pool, acting.organisation.id, day);
  const actor: Actor = { kind: 'person', id: person.id, name: person.name, organisation: acting.organisation.id, role: acting.role };
  const { requestId, address } = request;
  const ctx: Ctx = { actor, scope, clock, language: request.language ?? person.language, requestId, address, stores };
  return { ctx, person, memberships: held, acting };
}

export function disabled(): DomainError {
  return new DomainError('forbidden', 'identity.disabled', {
    vi: 'Tài khoản đã bị khóa. Liên hệ quản trị viên của đơn vị.',
    en: 'This account is disabled. Contact the administrator of your organisation.',
  });
}

function onlySelf(stores: Stores, person: string, day: string): Pick<Ctx, 'stores' | 'scope' | 'actor'> {
  const scope: Scope = { day, organisations: [], supervised: [], directory: [] };
  return { stores, scope, actor: { kind: 'person', id: person, name: '', organisation: HOUSE, role: 'auditor' } };
}

async function personOf(stores: Stores, id: string, day: string) {
  return inSnapshot(onlySelf(stores, id, day), async (tx) => {
    const holds = and(
      eq(memberships.person, people.id),
      lte(memberships.validFrom, day),
      or(isNull(memberships.validTo), gt(memberships.validTo, day)),
    );
    const rows = await tx
      .select({ person: people, organisation: memberships.organisation, role: memberships.role })
      .from(people)
      .leftJoin(memberships, holds)
      .where(eq(people.id, id))
      .orderBy(asc(memberships.writtenAt));
    const held = rows.flatMap(({ organisation, role }): Membership[] =>
      organisation !== null && role !== null ? [{ organisation: { id: organisation, name: '' }, role }] : [],
    );
    return { person: rows[0]?.person, held };
  });
}

/** The role asked for, else one in an organisation. @throws DomainError `identity.no_role` */
export function chooseActing(held: Membership[], organisation: string | null, role: string | null): Membership {
  const chosen =
    held.find((one) => one.organisation.id === organisation && one.role === role) ??
    held.find((one) => one.organisation.id !== HOUSE) ??
    held[0];
  if (chosen) return chosen;
  throw new DomainError('forbidden', 'identity.no_role', {
    vi: 'Tài khoản chưa được giao vai trò tại đơn vị nào còn hiệu lực. Liên hệ quản trị viên.',
    en: 'This account holds no role in any organisation today. Contact the administrator.',
  });
}

/** The person's roles with the names of their organisations, for the shell. */
export async function namedMemberships({ ctx, memberships: held }: Known): Promise<Membership[]> {
  const ids = held.map((one) => one.organisation.id);
  // One may always read the names of the organisations in which one holds a role.
  const wider = { ...ctx, scope: { ...ctx.scope, directory: [...new Set([...ctx.scope.directory, ...ids])] } };
  const names = await inSnapshot(wider, (tx) =>
    tx.select({ id: organisations.id, name: organisations.name }).from(organisations).where(inArray(organisations.id, ids)),
  );
  const nameOf = new Map(names.map((row) => [row.id, row.name]));
  return held.map((one) => ({ ...one, organisation: { id: one.organisation.id, name: nameOf.get(one.organisation.id) ?? 'Hệ thống' } }));
}

/** The person's open sessions, newest first. */
export async function listSessions(auth: Auth, signedIn: SignedIn) {
  const rows = await auth.db.select().from(session).where(eq(session.userId, signedIn.person.id)).orderBy(asc(session.createdAt));
  return rows.toReversed().map((row) => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    seenAt: row.updatedAt.toISOString(),
    address: row.ipAddress,
    agent: row.userAgent,
    current: row.id === signedIn.sessionId,
  }));
}

/** Context of the house for sign-in and jobs, which act before or without a person. */
export function houseCtx(stores: Stores, clock: Clock, scope: Scope, more: { name: string; address?: string; requestId?: string }): Ctx {
  return {
    actor: { kind: 'system', name: more.name, organisation: HOUSE },
    scope,
    clock,
    language: 'vi',
    requestId: more.requestId ?? newId(),
    address: more.address ?? 'local',
    stores,
  };
}
