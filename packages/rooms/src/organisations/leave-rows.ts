import { fold, isoInstant, newId } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import type { HoldingRow } from './holdings.ts';
import type { ReorganisationKind } from './plan-reorganisation.ts';
import { leftovers } from './tables.ts';

type Leaving = { organisation: string; kind: string; act: string; actKind: ReorganisationKind; on: string; reason: string };

const CHUNK = 500;

/** Puts rows that nobody was assigned on the desk's list. */
export async function leaveRows(tx: Tx, ctx: Ctx, rows: readonly HoldingRow[], leaving: Leaving): Promise<void> {
  const { organisation, kind, act, actKind, on, reason } = leaving;
  const leftAt = isoInstant(ctx.clock.now());
  for (let i = 0; i < rows.length; i += CHUNK) {
    await tx.insert(leftovers).values(
      rows.slice(i, i + CHUNK).map(({ id: row, text, overseer, until }) => ({
        id: newId(),
        organisation,
        overseer: overseer ?? ctx.actor.organisation,
        kind,
        row,
        text,
        folded: fold(`${text.vi} ${text.en}`),
        until: until ?? null,
        act,
        actKind,
        on,
        basis: reason,
        leftAt,
      })),
    );
  }
}
