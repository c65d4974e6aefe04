import { dayOf, fixedClock } from '@vonggac/kernel';
import { reachOf } from '@vonggac/rooms/access';
import type { Ctx } from '@vonggac/store';
import type { House } from '../house.ts';

/** The sample's organisations by their keys. */
export type SampleIds = Map<string, string>;

/** A context in the name of a sample organisation at a moment of the story. */
export async function sampleCtx(house: House, organisation: string, at: string): Promise<Ctx> {
  const clock = fixedClock(at);
  const base = await house.ctx({ name: 'dữ liệu mẫu' });
  return {
    ...base,
    stores: house.stores,
    clock,
    actor: { kind: 'system', name: 'Dữ liệu mẫu', organisation },
    scope: await reachOf(house.stores.pool, organisation, dayOf(clock.now()).toString()),
  };
}
