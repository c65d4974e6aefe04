import { TLP_KINDS, TLP_LABELS } from '@vonggac/contract/notifications';
import { HOUSE, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, settings, type Tx } from '@vonggac/store';
import { eq, sql } from 'drizzle-orm';
import { may, reaches, rootOf } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { DEFAULTS, labelText, type TlpKind, type TlpLabel } from './model.ts';

const KEY = 'tlp';

/** The label of everything of a kind that leaves. */
export async function labelOf(tx: Tx, kind: TlpKind): Promise<TlpLabel> {
  const [row] = await tx.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  const set = (row?.value as Partial<Record<TlpKind, unknown>> | undefined)?.[kind];
  return TLP_LABELS.find((label) => label === set) ?? DEFAULTS[kind];
}

/** The line that stands first in a file of a kind, such as `TLP:AMBER`. */
export async function labelLine(ctx: Ctx, kind: TlpKind): Promise<string> {
  return inSnapshot(ctx, async (tx) => labelText(await labelOf(tx, kind)));
}

/** Whether it is an administrator of the whole installation: labels are the same everywhere in it. */
async function isOfTheWhole(tx: Tx, ctx: Ctx): Promise<boolean> {
  return ctx.actor.organisation === HOUSE || reaches(ctx, (await rootOf(tx)) ?? HOUSE);
}

/** The label of each kind. @throws DomainError `access.role` */
export async function listLabels(
  ctx: Ctx,
): Promise<{ items: { kind: TlpKind; label: TlpLabel; usual: TlpLabel }[]; total: number; can: { write: boolean } }> {
  may(ctx, 'settings:write');
  return inSnapshot(ctx, async (tx) => {
    const items = [];
    for (const kind of TLP_KINDS) items.push({ kind, label: await labelOf(tx, kind), usual: DEFAULTS[kind] });
    return { items, total: items.length, can: { write: await isOfTheWhole(tx, ctx) } };
  });
}

/**
 * Sets the label of a kind for the whole installation.
 * @throws DomainError `access.role`, `organisation.not_found` for an administrator of a part
 */
export async function setLabel(ctx: Ctx, { kind, label }: { kind: TlpKind; label: TlpLabel }): Promise<void> {
  may(ctx, 'settings:write');
  await inTransaction(ctx, async (tx) => {
    if (!(await isOfTheWhole(tx, ctx))) throw notFound('organisation');
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('settings/tlp', 0))`);
    const before = await labelOf(tx, kind);
    const [row] = await tx.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
    const value = { ...(row?.value as object | undefined), [kind]: label };
    const writtenAt = isoInstant(ctx.clock.now());
    await tx
      .insert(settings)
      .values({ key: KEY, value, writtenAt })
      .onConflictDoUpdate({ target: settings.key, set: { value, writtenAt } });
    await record(tx, ctx, {
      action: 'settings.tlp',
      subject: { kind: 'installation', id: HOUSE },
      before: { kind, label: before },
      after: { kind, label },
    });
  });
}
