import { conflict, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { and, count, desc, eq, gt, inArray, ne, or } from 'drizzle-orm';
import { grants, may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { revokeTokensOf } from './api-tokens.ts';
import type { Auth } from './auth.ts';
import { lastReset } from './own-reset.ts';
import { doubtLinks } from './providers/links.ts';
import { clearSecondFactor } from './second-factor.ts';
import { people, secondFactorResets as resets, user } from './tables.ts';

/** Decided proposals stay in the list that long. */
const SHOWN_DAYS = 30;

/**
 * Proposes to take a person's second factor away, as after a lost phone with no recovery code left. Nothing changes yet.
 * @throws DomainError `identity.reset_own`, `identity.no_factor`, `identity.reset_waits`
 */
export async function proposeReset(auth: Auth, ctx: Ctx, input: { personId: string; reason: string }): Promise<{ id: string }> {
  may(ctx, 'people:recover');
  if (ctx.actor.kind !== 'person' || ctx.actor.id === input.personId) throw notOwn();
  const { id: proposedBy, name: proposedByName } = ctx.actor;
  const id = newId();
  await inTransaction(ctx, async (tx) => {
    const [person] = await tx
      .select()
      .from(people)
      .where(and(eq(people.id, input.personId), inArray(people.organisation, [...ctx.scope.organisations])));
    if (!person) throw notFound('person');
    const [login] = await auth.db.select({ since: user.factorSince }).from(user).where(eq(user.id, person.id));
    if (!login?.since) throw noFactor();
    const made = await tx
      .insert(resets)
      .values({
        id,
        person: person.id,
        organisation: person.organisation,
        reason: input.reason,
        proposedBy,
        proposedByName,
        proposedAt: isoInstant(ctx.clock.now()),
        state: 'proposed',
      })
      .onConflictDoNothing()
      .returning({ id: resets.id });
    if (made.length === 0) throw waits();
    await record(tx, ctx, {
      action: 'identity.reset_proposed',
      subject: { kind: 'person', id: person.id },
      reason: input.reason,
      concerns: person.organisation,
    });
  });
  return { id };
}

/**
 * The second administrator's word. With it the second factor, its recovery codes, the sessions and the API tokens of the
 * person end; the next sign-in sets up anew.
 * @throws DomainError `identity.reset_four_eyes`, `identity.reset_decided`
 */
export async function decideReset(auth: Auth, ctx: Ctx, id: string, input: { agree: boolean; note?: string | undefined }): Promise<void> {
  may(ctx, 'people:recover');
  if (ctx.actor.kind !== 'person') throw fourEyes();
  const { id: decidedBy, name: decidedByName } = ctx.actor;
  await inTransaction(ctx, async (tx) => {
    const inReach = and(eq(resets.id, id), inArray(resets.organisation, [...ctx.scope.organisations]));
    const [found] = await tx.select().from(resets).where(inReach);
    if (!found) throw notFound('reset');
    if (found.proposedBy === decidedBy || found.person === decidedBy) throw fourEyes();
    const [decided] = await tx
      .update(resets)
      .set({
        state: input.agree ? 'done' : 'refused',
        decidedBy,
        decidedByName,
        decidedAt: isoInstant(ctx.clock.now()),
        note: input.note ?? null,
      })
      .where(and(inReach, eq(resets.state, 'proposed')))
      .returning();
    if (!decided) throw isDecided();
    await record(tx, ctx, {
      action: input.agree ? 'identity.factor_reset' : 'identity.reset_refused',
      subject: { kind: 'person', id: decided.person },
      before: { proposedBy: decided.proposedByName },
      reason: input.note ?? decided.reason,
      concerns: decided.organisation,
    });
    if (!input.agree) return;
    await revokeTokensOf(auth, decided.person);
    await doubtLinks(auth, decided.person);
    await clearSecondFactor(auth, decided.person);
  });
}

/** Proposals of the organisations in reach: what waits first, then what was decided lately. */
export async function listResets(ctx: Ctx) {
  may(ctx, 'people:recover');
  const since = isoInstant(ctx.clock.now().subtract({ hours: 24 * SHOWN_DAYS }));
  const rows = await inSnapshot(ctx, (tx) =>
    tx
      .select({ reset: resets, name: people.name, username: people.username })
      .from(resets)
      .innerJoin(people, eq(people.id, resets.person))
      .where(and(inArray(resets.organisation, [...ctx.scope.organisations]), or(eq(resets.state, 'proposed'), gt(resets.decidedAt, since))))
      .orderBy(desc(eq(resets.state, 'proposed')), desc(resets.proposedAt)),
  );
  const me = ctx.actor.kind === 'person' ? ctx.actor.id : '';
  const items = rows.map(({ reset, name, username }) => ({
    id: reset.id,
    person: { id: reset.person, name, username },
    reason: reset.reason,
    proposedBy: reset.proposedByName,
    proposedAt: reset.proposedAt,
    state: reset.state,
    decidedBy: reset.decidedByName,
    decidedAt: reset.decidedAt,
    note: reset.note,
    mayDecide: reset.state === 'proposed' && reset.proposedBy !== me && reset.person !== me,
  }));
  return { total: items.length, items };
}

/** What a person is told on every page: proposals waiting for this administrator, and that one's own second factor was taken away. */
export async function resetNotices(ctx: Ctx): Promise<{ waiting: number; reset: boolean }> {
  const { actor } = ctx;
  if (actor.kind !== 'person') return { waiting: 0, reset: false };
  const reset = (await lastReset(ctx, actor.id)) !== null;
  if (!grants(actor.role).includes('people:recover')) return { waiting: 0, reset };
  const [row] = await inSnapshot(ctx, (tx) =>
    tx
      .select({ waiting: count() })
      .from(resets)
      .where(
        and(
          inArray(resets.organisation, [...ctx.scope.organisations]),
          eq(resets.state, 'proposed'),
          ne(resets.proposedBy, actor.id),
          ne(resets.person, actor.id),
        ),
      ),
  );
  return { waiting: row!.waiting, reset };
}

const notOwn = () =>
  conflict('identity.reset_own', {
    vi: 'Không tự đề nghị đặt lại xác thực hai lớp của mình. Nhờ một quản trị viên khác.',
    en: 'Nobody proposes a reset of their own second factor. Ask another administrator.',
  });
const noFactor = () =>
  conflict('identity.no_factor', {
    vi: 'Tài khoản này chưa bật xác thực hai lớp nên không có gì để đặt lại.',
    en: 'This account has no second factor, so there is nothing to reset.',
  });
const waits = () =>
  conflict('identity.reset_waits', {
    vi: 'Đã có một đề nghị đặt lại đang chờ quyết định.',
    en: 'A proposal to reset it is already waiting for a decision.',
  });
const fourEyes = () =>
  conflict('identity.reset_four_eyes', {
    vi: 'Người đề nghị và người được đặt lại không quyết định. Cần một quản trị viên khác.',
    en: 'Neither who proposed it nor whom it is about decides. Another administrator must.',
  });
const isDecided = () =>
  conflict('identity.reset_decided', { vi: 'Đề nghị này đã được quyết định.', en: 'This proposal has been decided already.' });
