import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { DomainError, forbidden, invalid, newId, notFound, type Role } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { grants, may, type Permission } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { organisations } from '../organisations/index.ts';
import type { Auth } from './auth.ts';
import { mustBeFresh } from './demands.ts';
import type { SignedIn } from './session.ts';
import { apiToken, people } from './tables.ts';

export const TOKEN_DAYS = 365;
const MOST_TOKENS = 20;

export type NewToken = {
  name: string;
  /** `read`: nothing is changed by it, whatever the permissions. */
  scope: 'read' | 'act';
  permissions: readonly string[];
  /** May do what asks a person for a fresh code. */
  fresh: boolean;
  days: number;
};

/** `vgt_`, eight letters to find it by, and 256 random bits. */
function makeToken(): { token: string; prefix: string } {
  const prefix = `vgt_${randomBytes(6).toString('base64url').replaceAll(/[-_]/g, 'x')}`;
  return { prefix, token: `${prefix}_${randomBytes(32).toString('base64url')}` };
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * Makes a key for a program that acts in one's name for the present organisation and role, with a part of the role's
 * permissions. @returns the whole of it, this once
 * @throws DomainError `identity.token_permission`, `identity.token_days`, `identity.too_many_tokens`
 */
export async function makeApiToken(auth: Auth, signedIn: SignedIn, input: NewToken): Promise<{ id: string; token: string }> {
  const { ctx, person, acting } = signedIn;
  await mustBeFresh(auth, signedIn);
  const held: readonly string[] = grants(acting.role);
  const foreign = input.permissions.find((permission) => !held.includes(permission));
  if (foreign !== undefined)
    throw forbidden('identity.token_permission', {
      vi: `Vai trò hiện tại không có quyền “${foreign}” nên không giao được cho khóa.`,
      en: `Your role does not have the right “${foreign}”, so it cannot be given to a token.`,
    });
  if (!(input.days >= 1 && input.days <= TOKEN_DAYS))
    throw invalid('identity.token_days', 'days', {
      vi: `Thời hạn từ 1 đến ${TOKEN_DAYS} ngày.`,
      en: `The term is 1 to ${TOKEN_DAYS} days.`,
    });
  const id = newId();
  const { token, prefix } = makeToken();
  const createdAt = auth.now();
  const { name, scope, fresh, days } = input;
  const permissions = [...new Set(input.permissions)];
  await inTransaction(ctx, async (tx) => {
    await record(tx, ctx, {
      action: 'identity.token_made',
      subject: { kind: 'api-token', id },
      after: { name, prefix, scope, permissions, fresh, days },
    });
    await auth.db.transaction(async (db) => {
      // Two at once would each count the other out.
      await db.execute(sql`select 1 from identity."user" where id = ${person.id} for update`);
      const live = await db.select({ id: apiToken.id }).from(apiToken).where(isLive(auth, person.id));
      if (live.length >= MOST_TOKENS) throw tooMany();
      await db.insert(apiToken).values({
        id,
        userId: person.id,
        organisation: acting.organisation.id,
        role: acting.role,
        name,
        prefix,
        hash: hashOf(token),
        act: scope === 'act',
        fresh,
        permissions,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + days * 86_400_000),
      });
    });
  });
  return { id, token };
}

const isLive = (auth: Auth, person: string) =>
  and(eq(apiToken.userId, person), isNull(apiToken.revokedAt), gt(apiToken.expiresAt, auth.now()));

