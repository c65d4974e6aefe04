import { isoInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { record } from '../../audit/index.ts';
import type { Auth } from '../auth.ts';
import { chooseActing, knownAs, type Request } from '../session.ts';
import { signInLink, user } from '../tables.ts';
import { unlinked } from './errors.ts';
import type { Provider } from './settings.ts';

/** Whom the provider vouches for. */
export type Vouched = {
  subject: string;
  /** It asked for a second factor, and the configuration says that this is enough. */ factor: boolean;
};

/**
 * Opens a session for the person linked to an account of the provider. Nobody is made an account, nobody is found by
 * name or mail. The provider's second factor counts only where the person showed to hold both accounts: an
 * administrator's word alone must not replace it.
 * @throws DomainError `identity.unlinked`, `identity.disabled`, `identity.no_role`
 */
export async function enterBy(
  auth: Auth,
  ctx: Ctx,
  request: Request,
  { provider, vouched }: { provider: Provider; vouched: Vouched },
): Promise<{ cookies: string[]; needsCode: boolean }> {
  const { subject } = vouched;
  const [link] = await auth.db
    .select({ id: signInLink.id, person: signInLink.userId, confirmedAt: signInLink.confirmedAt, factorSince: user.factorSince })
    .from(signInLink)
    .innerJoin(user, eq(user.id, signInLink.userId))
    .where(and(eq(signInLink.issuer, provider.issuer), eq(signInLink.subject, subject)));
  if (!link) {
    await recordFailure(ctx, provider, { subject, why: 'identity.unlinked' });
    throw unlinked(provider, subject);
  }
  const known = await knownAs(ctx.stores, ctx.clock, request, {
    person: link.person,
    choose: (held) => chooseActing(held, null, null),
  }).catch(async (error: { code?: string }) => {
    await recordFailure(ctx, provider, { subject, why: error.code ?? 'unexpected' });
    throw error;
  });
  const providerFactorAt = vouched.factor && link.confirmedAt !== null ? auth.now() : null;
  const needsCode = link.factorSince !== null && providerFactorAt === null;
  await inTransaction(ctx, (tx) =>
    record(
      tx,
      { ...ctx, actor: known.ctx.actor },
      {
        action: needsCode ? 'identity.provider_accepted' : 'identity.signed_in',
        subject: { kind: 'person', id: link.person },
        after: { by: provider.kind, factor: providerFactorAt === null ? 'own' : 'provider' },
      },
    ),
  );
  const answer = await auth.library.api.openSession({
    body: { person: link.person, provider: provider.kind, providerFactorAt },
    headers: request.headers,
    returnHeaders: true,
  });
  await auth.db.update(signInLink).set({ lastUsedAt: auth.now() }).where(eq(signInLink.id, link.id));
  return { cookies: answer.headers.getSetCookie(), needsCode };
}

/** Writes a failed sign-in into the log, with the cause for the administrator. */
export async function recordFailure(ctx: Ctx, provider: Provider, { subject, why }: { subject?: string; why: string }): Promise<void> {
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, {
      action: 'identity.sign_in_failed',
      subject: { kind: 'account', id: (subject ?? provider.kind).slice(0, 100) },
      after: { by: provider.kind, issuer: provider.issuer, why, at: isoInstant(ctx.clock.now()) },
    }),
  );
}
