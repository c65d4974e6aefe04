import { newId, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, eq, inArray, ne } from 'drizzle-orm';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import type { Auth, IdentityDb } from '../auth.ts';
import type { SignedIn } from '../session.ts';
import { people, session, signInLink } from '../tables.ts';
import { linkTaken, noProvider } from './errors.ts';
import type { Provider, ProviderKind } from './settings.ts';

export type LinkView = {
  kind: ProviderKind;
  name: string;
  link: { subject: string; linkedAt: string; linkedBy: string; isConfirmed: boolean; lastUsedAt: string | null } | null;
};

/** The configured providers, with the account that the person has there. */
export async function linksOf(auth: Auth, person: string): Promise<LinkView[]> {
  const providers = [auth.providers.oidc, auth.providers.ldap].filter((one) => one !== null);
  if (providers.length === 0) return [];
  const rows = await auth.db.select().from(signInLink).where(eq(signInLink.userId, person));
  return providers.map(({ kind, name, issuer }) => {
    const row = rows.find((one) => one.issuer === issuer);
    const link = row && {
      subject: row.subject,
      linkedAt: row.linkedAt.toISOString(),
      linkedBy: row.linkedByName,
      isConfirmed: row.confirmedAt !== null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    };
    return { kind, name, link: link ?? null };
  });
}

export function providerOf({ providers }: Auth, kind: ProviderKind): Provider {
  const provider = providers[kind];
  if (!provider) throw noProvider();
  return provider;
}

/** Ties an account of the provider to a person, in place of the one before. @throws DomainError `identity.link_taken` */
export async function writeLink(
  auth: Auth,
  provider: Provider,
  link: { person: string; subject: string; byName: string; isConfirmed: boolean },
): Promise<void> {
  await auth.db.transaction(async (db) => {
    await db.delete(signInLink).where(and(eq(signInLink.userId, link.person), eq(signInLink.issuer, provider.issuer)));
    const made = await db
      .insert(signInLink)
      .values({
        id: newId(),
        userId: link.person,
        kind: provider.kind,
        issuer: provider.issuer,
        subject: link.subject,
        linkedAt: auth.now(),
        linkedByName: link.byName,
        confirmedAt: link.isConfirmed ? auth.now() : null,
      })
      .onConflictDoNothing()
      .returning({ id: signInLink.id });
    if (made.length === 0) throw linkTaken(provider);
  });
}

/** Links the account that the provider has just vouched for. @throws DomainError `identity.link_taken` */
export async function addOwnLink(auth: Auth, { ctx, person }: SignedIn, provider: Provider, subject: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await record(tx, ctx, {
      action: 'identity.account_linked',
      subject: { kind: 'person', id: person.id },
      after: { by: provider.kind, issuer: provider.issuer, subject },
    });
    await writeLink(auth, provider, { person: person.id, subject, byName: person.name, isConfirmed: true });
  });
}

/** Ends a link, and the sessions that it opened but for one. @returns the subject; null where there was none */
export async function endLink(db: IdentityDb, provider: Provider, person: string, keepSession?: string): Promise<string | null> {
  const [ended] = await db
    .delete(signInLink)
    .where(and(eq(signInLink.userId, person), eq(signInLink.issuer, provider.issuer)))
    .returning({ subject: signInLink.subject });
  await db
    .delete(session)
    .where(and(eq(session.userId, person), eq(session.provider, provider.kind), keepSession ? ne(session.id, keepSession) : undefined));
  return ended?.subject ?? null;
}

/** The person entered an own code after the provider's word: holds both accounts. */
export async function confirmLink(auth: Auth, person: string, kind: ProviderKind): Promise<void> {
  const issuer = auth.providers[kind]?.issuer;
  if (issuer === undefined) return;
  await auth.db
    .update(signInLink)
    .set({ confirmedAt: auth.now() })
    .where(and(eq(signInLink.userId, person), eq(signInLink.issuer, issuer)));
}

/** The account is being made trustworthy again: no link counts for more than an administrator's word. */
export async function doubtLinks(auth: Auth, person: string): Promise<void> {
  await auth.db.update(signInLink).set({ confirmedAt: null }).where(eq(signInLink.userId, person));
}

/** Leaves no link of a person whose account is taken back. */
export async function dropLinks(auth: Auth, person: string): Promise<void> {
  await auth.db.delete(signInLink).where(eq(signInLink.userId, person));
}

/** The links of a person in reach. */
export async function listLinks(auth: Auth, ctx: Ctx, person: string): Promise<{ items: LinkView[] }> {
  may(ctx, 'people:write');
  await inSnapshot(ctx, (tx) => mustBeInReach(tx, ctx, person));
  return { items: await linksOf(auth, person) };
}

/**
 * Ties an account of the provider, named by its identifier there, to a person in reach. The provider's second factor
 * does not count for it until the person has entered an own code once. Sessions of the former link end.
 * @throws DomainError `identity.link_taken`, `identity.no_provider`
 */
export async function setLink(
  auth: Auth,
  ctx: Ctx,
  person: string,
  input: { kind: ProviderKind; subject: string; reason: string },
): Promise<void> {
  may(ctx, 'people:write');
  await inTransaction(ctx, async (tx) => {
    const organisation = await mustBeInReach(tx, ctx, person);
    const provider = providerOf(auth, input.kind);
    const { subject, reason } = input;
    await record(tx, ctx, {
      action: 'identity.account_linked',
      subject: { kind: 'person', id: person },
      after: { by: input.kind, issuer: provider.issuer, subject },
      reason,
      concerns: organisation,
    });
    await writeLink(auth, provider, { person, subject, byName: ctx.actor.name, isConfirmed: false });
    await auth.db.delete(session).where(and(eq(session.userId, person), eq(session.provider, input.kind)));
  });
}

/** Ends the link of a person in reach, and the sessions that it opened. */
export async function clearLink(auth: Auth, ctx: Ctx, person: string, input: { kind: ProviderKind; reason: string }): Promise<void> {
  may(ctx, 'people:write');
  await inTransaction(ctx, async (tx) => {
    const organisation = await mustBeInReach(tx, ctx, person);
    const provider = providerOf(auth, input.kind);
    await auth.db.transaction(async (db) => {
      const subject = await endLink(db, provider, person);
      if (subject === null) throw notFound('sign-in-link');
      await record(tx, ctx, {
        action: 'identity.account_unlinked',
        subject: { kind: 'person', id: person },
        before: { by: input.kind, issuer: provider.issuer, subject },
        reason: input.reason,
        concerns: organisation,
      });
    });
  });
}

async function mustBeInReach(tx: Tx, ctx: Ctx, person: string): Promise<string> {
  const [found] = await tx
    .select({ organisation: people.organisation })
    .from(people)
    .where(and(eq(people.id, person), inArray(people.organisation, [...ctx.scope.organisations])));
  if (!found) throw notFound('person');
  return found.organisation;
}
