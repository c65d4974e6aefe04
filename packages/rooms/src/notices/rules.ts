import { actorKey, conflict, invalid, isoInstant, newId, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { grants, may, mustReach, mustReachOrSupervise, reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { exercises, openExercise } from '../exercises/index.ts';
import { listFindings } from '../findings/index.ts';
import { namesOf } from '../organisations/index.ts';
import { today } from './facts.ts';
import { nextOf } from './interval.ts';
import type { Rule } from './model.ts';
import { noticeRules, noticeRuns } from './tables.ts';

export type RuleInput = Omit<Rule, 'id' | 'organisation' | 'activeFrom' | 'version' | 'writtenBy' | 'writtenByName' | 'writtenAt'>;
type Named = { id: string; name: string };
export type RuleView = Omit<RuleInput, 'units' | 'exercise'> & {
  id: string;
  organisation: Named;
  units: Named[];
  exercise: Named | null;
  /** Null while it is off, and for one that waits for a list. */
  next: string | null;
  last: { at: string; notices: number; findings: number } | null;
  writtenBy: string;
  version: number;
  can: { write: boolean };
};

export const mayWrite = (ctx: Pick<Ctx, 'actor'>): boolean =>
  ctx.actor.kind === 'system' ||
  (grants(ctx.actor.role).includes('findings:decide') && (ctx.actor.token?.permissions.includes('findings:decide') ?? true));

/** The rules within the scope, by name, with the families that findings know, to choose from. */
export async function listRules(ctx: Ctx): Promise<{ items: RuleView[]; total: number; can: { write: boolean }; families: string[] }> {
  const { families } = await listFindings(ctx, { side: 'overseer', state: 'open', sort: 'work', page: 1, size: 1 });
  return inSnapshot(ctx, async (tx) => {
    const rows = (await tx.select().from(noticeRules).orderBy(asc(noticeRules.name), asc(noticeRules.id))).filter((row) =>
      reaches(ctx, row.organisation),
    );
    const items = await viewsOf(tx, ctx, rows);
    return { items, total: items.length, can: { write: mayWrite(ctx) }, families };
  });
}

async function viewsOf(tx: Tx, ctx: Ctx, rows: readonly Rule[]): Promise<RuleView[]> {
  const names = await namesOf(tx, [...new Set(rows.flatMap(({ organisation, units }) => [organisation, ...units]))], today(ctx));
  const wanted = rows.flatMap(({ exercise }) => exercise ?? []);
  const drills =
    wanted.length === 0
      ? []
      : await tx.select({ id: exercises.id, name: exercises.name }).from(exercises).where(inArray(exercises.id, wanted));
  const named = (id: string): Named => ({ id, name: names.get(id)?.qualifiedName ?? '' });
  const views: RuleView[] = [];
  for (const row of rows) {
    const { activeFrom: _, writtenBy: __, writtenAt: ___, writtenByName, ...rule } = row;
    const [last] = await tx
      .select({ at: noticeRuns.at, notices: noticeRuns.notices, findings: noticeRuns.findings })
      .from(noticeRuns)
      .where(eq(noticeRuns.rule, row.id))
      .orderBy(desc(noticeRuns.at))
      .limit(1);
    const next = row.active ? nextOf(row, ctx.clock.now()) : null;
    views.push({
      ...rule,
      organisation: named(row.organisation),
      units: row.units.map(named),
      exercise: row.exercise === null ? null : (drills.find(({ id }) => id === row.exercise) ?? { id: row.exercise, name: '' }),
      next: next === null ? null : isoInstant(next),
      last: last ?? null,
      writtenBy: writtenByName,
      can: { write: mayWrite(ctx) && row.organisation === ctx.actor.organisation },
    });
  }
  return views;
}

async function mustBeSound(tx: Tx, ctx: Ctx, { roles, units, exercise }: RuleInput): Promise<void> {
  if (new Set(roles).size < roles.length)
    throw invalid('notices.roles', 'roles', { vi: 'Mỗi vai trò đầu mối chỉ chọn một lần.', en: 'Choose each role once.' });
  for (const unit of units) mustReachOrSupervise(ctx, unit);
  if (exercise !== null) await openExercise(tx, ctx, exercise);
}

/** @throws DomainError `access.role`, `notices.roles`, `organisation.not_found`, `exercise.not_found`, `exercises.over` */
export async function addRule(ctx: Ctx, input: RuleInput): Promise<{ id: string }> {
  may(ctx, 'findings:decide');
  mustReach(ctx, ctx.actor.organisation);
  return inTransaction(ctx, async (tx) => {
    await mustBeSound(tx, ctx, input);
    const id = newId();
    const by = { writtenBy: actorKey(ctx.actor), writtenByName: ctx.actor.name };
    await tx
      .insert(noticeRules)
      .values({ ...input, ...by, id, organisation: ctx.actor.organisation, activeFrom: isoInstant(ctx.clock.now()) });
    await record(tx, ctx, { action: 'notices.rule_added', subject: { kind: 'notice-rule', id }, after: input });
    return { id };
  });
}

/** Changes a rule of one's own authority as it was read. Switched on again, it does not make up for what it missed. */
export async function changeRule(ctx: Ctx, id: string, { version, ...input }: RuleInput & { version: number }): Promise<{ id: string }> {
  may(ctx, 'findings:decide');
  return inTransaction(ctx, async (tx) => {
    const before = await ownRule(tx, ctx, id);
    await mustBeSound(tx, ctx, { ...input, exercise: input.exercise === before.exercise ? null : input.exercise });
    const isFresh = (input.active && !before.active) || input.interval !== before.interval;
    const done = await tx
      .update(noticeRules)
      .set({
        ...input,
        version: version + 1,
        writtenBy: actorKey(ctx.actor),
        writtenByName: ctx.actor.name,
        ...(isFresh ? { activeFrom: isoInstant(ctx.clock.now()) } : {}),
      })
      .where(and(eq(noticeRules.id, id), eq(noticeRules.version, version)))
      .returning({ id: noticeRules.id });
    if (done.length === 0)
      throw conflict('notices.rule_changed', {
        vi: 'Quy tắc vừa được người khác sửa. Tải lại rồi thực hiện lại.',
        en: 'Somebody else has just changed this rule. Reload and try again.',
      });
    const { name, active } = before;
    await record(tx, ctx, { action: 'notices.rule_changed', subject: { kind: 'notice-rule', id }, before: { name, active }, after: input });
    return { id };
  });
}

/** Notices that were sent by it stay. */
export async function removeRule(ctx: Ctx, id: string): Promise<{ id: string }> {
  may(ctx, 'findings:decide');
  return inTransaction(ctx, async (tx) => {
    const rule = await ownRule(tx, ctx, id);
    await tx.delete(noticeRules).where(eq(noticeRules.id, id));
    await record(tx, ctx, { action: 'notices.rule_removed', subject: { kind: 'notice-rule', id }, before: { name: rule.name } });
    return { id };
  });
}

async function ownRule(tx: Tx, ctx: Ctx, id: string): Promise<Rule> {
  const [rule] = await tx.select().from(noticeRules).where(eq(noticeRules.id, id)).for('update');
  if (!rule || rule.organisation !== ctx.actor.organisation || !reaches(ctx, rule.organisation)) throw notFound('notice_rule');
  return rule;
}
