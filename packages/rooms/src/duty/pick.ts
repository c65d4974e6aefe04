import { randomBytes } from 'node:crypto';
import { actorKey, conflict, dayOf, isoInstant, newId } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction } from '@vonggac/store';
import { desc, inArray } from 'drizzle-orm';
import { grants, may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type DutyRow, dutyRows } from './list-duty.ts';
import { drawPick } from './model.ts';
import { dutyPicks } from './tables.ts';

export type DutyPick = {
  id: string;
  seed: string;
  candidates: number;
  pickedAt: string;
  pickedBy: string;
  directive: string | null;
  rows: DutyRow[];
};

/**
 * Picks organisations at random to be called; whoever was called least comes first. The seed is kept with the pick.
 * @throws DomainError `access.role`, `duty.nobody_to_call`
 */
export async function pickForCalls(ctx: Ctx, asked: { directive?: string | undefined; size: number }): Promise<DutyPick> {
  may(ctx, 'duty:call');
  return inTransaction(ctx, async (tx) => {
    const { rows } = await dutyRows(tx, ctx, asked.directive);
    const candidates = rows
      .filter(({ number }) => number !== null)
      .map(({ organisation, calls }) => ({ organisation: organisation.id, calls }));
    if (candidates.length === 0) {
      throw conflict('duty.nobody_to_call', {
        vi: 'Chưa có đơn vị nào đăng ký số trực 24/7 để gọi. Bổ sung đầu mối trực tại Đơn vị & đầu mối.',
        en: 'No organisation has a 24/7 number on file. Add duty contacts under Organisations & contacts.',
      });
    }
    const seed = randomBytes(8).toString('hex');
    const picked = drawPick(candidates, seed, asked.size);
    const row = {
      id: newId(),
      organisation: ctx.actor.organisation,
      directive: asked.directive ?? null,
      seed,
      candidates: candidates.length,
      picked,
      pickedAt: isoInstant(ctx.clock.now()),
      pickedBy: actorKey(ctx.actor),
      pickedByName: ctx.actor.name,
    };
    await tx.insert(dutyPicks).values(row);
    await record(tx, ctx, {
      action: 'duty.picked',
      subject: { kind: 'duty-pick', id: row.id },
      after: { seed, candidates: candidates.length, picked },
    });
    return shown(row, rows);
  });
}

/** The newest pick of one's house, with how its calls went since; null where there is none or the role does not call. */
export async function latestPick(ctx: Ctx): Promise<DutyPick | null> {
  if (ctx.actor.kind === 'person' && !grants(ctx.actor.role).includes('duty:call')) return null;
  return inSnapshot(ctx, async (tx) => {
    const [row] = await tx
      .select()
      .from(dutyPicks)
      .where(inArray(dutyPicks.organisation, [...ctx.scope.organisations]))
      .orderBy(desc(dutyPicks.pickedAt), desc(dutyPicks.id))
      .limit(1);
    if (row === undefined) return null;
    // A call made because of the pick counts for its progress, also before the holiday window begins.
    const { rows } = await dutyRows(tx, ctx, row.directive ?? undefined, {
      from: dayOf(Temporal.Instant.from(new Date(row.pickedAt).toISOString())).toString(),
      to: null,
    });
    return shown(row, sinceThen(rows, row));
  });
}

type PickRow = typeof dutyPicks.$inferSelect;

/** A row is due again until somebody called after the pick. */
function sinceThen(rows: readonly DutyRow[], pick: PickRow): DutyRow[] {
  return rows.map((row) => ({
    ...row,
    due: row.last === null || Temporal.Instant.compare(row.last.at, new Date(pick.pickedAt).toISOString()) < 0,
  }));
}

function shown(pick: PickRow, rows: readonly DutyRow[]): DutyPick {
  const byId = new Map(rows.map((row) => [row.organisation.id, row]));
  return {
    id: pick.id,
    seed: pick.seed,
    candidates: pick.candidates,
    pickedAt: new Date(pick.pickedAt).toISOString(),
    pickedBy: pick.pickedByName,
    directive: pick.directive,
    rows: pick.picked.flatMap((id) => byId.get(id) ?? []),
  };
}