/** One's own tokens, and for administrators those of every organisation in reach: newest first, ended ones too for a month. */
export async function listApiTokens(auth: Auth, signedIn: SignedIn) {
  const { ctx, person } = signedIn;
  const own = eq(apiToken.userId, person.id);
  const reach = grants(ctx.actor.kind === 'person' ? ctx.actor.role : 'auditor').includes('people:write')
    ? [...ctx.scope.organisations]
    : [];
  const month = new Date(auth.now().getTime() - 30 * 86_400_000);
  const rows = await auth.db
    .select()
    .from(apiToken)
    .where(
      and(
        reach.length > 0 ? or(own, inArray(apiToken.organisation, reach)) : own,
        or(isNull(apiToken.revokedAt), gt(apiToken.revokedAt, month)),
        gt(apiToken.expiresAt, month),
      ),
    )
    .orderBy(desc(apiToken.createdAt));
  const named = await namesOf(ctx, rows);
  return {
    total: rows.length,
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      prefix: row.prefix,
      scope: row.act ? ('act' as const) : ('read' as const),
      permissions: row.permissions,
      fresh: row.fresh,
      own: row.userId === person.id,
      person: named.people.get(row.userId) ?? '',
      organisation: { id: row.organisation, name: named.organisations.get(row.organisation) ?? '' },
      role: row.role as Role,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
    })),
  };
}

async function namesOf(ctx: Ctx, rows: { userId: string; organisation: string }[]) {
  const persons = [...new Set(rows.map((row) => row.userId))];
  const places = [...new Set(rows.map((row) => row.organisation))];
  const wider = { ...ctx, scope: { ...ctx.scope, directory: [...new Set([...ctx.scope.directory, ...places])] } };
  return inSnapshot(wider, async (tx) => ({
    people: new Map((await tx.select().from(people).where(inArray(people.id, persons))).map((row) => [row.id, row.name])),
    organisations: new Map(
      (await tx.select().from(organisations).where(inArray(organisations.id, places))).map((row) => [row.id, row.name]),
    ),
  }));
}

/** Ends one's own token, or as administrator one of an organisation in reach; it is refused from the next request on. */
export async function revokeApiToken(auth: Auth, signedIn: SignedIn, id: string): Promise<void> {
  const { ctx, person } = signedIn;
  await inTransaction(ctx, async (tx) => {
    const [found] = await auth.db
      .select()
      .from(apiToken)
      .where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt)));
    if (!found) throw notFound('api-token');
    if (found.userId !== person.id) {
      if (!ctx.scope.organisations.includes(found.organisation)) throw notFound('api-token');
      may(ctx, 'people:write');
    }
    await record(tx, ctx, {
      action: 'identity.token_revoked',
      subject: { kind: 'api-token', id },
      before: { name: found.name, prefix: found.prefix },
      concerns: found.organisation,
    });
    const ended = await auth.db
      .update(apiToken)
      .set({ revokedAt: auth.now() })
      .where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt)))
      .returning({ id: apiToken.id });
    if (ended.length === 0) throw notFound('api-token');
  });
}

/** Ends all tokens of a person whose account is being set right again. */
export async function revokeTokensOf(auth: Auth, person: string): Promise<void> {
  await auth.db
    .update(apiToken)
    .set({ revokedAt: auth.now() })
    .where(and(eq(apiToken.userId, person), isNull(apiToken.revokedAt)));
}

export type LiveToken = Omit<typeof apiToken.$inferSelect, 'permissions'> & { permissions: readonly Permission[] };

/** The live token that a program showed; null for any other. */
export async function findLiveToken(auth: Auth, shown: string): Promise<LiveToken | null> {
  const prefix = /^(vgt_[A-Za-z0-9]{8})_[\w-]{43}$/.exec(shown)?.[1];
  if (!prefix) return null;
  const [row] = await auth.db
    .select()
    .from(apiToken)
    .where(and(eq(apiToken.prefix, prefix), isNull(apiToken.revokedAt), gt(apiToken.expiresAt, auth.now())));
  if (!row || !timingSafeEqual(Buffer.from(row.hash), Buffer.from(hashOf(shown)))) return null;
  return { ...row, permissions: row.permissions as Permission[] };
}

const tooMany = () =>
  new DomainError('conflict', 'identity.too_many_tokens', {
    vi: `Mỗi người có tối đa ${MOST_TOKENS} khóa còn hiệu lực. Thu hồi khóa không còn dùng.`,
    en: `A person has at most ${MOST_TOKENS} live tokens. Revoke those that are no longer used.`,
  });
